<?php

declare(strict_types=1);

namespace MoodleImage;

use RuntimeException;

/**
 * Waits for what others do, until the deadline of the whole program or the signal to stop.
 */
final class Patience
{
    private readonly float $started;

    public function __construct(private readonly ?int $deadlineSeconds = null)
    {
        $this->started = microtime(true);
    }

    /**
     * Returns when nothing is in the way any more. Each obstacle is a line in the log when it is first met.
     *
     * @param callable(): ?string $obstacle what is in the way; null when nothing is
     * @throws RuntimeException at the deadline, and at the signal to stop
     */
    public function await(string $what, callable $obstacle, float $everySeconds = 2): void
    {
        $known = null;
        while (($met = $obstacle()) !== null) {
            if ($met !== $known) {
                LogLine::write('waiting', ['for' => $what, 'because' => $met]);
                $known = $met;
            }
            $this->goOn("waiting for {$what}: {$met}");
            StopSignal::sleep($everySeconds);
            $this->goOn("waiting for {$what}: {$met}");
        }
    }

    /** @throws RuntimeException at the deadline, and at the signal to stop */
    public function goOn(string $during): void
    {
        if (StopSignal::received()) {
            throw new RuntimeException("was told to stop while {$during}");
        }
        if ($this->deadlineSeconds !== null && microtime(true) - $this->started > $this->deadlineSeconds) {
            throw new RuntimeException("gave up after {$this->deadlineSeconds} seconds while {$during}");
        }
    }
}
