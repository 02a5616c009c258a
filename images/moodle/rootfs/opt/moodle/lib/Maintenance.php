<?php

declare(strict_types=1);

namespace MoodleImage;

use RuntimeException;

/**
 * Moodle's maintenance mode of the command line: a file on the shared volume, so that all pods answer with the maintenance page at once.
 */
final class Maintenance
{
    public function __construct(private readonly string $dataroot, private readonly int $memoryLimitMib)
    {
    }

    public function isOn(): bool
    {
        clearstatcache();
        return is_file("{$this->dataroot}/climaintenance.html");
    }

    public function enable(): void
    {
        MoodleCommand::run('maintenance', ['--enable'], $this->memoryLimitMib)->mustSucceed();
        if (!$this->isOn()) {
            throw new RuntimeException('Moodle says that the site is closed, but its maintenance page is not in the data folder');
        }
    }

    public function disable(): void
    {
        MoodleCommand::run('maintenance', ['--disable'], $this->memoryLimitMib)->mustSucceed();
    }
}
