<?php

declare(strict_types=1);

namespace MoodleImage;

/**
 * Whether this program was told to stop. SIGQUIT is the image's stop signal, SIGTERM that of everything else.
 */
final class StopSignal
{
    private static bool $received = false;

    /** @param (callable(): void)|null $then what else is to be done when the signal comes */
    public static function heed(?callable $then = null): void
    {
        pcntl_async_signals(true);
        foreach ([SIGTERM, SIGQUIT, SIGINT] as $signal) {
            pcntl_signal($signal, static function () use ($then): void {
                $first = !self::$received;
                self::$received = true;
                if ($first && $then !== null) {
                    $then();
                }
            });
        }
    }

    public static function received(): bool
    {
        return self::$received;
    }

    /** Ends early when the signal comes. */
    public static function sleep(float $seconds): void
    {
        $until = microtime(true) + $seconds;
        while (!self::$received && ($left = $until - microtime(true)) > 0) {
            usleep((int) (min($left, 0.2) * 1_000_000));
        }
    }
}
