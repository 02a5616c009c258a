<?php

declare(strict_types=1);

namespace MoodleImage\Configuration;

use MoodleImage\Environment;

/**
 * PostgreSQL, its read replicas and its certificate.
 */
final class Database
{
    private const CONNECT_SECONDS = 5;
    private const REPLICA_CONNECT_SECONDS = 2;

    /** @return array<string, mixed> */
    public static function settings(Environment $environment): array
    {
        return [
            'dbtype' => 'pgsql',
            'dblibrary' => 'native',
            'dbhost' => $environment->text('MOODLE_DATABASE_HOST'),
            'dbname' => $environment->text('MOODLE_DATABASE_NAME'),
            'dbuser' => $environment->text('MOODLE_DATABASE_USER'),
            'dbpass' => $environment->secrets->read('databasePassword'),
            'prefix' => 'mdl_',
            'dboptions' => [
                'dbpersist' => false,
                'dbport' => $environment->integer('MOODLE_DATABASE_PORT'),
                'connecttimeout' => self::CONNECT_SECONDS,
                ...self::encryption($environment),
                ...self::replicas($environment),
            ],
            // Advisory locks, which end with the connection. Locks in a table outlive a killed process by a day.
            'lock_factory' => 'auto',
        ];
    }

    /**
     * Variables of PostgreSQL's client, for what Moodle has no option.
     *
     * @return array<string, string>
     */
    public static function variables(Environment $environment): array
    {
        return match ($environment->text('MOODLE_DATABASE_TLS')) {
            'verify-full' => ['PGSSLROOTCERT' => $environment->text('MOODLE_DATABASE_CA_FILE')],
            'verify-ca' => ['PGSSLROOTCERT' => $environment->text('MOODLE_DATABASE_CA_FILE'), 'PGSSLMODE' => 'verify-ca'],
            default => [],
        };
    }

    /** @return array<string, string> */
    private static function encryption(Environment $environment): array
    {
        return match ($environment->text('MOODLE_DATABASE_TLS')) {
            'verify-full' => ['ssl' => 'verify-full'],
            // Moodle refuses the mode; without an option of its own the client takes it from the variable.
            'verify-ca' => [],
            default => ['ssl' => 'disable'],
        };
    }

    /** @return array<string, mixed> */
    private static function replicas(Environment $environment): array
    {
        $hosts = $environment->list('MOODLE_DATABASE_READ_HOSTS');
        return $hosts === [] ? [] : ['readonly' => ['instance' => $hosts, 'connecttimeout' => self::REPLICA_CONNECT_SECONDS]];
    }
}
