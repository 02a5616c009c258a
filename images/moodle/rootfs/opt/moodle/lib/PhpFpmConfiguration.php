<?php

declare(strict_types=1);

namespace MoodleImage;

/**
 * PHP-FPM's configuration: one static pool for Moodle, and a listener for probes that its workers do not serve.
 */
final class PhpFpmConfiguration
{
    /** nginx gives up first, so that the log names the request before its worker is ended. */
    private const GRACE_SECONDS = 15;

    /** @param list<string> $changingFolders whose PHP files change while PHP-FPM runs, without its being told */
    public function __construct(
        private readonly int $workers,
        private readonly int $maxRequests,
        private readonly int $memoryLimitMib,
        private readonly int $opcacheMib,
        private readonly int $internedStringsMib,
        private readonly int $apcuMib,
        private readonly int $uploadLimitMib,
        private readonly int $requestTimeoutSeconds,
        private readonly int $slowRequestSeconds,
        private readonly string $temporaryDir,
        private readonly array $changingFolders,
    ) {
    }

    public function pool(): string
    {
        $longest = $this->requestTimeoutSeconds + self::GRACE_SECONDS;
        $socket = Places::PHP_SOCKET;
        $statusSocket = Places::PHP_STATUS_SOCKET;
        $slowLog = $this->slowRequestSeconds > 0
            ? "slowlog = /proc/self/fd/2\nrequest_slowlog_timeout = {$this->slowRequestSeconds}s\nrequest_slowlog_trace_depth = 40"
            : 'request_slowlog_timeout = 0';

        return <<<INI
        [global]
        daemonize = no
        error_log = /proc/self/fd/2
        log_limit = 16384
        ; A warning about a slow request quotes its query, and queries of Moodle hold tokens. The slow log has the rest of it.
        log_level = error
        ; Told to stop, workers finish their requests.
        process_control_timeout = {$longest}s

        [moodle]
        listen = {$socket}
        listen.mode = 0660
        listen.backlog = 511
        pm = static
        pm.max_children = {$this->workers}
        pm.max_requests = {$this->maxRequests}
        pm.status_path = /status
        pm.status_listen = {$statusSocket}
        ping.path = /ping
        ping.response = alive
        request_terminate_timeout = {$longest}s
        request_terminate_timeout_track_finished = yes
        {$slowLog}
        ; Workload identity, database certificates and config.php's own variables are all in the environment.
        clear_env = no
        ; What workers write to standard error is a line of the log as it is.
        catch_workers_output = yes
        decorate_workers_output = no
        security.limit_extensions = .php

        INI;
    }

    /** @return array<string, string|int> settings of PHP itself, which a pool cannot make */
    public function settings(): array
    {
        $formLimitMib = $this->uploadLimitMib + NginxConfiguration::FORM_OVERHEAD_MIB;
        return [
            'memory_limit' => "{$this->memoryLimitMib}M",
            'upload_max_filesize' => "{$this->uploadLimitMib}M",
            'post_max_size' => "{$formLimitMib}M",
            'max_execution_time' => $this->requestTimeoutSeconds,
            'max_input_time' => $this->requestTimeoutSeconds,
            'upload_tmp_dir' => $this->temporaryDir,
            'sys_temp_dir' => $this->temporaryDir,
            'error_log' => '/proc/self/fd/2',
            'opcache.memory_consumption' => $this->opcacheMib,
            'opcache.interned_strings_buffer' => $this->internedStringsMib,
            'opcache.blacklist_filename' => Places::RUN . '/opcache-blacklist',
            'apc.shm_size' => "{$this->apcuMib}M",
        ];
    }

    /**
     * Compiled code is never looked at again, because the image does not change. Moodle also writes PHP files while it runs. In the pod's own cache
     * each is written once, under a name that goes with its content; those that pods share are compiled each time.
     */
    public function blacklist(): string
    {
        return implode("\n", array_map(static fn (string $folder): string => "{$folder}/", $this->changingFolders)) . "\n";
    }
}
