<?php

declare(strict_types=1);

namespace MoodleImage\Configuration;

use JsonException;
use MoodleImage\Environment;
use MoodleImage\EnvironmentError;

/**
 * Settings that an operator forces: from a file, and from a secret one after it.
 */
final class ForcedSettings
{
    /** Settings that Moodle ignores or that break what the image does, and what to do instead. */
    private const REFUSED = [
        'cache_stores' => 'Moodle knows no such setting; its caches are configured by MOODLE_APPLICATION_CACHE_HOST',
        'altcacheconfigpath' => 'its caches are configured by MOODLE_APPLICATION_CACHE_HOST',
        'tool_forcedcache_config_path' => 'its caches are configured by MOODLE_APPLICATION_CACHE_HOST',
        'session_redis_lock_retry' => 'Moodle does not read it',
        'session_redis_maxretries' => 'Moodle does not read it',
        'wwwrootendsinpublic' => 'the address of the site has no path',
        'tool_generator_users_password' => 'it lets test users in',
    ];

    /**
     * @param array<string, scalar> $settings
     * @param array<string, array<string, scalar>> $pluginSettings
     * @param list<string> $malformed
     */
    private function __construct(
        public readonly array $settings,
        public readonly array $pluginSettings,
        private readonly array $malformed,
    ) {
    }

    public static function read(Environment $environment): self
    {
        $file = $environment->text('MOODLE_SETTINGS_FILE');
        $malformed = [];
        try {
            $secret = $environment->secrets->json('forcedSettings');
        } catch (EnvironmentError $error) {
            $secret = [];
            $malformed = $error->problems;
        }
        $settings = [];
        $pluginSettings = [];
        foreach ([$file => self::decoded($file), 'forcedSettings' => $secret] as $source => $contents) {
            if (!self::isWellFormed($contents)) {
                $malformed[] = "{$source}: allowed is a JSON object with \"settings\" and \"pluginSettings\", whose values are texts, numbers, true and false";
                continue;
            }
            $settings = [...$settings, ...array_map(self::value(...), $contents['settings'] ?? [])];
            foreach ($contents['pluginSettings'] ?? [] as $plugin => $ofPlugin) {
                $pluginSettings[$plugin] = [...($pluginSettings[$plugin] ?? []), ...array_map(self::value(...), $ofPlugin)];
            }
        }
        return new self($settings, $pluginSettings, $malformed);
    }

    /**
     * @param list<string> $decided settings that the image makes itself
     * @param array<string, array<string, mixed>> $decidedOfPlugins
     * @return list<string>
     */
    public function problems(array $decided, array $decidedOfPlugins): array
    {
        $problems = $this->malformed;
        foreach (array_keys($this->settings) as $name) {
            if (in_array($name, $decided, true) || in_array($name, ['forced_plugin_settings', 'dirroot', 'root', 'libdir'], true)) {
                $problems[] = "settings.{$name}: is not to be forced, because the image decides it; remove it";
            } elseif (isset(self::REFUSED[$name])) {
                $problems[] = sprintf('settings.%s: is not to be forced: %s; remove it', $name, self::REFUSED[$name]);
            }
        }
        return [...$problems, ...$this->pluginProblems($decidedOfPlugins)];
    }

    /**
     * @param array<string, array<string, mixed>> $decided
     * @return list<string>
     */
    private function pluginProblems(array $decided): array
    {
        $problems = [];
        foreach ($this->pluginSettings as $plugin => $settings) {
            foreach (array_keys($settings) as $name) {
                // Whoever decided to redirect could not know that the store cannot sign: the image does.
                if (isset($decided[$plugin][$name]) && $name !== 'enablepresignedurls') {
                    $problems[] = "pluginSettings.{$plugin}.{$name}: is not to be forced, because the image decides it; remove it";
                }
            }
        }
        $signs = ($decided['tool_objectfs']['enablepresignedurls'] ?? 0) === 1;
        if ($signs && ($this->pluginSettings['tool_objectfs']['signingwhitelist'] ?? '*') === '') {
            $problems[] = 'pluginSettings.tool_objectfs.signingwhitelist: is empty, so that nothing would be redirected though '
                . 'MOODLE_OBJECT_STORE_PRESIGNED_DOWNLOADS is true; allowed: * or file extensions';
        }
        return $problems;
    }

    private static function decoded(string $file): mixed
    {
        if (!is_readable($file)) {
            return null;
        }
        try {
            return json_decode((string) file_get_contents($file), true, 8, JSON_THROW_ON_ERROR);
        } catch (JsonException) {
            return null;
        }
    }

    private static function isWellFormed(mixed $contents): bool
    {
        if (!is_array($contents) || array_diff_key($contents, ['settings' => 0, 'pluginSettings' => 0]) !== []) {
            return false;
        }
        foreach ([$contents['settings'] ?? [], ...array_values((array) ($contents['pluginSettings'] ?? []))] as $settings) {
            if (!is_array($settings) || array_filter($settings, static fn (mixed $value): bool => !is_scalar($value)) !== []) {
                return false;
            }
        }
        return is_array($contents['pluginSettings'] ?? []);
    }

    /** Moodle keeps what is on and off as 1 and 0. */
    private static function value(string|int|float|bool $value): string|int|float
    {
        return is_bool($value) ? (int) $value : $value;
    }
}
