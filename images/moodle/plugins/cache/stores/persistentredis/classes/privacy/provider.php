<?php

declare(strict_types=1);

namespace cachestore_persistentredis\privacy;

use core_privacy\local\metadata\null_provider;

/**
 * What is in caches belongs to whoever put it there.
 */
final class provider implements null_provider
{
    public static function get_reason(): string
    {
        return 'privacy:metadata';
    }
}
