<?php

declare(strict_types=1);

namespace MoodleImage\Configuration;

/**
 * What belongs to the image and not to a site's administrators, whose account may be taken over: code, and programs that are run.
 */
final class Hardening
{
    private const PROGRAMS = [
        'pathtophp' => '/usr/bin/php',
        'pathtodu' => '/usr/bin/du',
        'aspellpath' => '/usr/bin/aspell',
        'pathtodot' => '/usr/bin/dot',
        'pathtogs' => '/usr/bin/gs',
        'pathtopdftoppm' => '/usr/bin/pdftoppm',
        'pathtopython' => '/usr/bin/python3',
        'pathtosassc' => '/usr/bin/sassc',
    ];

    /** @return array<string, mixed> */
    public static function settings(): array
    {
        return [
            'disableupdateautodeploy' => true,
            'uninstallclionly' => true,
            'preventexecpath' => true,
            ...array_map(static fn (string $program): string => is_executable($program) ? $program : '', self::PROGRAMS),
            'cookiesecure' => true,
            'cookiehttponly' => true,
        ];
    }
}
