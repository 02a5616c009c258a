<?php

declare(strict_types=1);

namespace MoodleImage;

/** nginx's configuration: the site on one port, probes and metrics on another. */
final class NginxConfiguration
{
    /** A form carries more than its file: other fields, and lines between them. */
    public const FORM_OVERHEAD_MIB = 8;

    /** nginx only passes requests on: more processes than this would be idle, and each costs memory of a container that has 128 MiB. */
    private const PROCESSES = 2;

    /** @param list<string> $trustedProxies ranges whose X-Forwarded-For is believed */
    public function __construct(
        private readonly string $webRoot,
        private readonly string $release,
        private readonly string $dataroot,
        private readonly string $localCacheDir,
        private readonly string $temporaryDir,
        private readonly int $httpPort,
        private readonly int $probePort,
        private readonly int $uploadLimitMib,
        private readonly int $requestTimeoutSeconds,
        private readonly array $trustedProxies,
        private readonly bool $ipv6,
    ) {
    }

    /** Where nginx keeps bodies that do not fit its memory; it makes the folders below. */
    public function buffers(): string
    {
        return "{$this->temporaryDir}/nginx";
    }

    public function render(): string
    {
        $processes = self::PROCESSES;
        $pid = Places::NGINX_PID;
        $bodyLimitMib = $this->uploadLimitMib + self::FORM_OVERHEAD_MIB;

        return <<<NGINX
        daemon off;
        worker_processes {$processes};
        worker_rlimit_nofile 16384;
        pid {$pid};
        # Lines of lower levels quote the request with its query, and queries of Moodle hold tokens. The access log has what they would tell.
        error_log stderr alert;

        events {
            worker_connections 4096;
        }

        http {
            include /etc/nginx/mime.types;
            default_type application/octet-stream;
            types {
                text/javascript mjs;
            }
            server_tokens off;
            # TLS ends before the pod, so that nginx knows neither scheme nor port of the address that visitors see.
            absolute_redirect off;

            {$this->accessLog()}

            {$this->temporaryFolders()}

            client_max_body_size {$bodyLimitMib}m;
            client_body_buffer_size 64k;
            client_header_timeout 30s;
            client_body_timeout 60s;
            send_timeout 60s;
            large_client_header_buffers 8 16k;
            # Longer than proxies keep idle connections, so that it is they who close: a request on a connection that was just closed would fail.
            keepalive_timeout 3700s;
            keepalive_requests 100000;

            sendfile on;
            # One large file on a slow connection must not hold the process.
            sendfile_max_chunk 2m;
            tcp_nopush on;
            # Reading from a network file system blocks; threads do it.
            aio threads;

            gzip on;
            gzip_proxied any;
            gzip_vary on;
            gzip_min_length 1024;
            gzip_comp_level 4;
            gzip_types application/javascript application/json application/manifest+json application/wasm application/xml font/ttf image/svg+xml text/css text/javascript text/plain text/xml;

            {$this->clientAddress()}

            {$this->hiddenPaths()}

            {$this->site()}

            {$this->probes()}
        }

        NGINX;
    }

    /** All of them have to be named, used or not: nginx makes them at its start, and its own places are read-only. */
    private function temporaryFolders(): string
    {
        $kinds = ['client_body', 'fastcgi', 'proxy', 'scgi', 'uwsgi'];
        return self::lines(array_map(fn (string $kind) => "{$kind}_temp_path {$this->quote($this->buffers() . "/{$kind}")};", $kinds));
    }

    /**
     * Queries are left out because they hold tokens (token=, sesskey=, authtoken=), and so is what follows the two scripts which take a user's token as
     * part of the path.
     */
    private function accessLog(): string
    {
        return <<<'NGINX'
        map $request_uri $logged_path {
                "~*^(?<token_script>[^?]*/(?:tokenpluginfile|rss/file)\.php)" "$token_script/...";
                "~^(?<path_alone>[^?]*)" $path_alone;
            }
            log_format request escape=json '{"event":"request","time":"$time_iso8601","client":"$remote_addr","method":"$request_method",'
                '"host":"$host","path":"$logged_path","protocol":"$server_protocol","status":$status,"bytes":$bytes_sent,"requestBytes":$request_length,'
                '"seconds":$request_time,"phpSeconds":"$upstream_response_time","phpStatus":"$upstream_status","userAgent":"$http_user_agent"}';
            access_log /dev/stdout request;
        NGINX;
    }

