<?php

declare(strict_types=1);

namespace MoodleImage;

/**
 * What Moodle's tables say about a site, read without Moodle: its own code may not start while it is being installed or upgraded.
 */
final class MoodleDatabase
{
    /** The prefix that config.php gives Moodle. */
    public const PREFIX = 'mdl_';

    /** Tables dropped at once; each holds locks of which a small server has few. */
    private const BATCH = 50;

    public function __construct(private readonly Database $database)
    {
    }

    /** @return list<string> */
    public function tables(): array
    {
        $statement = 'SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND starts_with(tablename, $1) ORDER BY tablename';
        return array_column($this->database->rows($statement, [self::PREFIX]), 'tablename');
    }

    /** A setting of Moodle's core; null when there is none, or no table of settings. */
    public function setting(string $name): ?string
    {
        if (!in_array(self::PREFIX . 'config', $this->tables(), true)) {
            return null;
        }
        return $this->database->value('SELECT value FROM ' . self::PREFIX . 'config WHERE name = $1', [$name]);
    }

    /** @return array<string, string> versions of plugins by component */
    public function pluginVersions(): array
    {
        $table = self::PREFIX . 'config_plugins';
        if (!in_array($table, $this->tables(), true)) {
            return [];
        }
        return array_column($this->database->rows("SELECT plugin, value FROM {$table} WHERE name = 'version' ORDER BY plugin"), 'value', 'plugin');
    }

    /** Whether somebody has worked here: a new site has the front page and the users guest and admin. */
    public function isInhabited(): bool
    {
        foreach (['course' => 1, 'user' => 2] as $table => $ofNewSite) {
            $name = self::PREFIX . $table;
            if (in_array($name, $this->tables(), true) && (int) $this->database->value("SELECT count(*) FROM {$name}") > $ofNewSite) {
                return true;
            }
        }
        return false;
    }

    public function dropTables(): void
    {
        foreach (array_chunk($this->tables(), self::BATCH) as $tables) {
            $this->database->rows('DROP TABLE ' . implode(', ', array_map($this->database->name(...), $tables)) . ' CASCADE');
        }
    }

    /**
     * Running cron processes and tasks: each holds an advisory lock, as a pair of numbers, for as long as it lives and no longer. The time that Moodle
     * notes in its tables outlives a process that was killed.
     */
    public function runningTasks(): int
    {
        return (int) $this->database->value("SELECT count(DISTINCT pid) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted"
            . ' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())');
    }

    /**
     * Requests and tasks that are at work: each has a connection for as long as it lives. Moodle gives its connections no name; other tools do, and so
     * do these programs.
     */
    public function runningRequests(): int
    {
        return (int) $this->database->value("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user"
            . " AND backend_type = 'client backend' AND application_name = ''");
    }
}
