<?php

declare(strict_types=1);

namespace MoodleImage;

use RuntimeException;

/**
 * What Moodle needs around it before any of its code can run: a volume, a token, a database.
 */
final class Surroundings
{
    public function __construct(private readonly Environment $environment, private readonly Patience $patience)
    {
    }

    /** Waits for all of them and returns a connection to the database. */
    public function await(): Database
    {
        $this->patience->await('the data folder', $this->folderObstacle(...));
        $this->patience->await('a token for the object store', $this->tokenObstacle(...));
        $database = null;
        $this->patience->await('the database', function () use (&$database): ?string {
            try {
                $database = Database::connect($this->environment);
                return null;
            } catch (RuntimeException $refusal) {
                return $refusal->getMessage();
            }
        });
        return $database;
    }

    /** Permissions alone do not tell: a server of network files decides by itself. */
    private function folderObstacle(): ?string
    {
        $folder = $this->environment->text('MOODLE_DATAROOT');
        if (!is_dir($folder)) {
            return "{$folder} is no folder";
        }
        $trial = @tempnam($folder, '.writable-');
        if ($trial === false) {
            return "{$folder} cannot be written";
        }
        unlink($trial);
        return dirname($trial) === realpath($folder) ? null : "{$folder} cannot be written";
    }

    private function tokenObstacle(): ?string
    {
        $file = $this->environment->optionalText('MOODLE_OBJECT_STORE_TOKEN_FILE');
        clearstatcache();
        return $file === null || (is_file($file) && filesize($file) > 0) ? null : "{$file} is empty or missing";
    }
}