    private function clientAddress(): string
    {
        if ($this->trustedProxies === []) {
            return '# No proxy is trusted: the client is whoever connects.';
        }
        return self::lines([
            ...array_map(fn (string $range) => "set_real_ip_from {$this->quote($range)};", $this->trustedProxies),
            'real_ip_header X-Forwarded-For;',
            // The last address that no trusted proxy has is the client; those before it are what the client claims.
            'real_ip_recursive on;',
        ]);
    }

    private function hiddenPaths(): string
    {
        $patterns = array_map(fn (string $pattern) => "        \"~*{$pattern}\" 1;", HiddenPaths::PATTERNS);
        return implode("\n", [
            'map $uri $named_file {',
            '        "~^(?<script_alone>.+?\.php)(?:/|$)" $script_alone;',
            '        default $uri;',
            '    }',
            '    map $named_file $hidden {',
            '        default 0;',
            ...$patterns,
            '    }',
        ]);
    }

    private function site(): string
    {
        $webRoot = $this->quote($this->webRoot);
        $php = Places::PHP_SOCKET;
        $fastCgi = self::lines(FastCgi::directives($this->requestTimeoutSeconds), 12);

        return <<<NGINX
        server {
                {$this->listen($this->httpPort)}
                server_name _;
                root {$webRoot};
                index index.php index.html;

                if (\$hidden) {
                    return 404;
                }
                # A folder without an index looks like nothing at all.
                error_page 403 @missing;
                location @missing {
                    return 404;
                }

                location / {
                    # Addresses that are no files are Moodle's routes.
                    try_files \$uri \$uri/ /r.php\$is_args\$args;
                    add_header Cache-Control "public, max-age=3600";
                    add_header X-Content-Type-Options nosniff;
                    charset utf-8;
                    charset_types application/javascript application/xml text/css text/javascript text/plain text/xml;
                }

                # A script may be followed by a path of its own, which names what it is to send.
                location ~ ^(?<script>.+?\.php)(?<path_info>/.*)?$ {
                    try_files \$script =404;
                    {$fastCgi}
                    fastcgi_pass unix:{$php};
                }

                {$this->sentByNginx()}
            }
        NGINX;
    }

    /** nginx does not start on an address that the node does not have. */
    private function listen(int $port): string
    {
        $addresses = ["listen {$port} backlog=1024;", ...($this->ipv6 ? ["listen [::]:{$port} backlog=1024;"] : [])];
        return self::lines($addresses, 8);
    }

    /** Files that Moodle has checked the access to and leaves to nginx; the names are those of config.php's xsendfilealiases. */
    private function sentByNginx(): string
    {
        $folders = ['dataroot' => $this->dataroot, 'localcache' => $this->localCacheDir];
        $locations = [];
        foreach ($folders as $name => $folder) {
            $locations[] = "location ^~ /{$name}/ {\n            internal;\n            alias {$this->quote("{$folder}/")};\n        }";
        }
        return implode("\n        ", $locations);
    }

    private function probes(): string
    {
        $release = $this->quote($this->release);
        $status = Places::PHP_STATUS_SOCKET;

        return <<<NGINX
        server {
                {$this->listen($this->probePort)}
                server_name _;
                access_log off;
                default_type text/plain;

                location = /alive {
                    return 200 "alive\n";
                }
                location = /release {
                    return 200 {$release};
                }
                location = /php {
                    fastcgi_param SCRIPT_NAME /ping;
                    fastcgi_param SCRIPT_FILENAME /ping;
                    fastcgi_param REQUEST_METHOD GET;
                    fastcgi_read_timeout 5s;
                    fastcgi_pass unix:{$status};
                }
                location = /metrics {
                    fastcgi_param SCRIPT_NAME /status;
                    fastcgi_param SCRIPT_FILENAME /status;
                    fastcgi_param REQUEST_METHOD GET;
                    fastcgi_param QUERY_STRING openmetrics;
                    fastcgi_read_timeout 5s;
                    fastcgi_pass unix:{$status};
                }
                location / {
                    return 404;
                }
            }
        NGINX;
    }

    /** nginx has no way to write a dollar sign, so what would need one is refused. */
    private function quote(string $value): string
    {
        if (preg_match('/[$"\\\\\x00-\x1f]/', $value)) {
            throw new \InvalidArgumentException("nginx cannot be told the value {$value}: use no quotation marks, backslashes, dollar signs or line ends");
        }
        return "\"{$value}\"";
    }

    /** @param list<string> $lines */
    private static function lines(array $lines, int $indent = 4): string
    {
        return implode("\n" . str_repeat(' ', $indent), $lines);
    }
}
