<?php

declare(strict_types=1);

namespace MoodleImage;

/**
 * Whether the database belongs to the code of the image. Moodle itself would serve new code on an old database.
 */
final class Readiness
{
    private readonly MoodleCode $code;
    private readonly MoodleDatabase $moodle;
    private readonly ReleaseRecord $record;

    public function __construct(Database $database, private readonly int $memoryLimitMib)
    {
        $this->code = MoodleCode::read();
        $this->moodle = new MoodleDatabase($database);
        $this->record = new ReleaseRecord($database);
    }

    /** What is in the way; null when nothing is. Moodle is asked last: it takes a second of a processor each time. */
    public function obstacle(): ?string
    {
        $version = $this->moodle->setting('version');
        if ($version === null || $this->record->phase() === ReleaseRecord::INSTALLING) {
            return 'the database is not installed yet';
        }
        if ($this->code->isOlderThan($version)) {
            return "the database belongs to a newer Moodle than the image's {$this->code->release}";
        }
        if ($this->code->isNewerThan($version)) {
            return "the database is not upgraded to {$this->code->release} yet";
        }
        $pending = MoodleCommand::run('upgrade', ['--is-pending'], $this->memoryLimitMib);
        return $pending->status === 0 ? null : $pending->failure();
    }
}
