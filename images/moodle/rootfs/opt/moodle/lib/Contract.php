<?php

declare(strict_types=1);

namespace MoodleImage;

use LogicException;

/**
 * What the chart and the image owe each other, as declared in components/moodle/ of the repository.
 */
final class Contract
{
    /** A value may be repeated in an error, but not at any length. */
    private const LONGEST_QUOTE = 120;

    /** @var array<string, mixed>|null */
    private static ?array $declared = null;

    /** @return array<string, array<string, mixed>> variables by name */
    public static function variables(): array
    {
        return self::declared('variables');
    }

    /** @return array<string, array<string, mixed>> secret files by their path below MOODLE_SECRETS_DIR */
    public static function secrets(): array
    {
        return self::declared('secrets');
    }

    /** The bundle of publicly trusted certificate authorities. */
    public static function publicCertificates(): string
    {
        return self::declared('publicCertificates');
    }

    /** @return array<string, array{leastPoint: int}> the Moodle lines the image can hold */
    public static function moodleLines(): array
    {
        return self::declared('moodleLines');
    }

    /** The value of the field "event" that alarms watch for, by its name in logEvents.ts. */
    public static function logEvent(string $name): string
    {
        return self::declared('logEvents')[$name] ?? throw new LogicException("the contract has no log event {$name}");
    }

    /**
     * @param array<string, mixed> $declaration of a variable or secret file
     * @param string $program one of the readers in environment.ts; "all" is what every PHP program reads
     */
    public static function reads(string $program, array $declaration): bool
    {
        return in_array($program, $declaration['readBy'], true) || ($program !== 'nginx' && in_array('all', $declaration['readBy'], true));
    }

    /**
     * @param array<string, mixed> $declaration of a variable or secret file
     * @param array<string, string> $given the environment
     */
    public static function requires(array $declaration, array $given): bool
    {
        $required = $declaration['required'];
        if (is_array($required)) {
            return in_array($given[$required['variable']] ?? '', $required['is'], true);
        }
        return $required === 'always';
    }

    /** A value as an error repeats it: short, and without what stands before an @ in an address. */
    public static function quoted(string $value): string
    {
        $shown = preg_replace('~//[^/]*@~', '//…@', $value) ?? '';
        if (strlen($shown) > self::LONGEST_QUOTE) {
            $shown = substr($shown, 0, self::LONGEST_QUOTE) . '…';
        }
        return (string) json_encode($shown, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE);
    }

    private static function declared(string $part): mixed
    {
        self::$declared ??= require __DIR__ . '/generated/contract.php';
        return self::$declared[$part];
    }
}
