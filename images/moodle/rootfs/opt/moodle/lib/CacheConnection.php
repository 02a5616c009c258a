<?php

declare(strict_types=1);

namespace MoodleImage;

use Redis;
use RedisException;

/**
 * A connection to the application cache that stays open when a request ends. Moodle's own store opens several in each request, and over TLS
 * every one costs as much as a simple page.
 */
final class CacheConnection
{
    private const RETRY_AFTER_MILLISECONDS = 100;

    /**
     * What an earlier request left unread is noticed and thrown away with its connection: the client's own check of connections, on by default.
     *
     * @param array{server: string, port: int, authentication: string|list<string>|null, context: array<string, mixed>,
     *     connectiontimeout: int, serializer: int, prefix: string} $configuration
     * @throws RedisException when the server cannot be reached, is not trusted or does not let this user in
     */
    public static function open(Redis $redis, array $configuration): void
    {
        $redis->pconnect(
            $configuration['server'],
            $configuration['port'],
            $configuration['connectiontimeout'],
            null,
            self::RETRY_AFTER_MILLISECONDS,
            $configuration['connectiontimeout'],
            $configuration['context'],
        );
        if ($configuration['authentication'] !== null) {
            $redis->auth($configuration['authentication']);
        }
        // Over TLS a client hangs that has not spoken first.
        $redis->ping();
        $redis->setOption(Redis::OPT_SERIALIZER, $configuration['serializer']);
        $redis->setOption(Redis::OPT_PREFIX, $configuration['prefix']);
    }
}
