<?php

declare(strict_types=1);

namespace MoodleImage\Configuration;

/**
 * Settings which forced settings may change.
 */
final class Defaults
{
    /** @return array<string, mixed> */
    public static function settings(): array
    {
        return [
            'debug' => 0,
            'debugdisplay' => 0,
            // New releases come as images.
            'disableupdatenotifications' => true,
        ];
    }
}
