<?php

declare(strict_types=1);

namespace MoodleImage;

use RuntimeException;

/**
 * The Moodle that is in the image.
 */
final class MoodleCode
{
    /**
     * @param string $version what Moodle compares, for example 2025100600.02
     * @param string $release what people read, for example 5.1+ (Build: 20251017)
     */
    private function __construct(public readonly string $version, public readonly string $release)
    {
    }

    public static function read(): self
    {
        $file = CodeTree::ofImage()->webRoot . '/version.php';
        if (!is_file($file)) {
            throw new RuntimeException("{$file} is missing: the image holds no Moodle");
        }
        // The file uses constants of Moodle's own start.
        foreach (['MOODLE_INTERNAL' => true, 'MATURITY_ALPHA' => 50, 'MATURITY_BETA' => 100, 'MATURITY_RC' => 150, 'MATURITY_STABLE' => 200] as $name => $value) {
            defined($name) || define($name, $value);
        }
        [$version, $release] = (static function (string $file): array {
            require $file;
            return [$version, $release];
        })($file);
        return new self(rtrim(rtrim(sprintf('%.2f', $version), '0'), '.'), $release);
    }

    /** Major, minor and point release; a weekly build ("5.1+") counts as the release it follows. */
    public function pointRelease(): string
    {
        preg_match('/^(\d+)\.(\d+)(?:\.(\d+))?/', $this->release, $found);
        return sprintf('%d.%d.%d', $found[1] ?? 0, $found[2] ?? 0, $found[3] ?? 0);
    }

    public function isOlderThan(string $version): bool
    {
        return (float) $this->version < (float) $version;
    }

    public function isNewerThan(string $version): bool
    {
        return (float) $this->version > (float) $version;
    }
}
