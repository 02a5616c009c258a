<?php

declare(strict_types=1);

namespace MoodleImage;

use RuntimeException;

/**
 * A script of Moodle's command line, run in a process of its own. What it prints is passed on.
 */
final class MoodleCommand
{
    private const LINES_KEPT = 20;

    public readonly int $status;

    /** The end of what it printed, for the reason of a failure. */
    public readonly string $lastWords;

    /** @param list<string> $arguments never a secret: arguments can be read by every process */
    private function __construct(private readonly string $script, array $arguments, int $memoryLimitMib)
    {
        $process = proc_open(
            self::line($script, $arguments, $memoryLimitMib),
            [['file', '/dev/null', 'r'], ['pipe', 'w'], ['redirect', 1]],
            $pipes,
            null,
            // libpq takes the name from here, and the connections of these programs are told from those of visitors.
            [...getenv(), 'PGAPPNAME' => Database::CLIENT],
        );
        if ($process === false) {
            throw new RuntimeException("{$script} cannot be started");
        }
        $kept = [];
        while (($line = fgets($pipes[1])) !== false || !feof($pipes[1])) {
            if ($line === false) {
                continue;
            }
            fwrite(STDOUT, $line);
            if (trim($line) !== '') {
                $kept = [...array_slice($kept, 1 - self::LINES_KEPT), trim($line)];
            }
        }
        $this->status = proc_close($process);
        $this->lastWords = implode(' | ', $kept);
    }

    /** @param list<string> $arguments */
    public static function run(string $name, array $arguments, int $memoryLimitMib): self
    {
        return new self(self::script($name), $arguments, $memoryLimitMib);
    }

    /** Moodle's installer, started by a script of ours that gives it the password where no other process can read it. */
    public static function install(int $memoryLimitMib): self
    {
        return new self(__DIR__ . '/scripts/installDatabase.php', [], $memoryLimitMib);
    }

    /** The same command line in every version: the folder did not move when the web root did. */
    public static function script(string $name): string
    {
        return CodeTree::ofImage()->root . "/admin/cli/{$name}.php";
    }

    /**
     * @param list<string> $arguments
     * @return list<string>
     */
    public static function line(string $script, array $arguments, int $memoryLimitMib): array
    {
        return [PHP_BINARY, '-d', "memory_limit={$memoryLimitMib}M", $script, ...$arguments];
    }

    public function mustSucceed(): void
    {
        if ($this->status !== 0) {
            throw new RuntimeException($this->failure());
        }
    }

    public function failure(): string
    {
        return sprintf('%s ended with status %d: %s', basename($this->script), $this->status, $this->lastWords === '' ? 'it printed nothing' : $this->lastWords);
    }
}
