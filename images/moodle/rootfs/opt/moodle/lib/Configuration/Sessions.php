<?php

declare(strict_types=1);

namespace MoodleImage\Configuration;

use MoodleImage\Environment;

/**
 * Sessions in Redis. The names are those that Moodle's code reads; two of config-dist.php are not among them.
 */
final class Sessions
{
    private const CONNECT_SECONDS = 3;
    private const RETRIES = 3;
    private const LONGEST_WAIT_SECONDS = 120;
    private const WARN_AFTER_SECONDS = 5;

    /** @return array<string, mixed> */
    public static function settings(Environment $environment): array
    {
        $requestSeconds = $environment->integer('MOODLE_REQUEST_TIMEOUT_SECONDS');
        return [
            'session_handler_class' => '\core\session\redis',
            'session_redis_host' => $environment->text('MOODLE_SESSION_CACHE_HOST'),
            'session_redis_port' => $environment->integer('MOODLE_SESSION_CACHE_PORT'),
            'session_redis_prefix' => $environment->text('MOODLE_SESSION_CACHE_PREFIX'),
            'session_redis_database' => 0,
            ...self::authentication($environment),
            ...self::encryption($environment),
            'session_redis_serializer_use_igbinary' => true,
            'session_redis_compressor' => 'none',
            'session_redis_connection_timeout' => self::CONNECT_SECONDS,
            'session_redis_max_retries' => self::RETRIES,
            // A request that waits longer than it may take is cut without an explanation.
            'session_redis_acquire_lock_timeout' => min(self::LONGEST_WAIT_SECONDS, $requestSeconds - 10),
            'session_redis_acquire_lock_warn' => self::WARN_AFTER_SECONDS,
            // Whoever holds a lock for longer was killed.
            'session_redis_lock_expire' => $requestSeconds + 30,
        ];
    }

    /** @return array<string, mixed> */
    private static function authentication(Environment $environment): array
    {
        $password = $environment->secrets->optional('sessionCachePassword');
        $user = $environment->optionalText('MOODLE_SESSION_CACHE_USER');
        if ($password === null) {
            return [];
        }
        return ['session_redis_auth' => $user === null ? $password : [$user, $password]];
    }

    /** @return array<string, mixed> an array of options, always: true would mean no encryption */
    private static function encryption(Environment $environment): array
    {
        $options = ServerCertificate::options($environment, 'MOODLE_SESSION_CACHE');
        return $options === null ? [] : ['session_redis_encrypt' => $options];
    }
}
