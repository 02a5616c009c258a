<?php

declare(strict_types=1);

namespace MoodleImage\Configuration;

use MoodleImage\Environment;
use MoodleImage\Places;

/**
 * What pods share and what is each pod's own. A task may go on in another pod than the request that began it.
 */
final class Folders
{
    /** Language packs that were baked into the image; Moodle looks for none elsewhere then. */
    private const LANGUAGE_PACKS = '/opt/moodle/languages';

    /** @return array<string, mixed> */
    public static function settings(Environment $environment): array
    {
        $shared = $environment->text('MOODLE_DATAROOT');
        $own = $environment->text('MOODLE_LOCAL_CACHE_DIR');
        return [
            'dataroot' => $shared,
            'tempdir' => "{$shared}/temp",
            'backuptempdir' => "{$shared}/temp/backup",
            'cachedir' => "{$shared}/cache",
            'langlocalroot' => "{$shared}/lang",
            'langotherroot' => self::hasLanguagePacks() ? self::LANGUAGE_PACKS : "{$shared}/lang",
            'localcachedir' => "{$own}/moodle",
            // In the shared folder, pods of two releases would take turns in throwing the other's away. Here it never changes, and
            // unlike in a folder whose PHP files do, it is compiled once.
            'alternative_component_cache' => Places::RUN . '/component.php',
            // Must exist from the start: Moodle sends no file by nginx while it does not.
            'localrequestdir' => $environment->text('MOODLE_TEMPORARY_DIR'),
            'directorypermissions' => 02770,
        ];
    }

    private static function hasLanguagePacks(): bool
    {
        return glob(self::LANGUAGE_PACKS . '/*/langconfig.php', GLOB_NOSORT) !== [];
    }
}
