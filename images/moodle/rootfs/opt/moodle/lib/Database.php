<?php

declare(strict_types=1);

namespace MoodleImage;

use PgSql\Connection;
use RuntimeException;

/**
 * A connection to Moodle's database that is not Moodle's: it lives as long as the program, and a session lock with it.
 */
final class Database
{
    /** Begins the name that connections of these programs show in the database's list of activities. */
    public const CLIENT = 'moodle-image';

    private function __construct(private readonly Connection $connection)
    {
    }

    /** @throws RuntimeException that says why the server cannot be reached; never the password */
    public static function connect(Environment $environment): self
    {
        $tls = $environment->text('MOODLE_DATABASE_TLS');
        $parameters = [
            'host' => $environment->text('MOODLE_DATABASE_HOST'),
            'port' => $environment->integer('MOODLE_DATABASE_PORT'),
            'dbname' => $environment->text('MOODLE_DATABASE_NAME'),
            'user' => $environment->text('MOODLE_DATABASE_USER'),
            'password' => $environment->secrets->read('databasePassword'),
            'sslmode' => $tls === 'off' ? 'disable' : $tls,
            'sslrootcert' => $environment->optionalText('MOODLE_DATABASE_CA_FILE') ?? '',
            'application_name' => self::CLIENT,
            'connect_timeout' => 10,
            // A lock that is held for an hour is held by a connection that says nothing for an hour.
            'keepalives_idle' => 60,
        ];
        $pairs = array_map(static fn (string $name, string|int $value): string => "{$name}='" . addcslashes((string) $value, "'\\") . "'", array_keys($parameters), $parameters);
        error_clear_last();
        $connection = @pg_connect(implode(' ', $pairs), PGSQL_CONNECT_FORCE_NEW);
        if ($connection === false) {
            $reason = preg_replace('/^pg_connect\(\): /', '', error_get_last()['message'] ?? 'the server cannot be reached');
            throw new RuntimeException(trim((string) $reason));
        }
        return new self($connection);
    }

    /**
     * @param list<string|int> $parameters
     * @return list<array<string, ?string>>
     */
    public function rows(string $statement, array $parameters = []): array
    {
        $result = @pg_query_params($this->connection, $statement, $parameters);
        if ($result === false) {
            $reason = trim(pg_last_error($this->connection));
            throw pg_connection_status($this->connection) === PGSQL_CONNECTION_OK
                ? new RuntimeException("the database refused: {$reason}")
                : new LostConnection("the connection to the database is lost: {$reason}");
        }
        return pg_fetch_all($result);
    }

    /** @param list<string|int> $parameters */
    public function value(string $statement, array $parameters = []): ?string
    {
        $row = $this->rows($statement, $parameters)[0] ?? null;
        return $row === null ? null : array_values($row)[0];
    }

    /** A name as part of a statement. */
    public function name(string $name): string
    {
        return (string) pg_escape_identifier($this->connection, $name);
    }
}
