<?php

declare(strict_types=1);

namespace MoodleImage;

use MoodleImage\Configuration\ApplicationCache;
use MoodleImage\Configuration\Database;
use MoodleImage\Configuration\Defaults;
use MoodleImage\Configuration\Folders;
use MoodleImage\Configuration\ForcedSettings;
use MoodleImage\Configuration\Hardening;
use MoodleImage\Configuration\Keys;
use MoodleImage\Configuration\Mail;
use MoodleImage\Configuration\ObjectStore;
use MoodleImage\Configuration\Sessions;
use MoodleImage\Configuration\Site;
use MoodleImage\Configuration\Tasks;
use stdClass;

/**
 * Moodle's $CFG, put together from its parts.
 */
final class Configuration
{
    /** @throws EnvironmentError with all problems at once */
    public static function ofProcess(): stdClass
    {
        [$configuration, $variables] = KeptConfiguration::orMade(static function (): array {
            $environment = Environment::read('all');
            return [self::of($environment, CodeTree::ofImage()), [...Database::variables($environment), ...ObjectStore::variables($environment)]];
        });
        foreach ($variables as $name => $value) {
            putenv("{$name}={$value}");
        }
        return $configuration;
    }

    /** @throws EnvironmentError with all problems at once */
    public static function of(Environment $environment, CodeTree $code): stdClass
    {
        $problems = [
            ...ObjectStore::problems($environment, $code),
            ...Keys::problems($environment),
        ];
        $decided = [
            ...Site::settings($environment),
            ...Folders::settings($environment),
            ...Database::settings($environment),
            ...Sessions::settings($environment),
            ...ApplicationCache::settings($environment, $code),
            ...ObjectStore::settings($environment),
            ...Keys::settings($environment),
            ...Mail::settings($environment),
            ...Tasks::settings($environment),
            ...Hardening::settings(),
        ];
        $forced = ForcedSettings::read($environment);
        $plugins = ObjectStore::pluginSettings($environment);
        $problems = [...$problems, ...$forced->problems(array_keys($decided), $plugins)];
        if ($problems !== []) {
            throw new EnvironmentError($problems);
        }
        $settings = [...Defaults::settings(), ...$forced->settings, ...$decided];
        $settings['forced_plugin_settings'] = array_replace_recursive(ObjectStore::pluginDefaults($environment), $forced->pluginSettings, $plugins);
        return (object) $settings;
    }
}
