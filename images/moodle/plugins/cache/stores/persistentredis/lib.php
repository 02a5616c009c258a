<?php

declare(strict_types=1);

use MoodleImage\CacheConnection;

require_once __DIR__ . '/../redis/lib.php';

/**
 * Moodle's Redis store over connections that outlive a request, and verified as the environment says.
 */
final class cachestore_persistentredis extends cachestore_redis
{
    /** @param array<string, mixed> $configuration as ApplicationCache of the image's library writes it */
    protected function new_redis(array $configuration): Redis
    {
        $redis = new Redis();
        try {
            CacheConnection::open($redis, $configuration);
            $this->isready = true;
        } catch (RedisException $problem) {
            debugging("Failed to connect to Redis at {$configuration['server']}: {$problem->getMessage()}");
            $this->isready = false;
        }
        return $redis;
    }
}
