<?php

declare(strict_types=1);

namespace MoodleImage;

use RuntimeException;

/**
 * Lets one release program at a time work on a database. The lock ends with the connection, so that a program that was killed leaves none behind.
 */
final class ReleaseLock
{
    /** Any number will do: Moodle's own advisory locks are pairs of numbers and cannot meet this one. */
    private const NUMBER = 7_763_544_510_033;

    private function __construct(private readonly Database $database)
    {
    }

    public static function try(Database $database): ?self
    {
        return $database->value('SELECT pg_try_advisory_lock($1::bigint)', [self::NUMBER]) === 't' ? new self($database) : null;
    }

    /** Before each step: after a failover of the database another program may hold the lock. */
    public function mustBeHeld(): void
    {
        try {
            $this->database->value('SELECT 1');
        } catch (LostConnection $lost) {
            throw new RuntimeException("{$lost->getMessage()}; the lock went with it, and another release program may be at work. Run again");
        }
    }
}
