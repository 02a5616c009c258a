<?php

declare(strict_types=1);

namespace MoodleImage;

use RuntimeException;

/**
 * Runs Moodle's tasks in one process after another. Told to stop, it lets the running task finish.
 */
final class Runner
{
    /** A pass that ends at once, because other runners do all there is to do, is not repeated at once. */
    private const SHORTEST_PASS_SECONDS = 10;

    /** After a failed pass, doubled with each further one. */
    private const FIRST_PAUSE_SECONDS = 10;
    private const LONGEST_PAUSE_SECONDS = 60;

    /** @var resource|null */
    private $process = null;

    /**
     * @param list<string> $command one pass
     * @param string $finished the event of a pass that went well
     * @param string $failed the event of one that did not
     * @param callable(): void $between what is to be done between passes
     */
    public function __construct(
        private readonly array $command,
        private readonly string $finished,
        private readonly string $failed,
        private $between,
    ) {
    }

    /** Returns when it was told to stop. */
    public function run(): void
    {
        // Moodle finishes the current task when it is told once, and ends at once when it is told again.
        StopSignal::heed(function (): void {
            if ($this->process !== null) {
                proc_terminate($this->process, SIGTERM);
            }
        });
        $failures = 0;
        while (!StopSignal::received()) {
            ($this->between)();
            $started = microtime(true);
            $status = $this->pass();
            $seconds = microtime(true) - $started;
            $fields = ['seconds' => round($seconds, 1), 'status' => $status];
            LogLine::write($status === 0 ? $this->finished : $this->failed, $fields);
            $failures = $status === 0 ? 0 : $failures + 1;
            StopSignal::sleep($failures === 0
                ? max(0, self::SHORTEST_PASS_SECONDS - $seconds)
                : min(self::LONGEST_PAUSE_SECONDS, self::FIRST_PAUSE_SECONDS * 2 ** min($failures - 1, 5)));
        }
    }

    private function pass(): int
    {
        $process = proc_open($this->command, [['file', '/dev/null', 'r'], STDOUT, STDERR], $pipes);
        if ($process === false) {
            throw new RuntimeException("{$this->command[0]} cannot be started");
        }
        $this->process = $process;
        // The signal may have come before there was a process to pass it to.
        if (StopSignal::received()) {
            proc_terminate($process, SIGTERM);
        }
        do {
            usleep(100_000);
            $state = proc_get_status($process);
        } while ($state['running']);
        $this->process = null;
        proc_close($process);
        return $state['signaled'] ? 128 + $state['termsig'] : $state['exitcode'];
    }
}
