<?php

declare(strict_types=1);

namespace MoodleImage\Configuration;

use MoodleImage\CodeTree;
use MoodleImage\Environment;

/**
 * Moodle's caches in Redis, by the plugin tool_forcedcache: Moodle itself takes them from a file that its pages write.
 */
final class ApplicationCache
{
    public const PLUGIN = 'admin/tool/forcedcache';

    private const SERIALIZER_IGBINARY = 2;
    private const COMPRESSOR_NONE = 0;
    private const CONNECT_SECONDS = 3;

    /** Small, asked for in every request, and keyed by a revision, so that no pod reads what another made stale. */
    private const OWN_TO_EACH_POD = ['core/string', 'core/langmenu', 'core/plugin_functions'];

    /** @return array<string, mixed> */
    public static function settings(Environment $environment, CodeTree $code): array
    {
        if (!$code->hasPlugin(self::PLUGIN)) {
            return [];
        }
        return [
            'alternative_cache_factory_class' => 'tool_forcedcache_cache_factory',
            'tool_forcedcache_config_array' => [
                'stores' => ['redis' => ['type' => 'redis', 'config' => self::server($environment)], ...self::memory()],
                'rules' => [
                    'application' => [...self::memoryRules(), ['stores' => ['redis']]],
                    'session' => [['stores' => ['redis']]],
                    'request' => [],
                ],
                'definitionoverrides' => [],
            ],
        ];
    }

    /** @return array<string, mixed> */
    private static function server(Environment $environment): array
    {
        $password = $environment->secrets->optional('applicationCachePassword') ?? '';
        $user = $environment->optionalText('MOODLE_APPLICATION_CACHE_USER');
        return [
            'server' => sprintf('%s:%d', $environment->text('MOODLE_APPLICATION_CACHE_HOST'), $environment->integer('MOODLE_APPLICATION_CACHE_PORT')),
            'clustermode' => false,
            'password' => $user === null ? $password : [$user, $password],
            'prefix' => $environment->text('MOODLE_APPLICATION_CACHE_PREFIX'),
            'serializer' => self::SERIALIZER_IGBINARY,
            'compressor' => self::COMPRESSOR_NONE,
            'connectiontimeout' => self::CONNECT_SECONDS,
            ...self::encryption($environment),
        ];
    }

    /** @return array<string, mixed> with the certificates to trust, always: without them nothing would be verified */
    private static function encryption(Environment $environment): array
    {
        return $environment->is('MOODLE_APPLICATION_CACHE_TLS', 'off')
            ? ['encryption' => false]
            : ['encryption' => true, 'cafile' => $environment->text('MOODLE_APPLICATION_CACHE_CA_FILE')];
    }

    /** @return array<string, mixed> none where the command line has no APCu: a store that is not ready is an error */
    private static function memory(): array
    {
        return self::hasMemory() ? ['apcu' => ['type' => 'apcu', 'config' => ['prefix' => 'moodle_']]] : [];
    }

    /** @return list<array<string, mixed>> */
    private static function memoryRules(): array
    {
        if (!self::hasMemory()) {
            return [];
        }
        return array_map(
            static fn (string $name): array => ['conditions' => ['name' => $name], 'stores' => ['apcu', 'redis']],
            self::OWN_TO_EACH_POD,
        );
    }

    private static function hasMemory(): bool
    {
        return function_exists('apcu_enabled') && apcu_enabled();
    }
}
