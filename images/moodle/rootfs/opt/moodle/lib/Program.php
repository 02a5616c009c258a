<?php

declare(strict_types=1);

namespace MoodleImage;

use RuntimeException;
use Throwable;

/**
 * How every program of the image starts and how it fails.
 */
final class Program
{
    /**
     * A failure is one line in the log and status 1; a trace would show arguments.
     *
     * @param callable(): int $main returns the exit status
     */
    public static function run(string $name, callable $main): never
    {
        try {
            exit($main());
        } catch (EnvironmentError $refusal) {
            LogLine::write(Contract::logEvent('environmentRefused'), ['program' => $name, 'problems' => $refusal->problems]);
            exit(1);
        } catch (Throwable $failure) {
            LogLine::write('program.failed', ['program' => $name, 'reason' => $failure->getMessage()]);
            exit(1);
        }
    }

    /**
     * Puts another program in the place of this one, so that signals reach it.
     *
     * @param list<string> $arguments
     */
    public static function become(string $program, array $arguments): never
    {
        if (is_executable($program)) {
            pcntl_exec($program, $arguments);
        }
        throw new RuntimeException("{$program} cannot be started: it must be in the image and executable");
    }

    /** Writes a configuration file, whole or not at all. */
    public static function write(string $file, string $contents): void
    {
        if (@file_put_contents("{$file}.new", $contents) !== strlen($contents) || !rename("{$file}.new", $file)) {
            throw new RuntimeException("{$file} cannot be written: its folder must be a volume that this user may write to");
        }
    }

    /** Makes a folder for a program that expects it to exist. */
    public static function folder(string $folder): void
    {
        if (!is_dir($folder) && !@mkdir($folder, 0700, true) && !is_dir($folder)) {
            throw new RuntimeException("{$folder} cannot be made: the folder above must be a volume that this user may write to");
        }
    }
}
