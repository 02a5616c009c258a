<?php

declare(strict_types=1);

namespace MoodleImage;

/**
 * What is wrong though each variable alone is allowed.
 */
final class Contradictions
{
    private const SERVERS = ['MOODLE_DATABASE', 'MOODLE_SESSION_CACHE', 'MOODLE_APPLICATION_CACHE'];

    /** @return list<string> */
    public static function in(Environment $environment): array
    {
        return [
            ...self::version($environment),
            ...self::folders($environment),
            ...self::certificates($environment),
            ...self::database($environment),
            ...self::caches($environment),
            ...self::objectStore($environment),
            ...self::mail($environment),
        ];
    }

    /** @return list<string> */
    private static function version(Environment $environment): array
    {
        $version = $environment->optionalText('MOODLE_VERSION');
        if ($version === null) {
            return [];
        }
        [$major, $minor, $point] = explode('.', $version);
        $line = Contract::moodleLines()["{$major}.{$minor}"] ?? null;
        if ($line === null) {
            $known = implode(', ', array_keys(Contract::moodleLines()));
            return ["MOODLE_VERSION: {$version} is of a line that this image does not know; allowed: {$known}"];
        }
        if ((int) $point < $line['leastPoint']) {
            return ["MOODLE_VERSION: {$version} fails with an object store on every request; allowed: {$major}.{$minor}.{$line['leastPoint']} or later"];
        }
        return [];
    }

    /** @return list<string> */
    private static function folders(Environment $environment): array
    {
        $problems = [];
        foreach (['MOODLE_LOCAL_CACHE_DIR', 'MOODLE_TEMPORARY_DIR'] as $own) {
            $folder = $environment->optionalText($own);
            $shared = $environment->optionalText('MOODLE_DATAROOT');
            if ($folder !== null && $shared !== null && str_starts_with("{$folder}/", "{$shared}/")) {
                $problems[] = "{$own}: {$folder} is in MOODLE_DATAROOT, which all pods share; allowed: a folder of the pod's own";
            }
        }
        return $problems;
    }

    /** @return list<string> */
    private static function certificates(Environment $environment): array
    {
        $problems = [];
        foreach (self::SERVERS as $server) {
            $file = $environment->optionalText("{$server}_CA_FILE");
            if ($file === null) {
                continue;
            }
            if ($environment->is("{$server}_TLS", 'off')) {
                $problems[] = "{$server}_CA_FILE: {$file} would not be used, because {$server}_TLS is off; remove it, or set {$server}_TLS to verify-full";
            } elseif (!is_readable($file) || filesize($file) === 0) {
                $problems[] = "{$server}_CA_FILE: {$file} is empty or cannot be read, so that no certificate would be trusted";
            }
        }
        return $problems;
    }

    /** @return list<string> */
    private static function database(Environment $environment): array
    {
        $replicas = array_map('strtolower', $environment->list('MOODLE_DATABASE_READ_HOSTS'));
        $problems = [];
        if (in_array(strtolower($environment->optionalText('MOODLE_DATABASE_HOST') ?? ''), $replicas, true)) {
            $problems[] = 'MOODLE_DATABASE_READ_HOSTS: names the primary, MOODLE_DATABASE_HOST; allowed: its read replicas';
        }
        if (count(array_unique($replicas)) !== count($replicas)) {
            $problems[] = 'MOODLE_DATABASE_READ_HOSTS: names a host twice';
        }
        return $problems;
    }

    /** @return list<string> */
    private static function caches(Environment $environment): array
    {
        $problems = [];
        $keys = [];
        foreach (['MOODLE_SESSION_CACHE' => 'sessionCachePassword', 'MOODLE_APPLICATION_CACHE' => 'applicationCachePassword'] as $cache => $secret) {
            if ($environment->optionalText("{$cache}_USER") !== null && !$environment->secrets->has($secret)) {
                $problems[] = "{$cache}_USER: needs the secret file {$secret}";
            }
            $keys[] = implode(' ', [
                strtolower($environment->optionalText("{$cache}_HOST") ?? ''),
                $environment->optionalInteger("{$cache}_PORT") ?? '',
                $environment->optionalText("{$cache}_PREFIX") ?? '',
            ]);
        }
        if ($environment->optionalText('MOODLE_SESSION_CACHE_HOST') !== null && $keys[0] === $keys[1]) {
            $problems[] = 'MOODLE_APPLICATION_CACHE_PREFIX: is that of the session cache on the same server; purging one would empty the other';
        }
        return $problems;
    }

