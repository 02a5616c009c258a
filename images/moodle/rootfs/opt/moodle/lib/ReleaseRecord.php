<?php

declare(strict_types=1);

namespace MoodleImage;

/**
 * What the release program was doing, kept in the database so that the next one can go on where this one was cut. Its table does not bear Moodle's
 * prefix: Moodle does not see it.
 */
final class ReleaseRecord
{
    /** The database was empty and is being filled; whatever is in it is not a site yet. */
    public const INSTALLING = 'installing';

    /** The site was closed by the release program, which has to open it again. */
    public const CLOSED = 'closed';

    /** The database was upgraded while the site was open; caches are to be emptied when no old code runs any more. */
    public const ROLLING = 'rolling';

    private const TABLE = 'moodle_image_release';

    public function __construct(private readonly Database $database)
    {
    }

    /** @return self::*|null */
    public function phase(): ?string
    {
        return $this->exists() ? $this->database->value('SELECT phase FROM ' . self::TABLE) : null;
    }

    /** @param self::INSTALLING|self::CLOSED|self::ROLLING $phase */
    public function enter(string $phase, string $release): void
    {
        $this->database->rows('CREATE TABLE IF NOT EXISTS ' . self::TABLE
            . ' (single boolean PRIMARY KEY DEFAULT true CHECK (single), phase text NOT NULL, release text NOT NULL, since timestamptz NOT NULL DEFAULT now())');
        $this->database->rows('INSERT INTO ' . self::TABLE . ' (phase, release) VALUES ($1, $2)'
            . ' ON CONFLICT (single) DO UPDATE SET phase = excluded.phase, release = excluded.release, since = now()', [$phase, $release]);
    }

    public function leave(): void
    {
        $this->database->rows('DELETE FROM ' . self::TABLE);
    }

    private function exists(): bool
    {
        return $this->database->value('SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = $1', [self::TABLE]) !== null;
    }
}
