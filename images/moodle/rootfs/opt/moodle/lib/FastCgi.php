<?php

declare(strict_types=1);

namespace MoodleImage;

/**
 * What nginx tells PHP-FPM of a request, and how long it waits for the answer.
 */
final class FastCgi
{
    /** @return list<string> of a location that sets $script and $path_info */
    public static function directives(int $requestTimeoutSeconds): array
    {
        return [
            'fastcgi_param SCRIPT_FILENAME $document_root$script;',
            'fastcgi_param SCRIPT_NAME $script;',
            'fastcgi_param PATH_INFO $path_info;',
            'fastcgi_param DOCUMENT_ROOT $document_root;',
            'fastcgi_param DOCUMENT_URI $document_uri;',
            'fastcgi_param REQUEST_URI $request_uri;',
            'fastcgi_param QUERY_STRING $query_string;',
            'fastcgi_param REQUEST_METHOD $request_method;',
            'fastcgi_param CONTENT_TYPE $content_type;',
            'fastcgi_param CONTENT_LENGTH $content_length;',
            'fastcgi_param GATEWAY_INTERFACE CGI/1.1;',
            'fastcgi_param SERVER_PROTOCOL $server_protocol;',
            'fastcgi_param SERVER_SOFTWARE nginx;',
            'fastcgi_param SERVER_NAME $host;',
            'fastcgi_param SERVER_ADDR $server_addr;',
            'fastcgi_param SERVER_PORT $server_port;',
            'fastcgi_param REMOTE_ADDR $remote_addr;',
            'fastcgi_param REMOTE_PORT $remote_port;',
            'fastcgi_param REDIRECT_STATUS 200;',
            '# What a client says about its address or its proxy is not passed on: the address above is the one to believe.',
            'fastcgi_param HTTP_CLIENT_IP "";',
            'fastcgi_param HTTP_X_FORWARDED_FOR "";',
            'fastcgi_param HTTP_FORWARDED "";',
            'fastcgi_param HTTP_X_REAL_IP "";',
            'fastcgi_param HTTP_PROXY "";',
            '# A page that takes this long sends nothing in between.',
            "fastcgi_read_timeout {$requestTimeoutSeconds}s;",
            "fastcgi_send_timeout {$requestTimeoutSeconds}s;",
            'fastcgi_connect_timeout 10s;',
            '# Pages of Moodle send many and long headers.',
            'fastcgi_buffer_size 32k;',
            'fastcgi_buffers 16 32k;',
            'fastcgi_busy_buffers_size 64k;',
            '# A script that is running must not be run again because its answer was lost.',
            'fastcgi_next_upstream off;',
        ];
    }
}
