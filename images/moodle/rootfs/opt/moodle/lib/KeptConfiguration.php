<?php

declare(strict_types=1);

namespace MoodleImage;

use stdClass;

/**
 * The configuration that an earlier request of this pod made, as long as the files it came from are the same. The environment is: a pod
 * with another one is another pod.
 */
final class KeptConfiguration
{
    private const KEY = 'moodle-image:configuration';

    /**
     * @param callable(): array{stdClass, array<string, string>} $make $CFG and variables of its clients
     * @return array{stdClass, array<string, string>}
     */
    public static function orMade(callable $make): array
    {
        // A command is a process of its own, and so is the memory.
        if (PHP_SAPI === 'cli' || !apcu_enabled()) {
            return $make();
        }
        $files = self::files();
        $kept = apcu_fetch(self::KEY);
        if (is_array($kept) && $kept['files'] === $files) {
            return $kept['made'];
        }
        $made = $make();
        apcu_store(self::KEY, ['files' => $files, 'made' => $made]);
        return $made;
    }

    /** What tells each file from another that takes its place, as a Secret or a token does. */
    private static function files(): string
    {
        $folder = getenv('MOODLE_SECRETS_DIR');
        $names = array_map(static fn (string $path): string => "{$folder}/{$path}", array_keys(Contract::secrets()));
        foreach (getenv() as $variable => $value) {
            if (str_starts_with($variable, 'MOODLE_') && str_ends_with($variable, '_FILE')) {
                $names[] = $value;
            }
        }
        return implode("\n", array_map(self::identity(...), $names));
    }

    private static function identity(string $file): string
    {
        $stat = is_file($file) ? stat($file) : false;
        return $stat === false ? "{$file} -" : "{$file} {$stat['dev']} {$stat['ino']} {$stat['size']} {$stat['mtime']}";
    }
}
