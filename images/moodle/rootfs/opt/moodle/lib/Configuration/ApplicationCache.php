<?php

declare(strict_types=1);

namespace MoodleImage\Configuration;

use MoodleImage\CodeTree;
use MoodleImage\Environment;

/**
 * Moodle's caches in Redis, by the plugin tool_forcedcache: Moodle itself takes them from a file that its pages write. The store is the
 * image's own, over persistent connections.
 */
final class ApplicationCache
{
    public const PLUGIN = 'admin/tool/forcedcache';

    private const SERIALIZER_IGBINARY = 2;
    private const COMPRESSOR_NONE = 0;
    private const CONNECT_SECONDS = 3;

    /** Small, asked for in every request, and keyed by a revision, so that no pod reads what another made stale. */
    private const OWN_TO_EACH_POD = ['core/string', 'core/langmenu', 'core/plugin_functions'];

    /** @return array<string, mixed> */
    public static function settings(Environment $environment, CodeTree $code): array
    {
        if (!$code->hasPlugin(self::PLUGIN)) {
            return [];
        }
        return [
            'alternative_cache_factory_class' => 'tool_forcedcache_cache_factory',
            'tool_forcedcache_config_array' => [
                'stores' => ['redis' => ['type' => 'persistentredis', 'config' => self::server($environment)], ...self::memory()],
                'rules' => [
                    'application' => [...self::memoryRules(), ['stores' => ['redis']]],
                    'session' => [['stores' => ['redis']]],
                    'request' => [],
                ],
                'definitionoverrides' => [],
            ],
        ];
    }

    /** @return array<string, mixed> */
    private static function server(Environment $environment): array
    {
        $password = $environment->secrets->optional('applicationCachePassword');
        $user = $environment->optionalText('MOODLE_APPLICATION_CACHE_USER');
        $encryption = ServerCertificate::options($environment, 'MOODLE_APPLICATION_CACHE');
        return [
            'server' => ($encryption === null ? '' : 'tls://') . $environment->text('MOODLE_APPLICATION_CACHE_HOST'),
            'port' => $environment->integer('MOODLE_APPLICATION_CACHE_PORT'),
            'authentication' => $user === null ? $password : [$user, $password],
            'context' => $encryption === null ? [] : ['stream' => $encryption],
            'connectiontimeout' => self::CONNECT_SECONDS,
            'prefix' => $environment->text('MOODLE_APPLICATION_CACHE_PREFIX'),
            'serializer' => self::SERIALIZER_IGBINARY,
            'compressor' => self::COMPRESSOR_NONE,
        ];
    }

    /** @return array<string, mixed> none where the command line has no APCu: a store that is not ready is an error */
    private static function memory(): array
    {
        return self::hasMemory() ? ['apcu' => ['type' => 'apcu', 'config' => ['prefix' => 'moodle_']]] : [];
    }

    /** @return list<array<string, mixed>> */
    private static function memoryRules(): array
    {
        if (!self::hasMemory()) {
            return [];
        }
        return array_map(
            static fn (string $name): array => ['conditions' => ['name' => $name], 'stores' => ['apcu', 'redis']],
            self::OWN_TO_EACH_POD,
        );
    }

    private static function hasMemory(): bool
    {
        return function_exists('apcu_enabled') && apcu_enabled();
    }
}
