<?php

declare(strict_types=1);

namespace MoodleImage;

/**
 * What a program has to say: one line of JSON on standard error, for people, and for alarms that watch its field "event".
 */
final class LogLine
{
    /** @param array<string, mixed> $fields never a secret */
    public static function write(string $event, array $fields = []): void
    {
        $line = ['time' => gmdate('Y-m-d\TH:i:s\Z'), 'event' => $event, ...$fields];
        $flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE | JSON_PARTIAL_OUTPUT_ON_ERROR;
        file_put_contents('php://stderr', json_encode($line, $flags) . "\n");
    }
}
