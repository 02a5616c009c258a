<?php

declare(strict_types=1);

namespace MoodleImage\Configuration;

use MoodleImage\CodeTree;
use MoodleImage\Environment;
use MoodleImage\ObjectStore\FileSystem;

/**
 * The file system that moves files to an object store, by the plugin tool_objectfs.
 */
final class ObjectStore
{
    public const PLUGIN = 'admin/tool/objectfs';
    public const PLUGIN_BLOB = 'local/azureblobstorage';

    /** @return list<string> */
    public static function problems(Environment $environment, CodeTree $code): array
    {
        if (!self::isUsed($environment)) {
            return [];
        }
        $problems = [];
        foreach (self::isBlob($environment) ? [self::PLUGIN, self::PLUGIN_BLOB] : [self::PLUGIN] as $plugin) {
            if (!$code->hasPlugin($plugin)) {
                $problems[] = "MOODLE_FILE_MODE: objectfs needs the plugin {$plugin}, which is not in this image";
            }
        }
        if (self::isBlob($environment) && self::token($environment) === '') {
            $problems[] = "MOODLE_OBJECT_STORE_TOKEN_FILE: {$environment->text('MOODLE_OBJECT_STORE_TOKEN_FILE')} holds no token yet";
        }
        return $problems;
    }

    /** @return array<string, mixed> */
    public static function settings(Environment $environment): array
    {
        return self::isUsed($environment) ? ['alternative_file_system_class' => self::fileSystem($environment)] : [];
    }

    /**
     * What an operator may set otherwise.
     *
     * @return array<string, array<string, mixed>>
     */
    public static function pluginDefaults(Environment $environment): array
    {
        if (!self::isUsed($environment)) {
            return [];
        }
        return ['tool_objectfs' => [
            'enabletasks' => 1,
            'deletelocal' => 1,
            'deleteexternal' => 0,
            // Empty would mean that nothing is redirected.
            'signingwhitelist' => '*',
            // Moodle refuses to fetch from private addresses, and the plugin would not verify the store's certificate.
            'proxyrangerequests' => 0,
        ]];
    }

    /**
     * What nobody may set otherwise: it belongs to the store, not to the site.
     *
     * @return array<string, array<string, mixed>>
     */
    public static function pluginSettings(Environment $environment): array
    {
        if (!self::isUsed($environment)) {
            return [];
        }
        return ['tool_objectfs' => [
            // The plugin's tasks take the class from here, Moodle from $CFG; the plugin does nothing unless both are the same.
            'filesystem' => self::fileSystem($environment),
            'enablepresignedurls' => $environment->is('MOODLE_OBJECT_STORE_PRESIGNED_DOWNLOADS', 'true') ? 1 : 0,
            ...(self::isBlob($environment) ? self::blob($environment) : self::s3($environment)),
        ]];
    }

    /**
     * Variables of the S3 client, for what the plugin has no setting.
     *
     * @return array<string, string>
     */
    public static function variables(Environment $environment): array
    {
        if (!self::isUsed($environment) || !$environment->is('MOODLE_OBJECT_STORE_CHECKSUMS', 'whenRequired')) {
            return [];
        }
        return ['AWS_REQUEST_CHECKSUM_CALCULATION' => 'when_required', 'AWS_RESPONSE_CHECKSUM_VALIDATION' => 'when_required'];
    }

    /** @return array<string, mixed> */
    private static function s3(Environment $environment): array
    {
        return [
            's3_bucket' => $environment->text('MOODLE_OBJECT_STORE_BUCKET'),
            's3_region' => $environment->text('MOODLE_OBJECT_STORE_REGION'),
            's3_base_url' => $environment->optionalText('MOODLE_OBJECT_STORE_ENDPOINT') ?? '',
            'key_prefix' => $environment->optionalText('MOODLE_OBJECT_STORE_PREFIX') ?? '',
            'signingmethod' => 's3',
            ...($environment->is('MOODLE_OBJECT_STORE_CREDENTIALS', 'workloadIdentity')
                ? ['s3_usesdkcreds' => 1, 's3_key' => '', 's3_secret' => '']
                : [
                    's3_usesdkcreds' => 0,
                    's3_key' => $environment->secrets->read('objectStoreAccessKeyId'),
                    's3_secret' => $environment->secrets->read('objectStoreSecretAccessKey'),
                ]),
        ];
    }

    /** @return array<string, mixed> */
    private static function blob(Environment $environment): array
    {
        $container = $environment->text('MOODLE_OBJECT_STORE_BUCKET');
        $prefix = $environment->optionalText('MOODLE_OBJECT_STORE_PREFIX') ?? '';
        return [
            'azure_accountname' => $environment->text('MOODLE_OBJECT_STORE_ACCOUNT'),
            // The client knows no prefix; it puts the container before each name, with a slash between.
            'azure_container' => rtrim("{$container}/{$prefix}", '/'),
            'azure_sastoken' => self::token($environment),
        ];
    }

    /** Without the question mark that some tools print before it: the client adds its own. */
    private static function token(Environment $environment): string
    {
        $file = $environment->text('MOODLE_OBJECT_STORE_TOKEN_FILE');
        return is_readable($file) ? ltrim(trim((string) file_get_contents($file)), '?') : '';
    }

    private static function fileSystem(Environment $environment): string
    {
        if (self::isBlob($environment)) {
            return '\tool_objectfs\azure_blob_storage_file_system';
        }
        $isProtocolsOwn = $environment->optionalText('MOODLE_OBJECT_STORE_ENDPOINT') === null && $environment->optionalText('MOODLE_OBJECT_STORE_CA_FILE') === null
            && $environment->is('MOODLE_OBJECT_STORE_ACL_HEADER', 'private');
        return $isProtocolsOwn ? '\tool_objectfs\s3_file_system' : '\\' . FileSystem::class;
    }

    private static function isUsed(Environment $environment): bool
    {
        return $environment->is('MOODLE_FILE_MODE', 'objectfs');
    }

    private static function isBlob(Environment $environment): bool
    {
        return $environment->is('MOODLE_OBJECT_STORE_PROTOCOL', 'blob');
    }
}