    /** @return list<string> */
    private static function objectStore(Environment $environment): array
    {
        $mode = $environment->optionalText('MOODLE_FILE_MODE');
        if ($mode !== 'objectfs') {
            $given = array_filter(
                array_keys(Contract::variables()),
                static fn (string $name): bool => str_starts_with($name, 'MOODLE_OBJECT_STORE_') && $environment->optionalText($name) !== null,
            );
            return $mode === null || $given === []
                ? []
                : [sprintf('%s: not used, because MOODLE_FILE_MODE is %s; remove it, or set MOODLE_FILE_MODE to objectfs', implode(', ', $given), $mode)];
        }
        return $environment->is('MOODLE_OBJECT_STORE_PROTOCOL', 'blob') ? self::blob($environment) : self::s3($environment);
    }

    /** @return list<string> */
    private static function s3(Environment $environment): array
    {
        $problems = [];
        if ($environment->is('MOODLE_OBJECT_STORE_CREDENTIALS', 'mintedToken')) {
            $problems[] = 'MOODLE_OBJECT_STORE_CREDENTIALS: mintedToken is unknown to the protocol s3; allowed: workloadIdentity, accessKey';
        }
        if ($environment->optionalText('MOODLE_OBJECT_STORE_ACCOUNT') !== null) {
            $problems[] = 'MOODLE_OBJECT_STORE_ACCOUNT: unknown to the protocol s3; remove it';
        }
        return $problems;
    }

    /** @return list<string> */
    private static function blob(Environment $environment): array
    {
        $problems = [];
        $credentials = $environment->optionalText('MOODLE_OBJECT_STORE_CREDENTIALS');
        if ($credentials !== null && $credentials !== 'mintedToken') {
            $problems[] = "MOODLE_OBJECT_STORE_CREDENTIALS: {$credentials} is unknown to Moodle's client for the protocol blob; allowed: mintedToken";
        }
        if ($environment->is('MOODLE_OBJECT_STORE_PRESIGNED_DOWNLOADS', 'true')) {
            $problems[] = "MOODLE_OBJECT_STORE_PRESIGNED_DOWNLOADS: Moodle's client for the protocol blob cannot sign addresses; allowed: false";
        }
        $endpoint = $environment->optionalText('MOODLE_OBJECT_STORE_ENDPOINT');
        $own = sprintf('https://%s.blob.core.windows.net', $environment->optionalText('MOODLE_OBJECT_STORE_ACCOUNT') ?? '');
        if ($endpoint !== null && $endpoint !== $own) {
            $problems[] = sprintf(
                "MOODLE_OBJECT_STORE_ENDPOINT: %s was given; Moodle's client for the protocol blob knows only %s",
                Contract::quoted($endpoint),
                $own,
            );
        }
        return $problems;
    }

    /** @return list<string> */
    private static function mail(Environment $environment): array
    {
        $user = $environment->optionalText('MOODLE_MAIL_USER');
        $hasPassword = $environment->secrets->has('mailPassword');
        $problems = [];
        if ($environment->optionalText('MOODLE_MAIL_HOST') === null) {
            foreach (['MOODLE_MAIL_USER', 'MOODLE_MAIL_SECURITY', 'MOODLE_MAIL_FROM'] as $name) {
                if ($environment->optionalText($name) !== null) {
                    $problems[] = "{$name}: not used without MOODLE_MAIL_HOST";
                }
            }
            return $problems;
        }
        foreach (['MOODLE_MAIL_PORT', 'MOODLE_MAIL_SECURITY', 'MOODLE_MAIL_FROM'] as $name) {
            if (($environment->optionalText($name) ?? $environment->optionalInteger($name)) === null) {
                $problems[] = "{$name}: is missing; it is needed because MOODLE_MAIL_HOST is given";
            }
        }
        if ($user !== null && !$hasPassword) {
            $problems[] = 'MOODLE_MAIL_USER: needs the secret file mailPassword';
        }
        if ($user === null && $hasPassword) {
            $problems[] = 'MOODLE_MAIL_USER: is missing; it is needed because there is a secret file mailPassword';
        }
        return $problems;
    }
}
