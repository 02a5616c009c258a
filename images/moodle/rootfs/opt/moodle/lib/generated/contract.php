<?php

// Written by "npm run docs" from components/moodle/.

declare(strict_types=1);

return [
    'variables' => [
        'MOODLE_RELEASE' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[^\\x00-\\x1f\\x7f]+',
                'allowed' => 'text of one line',
            ],
            'readBy' => [
                'all',
                'nginx',
            ],
            'required' => 'always',
        ],
        'MOODLE_VERSION' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[0-9]+\\.[0-9]+\\.[0-9]+',
                'allowed' => 'a release as major.minor.point, for example 5.1.7',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'always',
        ],
        'MOODLE_URL' => [
            'value' => [
                'kind' => 'text',
                'pattern' => 'https://[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]+)?',
                'allowed' => 'https:// and a host in small letters, without a path and without a slash at its end',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'always',
        ],
        'MOODLE_SUPPORT_EMAIL' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[^@\\s]+@[^@\\s]+',
                'allowed' => 'an e-mail address',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'never',
        ],
        'MOODLE_FILE_MODE' => [
            'value' => [
                'kind' => 'choice',
                'of' => [
                    'objectfs',
                    'shared',
                    'block',
                ],
                'allowed' => 'objectfs, shared, block',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'always',
        ],
        'MOODLE_DATAROOT' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '/[-A-Za-z0-9._/]*[-A-Za-z0-9._]',
                'allowed' => 'an absolute path without a slash at its end',
            ],
            'readBy' => [
                'all',
                'nginx',
            ],
            'required' => 'always',
        ],
        'MOODLE_LOCAL_CACHE_DIR' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '/[-A-Za-z0-9._/]*[-A-Za-z0-9._]',
                'allowed' => 'an absolute path without a slash at its end',
            ],
            'readBy' => [
                'all',
                'nginx',
            ],
            'required' => 'always',
        ],
        'MOODLE_TEMPORARY_DIR' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '/[-A-Za-z0-9._/]*[-A-Za-z0-9._]',
                'allowed' => 'an absolute path without a slash at its end',
            ],
            'readBy' => [
                'all',
                'nginx',
            ],
            'required' => 'always',
        ],
        'MOODLE_SECRETS_DIR' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '/[-A-Za-z0-9._/]*[-A-Za-z0-9._]',
                'allowed' => 'an absolute path without a slash at its end',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'always',
        ],
        'MOODLE_SETTINGS_FILE' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '/[-A-Za-z0-9._/]*[-A-Za-z0-9._]',
                'allowed' => 'an absolute path without a slash at its end',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'always',
        ],
        'MOODLE_UPLOAD_LIMIT_MIB' => [
            'value' => [
                'kind' => 'integer',
                'least' => 1,
                'most' => 16384,
                'allowed' => '1 to 16384',
            ],
            'readBy' => [
                'all',
                'nginx',
            ],
            'required' => 'always',
        ],
        'MOODLE_REQUEST_TIMEOUT_SECONDS' => [
            'value' => [
                'kind' => 'integer',
                'least' => 30,
                'most' => 7200,
                'allowed' => '30 to 7200',
            ],
            'readBy' => [
                'all',
                'nginx',
            ],
            'required' => 'always',
        ],
        'MOODLE_EXTRA_MEMORY_LIMIT_MIB' => [
            'value' => [
                'kind' => 'integer',
                'least' => 256,
                'allowed' => '256 or more',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'always',
        ],
        'MOODLE_DATABASE_HOST' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?',
                'allowed' => 'a host name or IPv4 address, without scheme and port',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'always',
        ],
        'MOODLE_DATABASE_PORT' => [
            'value' => [
                'kind' => 'integer',
                'least' => 1,
                'most' => 65535,
                'allowed' => '1 to 65535',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'always',
        ],
        'MOODLE_DATABASE_NAME' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[^\'\\\\\\s]+',
                'allowed' => 'a name without spaces, quotes and backslashes',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'always',
        ],
        'MOODLE_DATABASE_USER' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[^\'\\\\\\s]+',
                'allowed' => 'a name without spaces, quotes and backslashes',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'always',
        ],
        'MOODLE_DATABASE_READ_HOSTS' => [
            'value' => [
                'kind' => 'list',
                'pattern' => '[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?',
                'allowed' => 'host names or IPv4 addresses, separated by commas',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'never',
        ],
        'MOODLE_DATABASE_TLS' => [
            'value' => [
                'kind' => 'choice',
                'of' => [
                    'verify-full',
                    'verify-ca',
                    'off',
                ],
                'allowed' => 'verify-full, verify-ca, off',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'always',
        ],
        'MOODLE_DATABASE_CA_FILE' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '/[-A-Za-z0-9._/]*[-A-Za-z0-9._]',
                'allowed' => 'an absolute path without a slash at its end',
            ],
            'readBy' => [
                'all',
            ],
            'required' => [
                'variable' => 'MOODLE_DATABASE_TLS',
                'is' => [
                    'verify-full',
                    'verify-ca',
                ],
            ],
        ],
        'MOODLE_SESSION_CACHE_HOST' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?',
                'allowed' => 'a host name or IPv4 address, without scheme and port',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'always',
        ],
        'MOODLE_SESSION_CACHE_PORT' => [
            'value' => [
                'kind' => 'integer',
                'least' => 1,
                'most' => 65535,
                'allowed' => '1 to 65535',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'always',
        ],
        'MOODLE_SESSION_CACHE_USER' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[^\\x00-\\x1f\\x7f]+',
                'allowed' => 'text of one line',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'never',
        ],
        'MOODLE_SESSION_CACHE_PREFIX' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[-A-Za-z0-9_]+',
                'allowed' => 'letters, digits, hyphens and underscores',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'always',
        ],
        'MOODLE_SESSION_CACHE_TLS' => [
            'value' => [
                'kind' => 'choice',
                'of' => [
                    'verify-full',
                    'verify-ca',
                    'off',
                ],
                'allowed' => 'verify-full, verify-ca, off',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'always',
        ],
        'MOODLE_SESSION_CACHE_CA_FILE' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '/[-A-Za-z0-9._/]*[-A-Za-z0-9._]',
                'allowed' => 'an absolute path without a slash at its end',
            ],
            'readBy' => [
                'all',
            ],
            'required' => [
                'variable' => 'MOODLE_SESSION_CACHE_TLS',
                'is' => [
                    'verify-full',
                    'verify-ca',
                ],
            ],
        ],
        'MOODLE_APPLICATION_CACHE_HOST' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?',
                'allowed' => 'a host name or IPv4 address, without scheme and port',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'always',
        ],
        'MOODLE_APPLICATION_CACHE_PORT' => [
            'value' => [
                'kind' => 'integer',
                'least' => 1,
                'most' => 65535,
                'allowed' => '1 to 65535',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'always',
        ],
        'MOODLE_APPLICATION_CACHE_USER' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[^\\x00-\\x1f\\x7f]+',
                'allowed' => 'text of one line',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'never',
        ],
        'MOODLE_APPLICATION_CACHE_PREFIX' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[-A-Za-z0-9_]+',
                'allowed' => 'letters, digits, hyphens and underscores',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'always',
        ],
        'MOODLE_APPLICATION_CACHE_TLS' => [
            'value' => [
                'kind' => 'choice',
                'of' => [
                    'verify-full',
                    'verify-ca',
                    'off',
                ],
                'allowed' => 'verify-full, verify-ca, off',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'always',
        ],
        'MOODLE_APPLICATION_CACHE_CA_FILE' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '/[-A-Za-z0-9._/]*[-A-Za-z0-9._]',
                'allowed' => 'an absolute path without a slash at its end',
            ],
            'readBy' => [
                'all',
            ],
            'required' => [
                'variable' => 'MOODLE_APPLICATION_CACHE_TLS',
                'is' => [
                    'verify-full',
                    'verify-ca',
                ],
            ],
        ],
        'MOODLE_OBJECT_STORE_PROTOCOL' => [
            'value' => [
                'kind' => 'choice',
                'of' => [
                    's3',
                    'blob',
                ],
                'allowed' => 's3, blob',
            ],
            'readBy' => [
                'all',
            ],
            'required' => [
                'variable' => 'MOODLE_FILE_MODE',
                'is' => [
                    'objectfs',
                ],
            ],
        ],
        'MOODLE_OBJECT_STORE_ENDPOINT' => [
            'value' => [
                'kind' => 'text',
                'pattern' => 'https?://[^/\\s@]+',
                'allowed' => 'an address with scheme and without a path',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'never',
        ],
        'MOODLE_OBJECT_STORE_CA_FILE' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '/[-A-Za-z0-9._/]*[-A-Za-z0-9._]',
                'allowed' => 'an absolute path without a slash at its end',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'never',
        ],
        'MOODLE_OBJECT_STORE_REGION' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[^\\x00-\\x1f\\x7f]+',
                'allowed' => 'text of one line',
            ],
            'readBy' => [
                'all',
            ],
            'required' => [
                'variable' => 'MOODLE_OBJECT_STORE_PROTOCOL',
                'is' => [
                    's3',
                ],
            ],
        ],
        'MOODLE_OBJECT_STORE_ACCOUNT' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[a-z0-9]{3,24}',
                'allowed' => '3 to 24 small letters and digits',
            ],
            'readBy' => [
                'all',
            ],
            'required' => [
                'variable' => 'MOODLE_OBJECT_STORE_PROTOCOL',
                'is' => [
                    'blob',
                ],
            ],
        ],
        'MOODLE_OBJECT_STORE_BUCKET' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[A-Za-z0-9][-A-Za-z0-9._]+[A-Za-z0-9]',
                'allowed' => 'at least 3 letters, digits, dots, hyphens and underscores',
            ],
            'readBy' => [
                'all',
            ],
            'required' => [
                'variable' => 'MOODLE_FILE_MODE',
                'is' => [
                    'objectfs',
                ],
            ],
        ],
        'MOODLE_OBJECT_STORE_PREFIX' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[^/\\s](\\S*[^/\\s])?/',
                'allowed' => 'a folder with one slash at its end and none at its beginning',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'never',
        ],
        'MOODLE_OBJECT_STORE_ACL_HEADER' => [
            'value' => [
                'kind' => 'choice',
                'of' => [
                    'private',
                    'none',
                ],
                'allowed' => 'private, none',
            ],
            'readBy' => [
                'all',
            ],
            'required' => [
                'variable' => 'MOODLE_FILE_MODE',
                'is' => [
                    'objectfs',
                ],
            ],
        ],
        'MOODLE_OBJECT_STORE_CHECKSUMS' => [
            'value' => [
                'kind' => 'choice',
                'of' => [
                    'always',
                    'whenRequired',
                ],
                'allowed' => 'always, whenRequired',
            ],
            'readBy' => [
                'all',
            ],
            'required' => [
                'variable' => 'MOODLE_FILE_MODE',
                'is' => [
                    'objectfs',
                ],
            ],
        ],
        'MOODLE_OBJECT_STORE_PRESIGNED_DOWNLOADS' => [
            'value' => [
                'kind' => 'choice',
                'of' => [
                    'true',
                    'false',
                ],
                'allowed' => 'true, false',
            ],
            'readBy' => [
                'all',
            ],
            'required' => [
                'variable' => 'MOODLE_FILE_MODE',
                'is' => [
                    'objectfs',
                ],
            ],
        ],
        'MOODLE_OBJECT_STORE_CREDENTIALS' => [
            'value' => [
                'kind' => 'choice',
                'of' => [
                    'workloadIdentity',
                    'accessKey',
                    'mintedToken',
                ],
                'allowed' => 'workloadIdentity, accessKey, mintedToken',
            ],
            'readBy' => [
                'all',
            ],
            'required' => [
                'variable' => 'MOODLE_FILE_MODE',
                'is' => [
                    'objectfs',
                ],
            ],
        ],
        'MOODLE_OBJECT_STORE_TOKEN_FILE' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '/[-A-Za-z0-9._/]*[-A-Za-z0-9._]',
                'allowed' => 'an absolute path without a slash at its end',
            ],
            'readBy' => [
                'all',
            ],
            'required' => [
                'variable' => 'MOODLE_OBJECT_STORE_CREDENTIALS',
                'is' => [
                    'mintedToken',
                ],
            ],
        ],
        'MOODLE_MAIL_HOST' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?',
                'allowed' => 'a host name or IPv4 address, without scheme and port',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'never',
        ],
        'MOODLE_MAIL_PORT' => [
            'value' => [
                'kind' => 'integer',
                'least' => 1,
                'most' => 65535,
                'allowed' => '1 to 65535',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'never',
        ],
        'MOODLE_MAIL_SECURITY' => [
            'value' => [
                'kind' => 'choice',
                'of' => [
                    'starttls',
                    'tls',
                    'none',
                ],
                'allowed' => 'starttls, tls, none',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'never',
        ],
        'MOODLE_MAIL_USER' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[^\\x00-\\x1f\\x7f]+',
                'allowed' => 'text of one line',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'never',
        ],
        'MOODLE_MAIL_FROM' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[^@\\s]+@[^@\\s]+',
                'allowed' => 'an e-mail address',
            ],
            'readBy' => [
                'all',
            ],
            'required' => 'never',
        ],
        'MOODLE_HTTP_PORT' => [
            'value' => [
                'kind' => 'integer',
                'least' => 1,
                'most' => 65535,
                'allowed' => '1 to 65535',
            ],
            'readBy' => [
                'nginx',
            ],
            'required' => 'always',
        ],
        'MOODLE_PROBE_PORT' => [
            'value' => [
                'kind' => 'integer',
                'least' => 1,
                'most' => 65535,
                'allowed' => '1 to 65535',
            ],
            'readBy' => [
                'nginx',
                'release',
            ],
            'required' => 'always',
        ],
        'MOODLE_TRUSTED_PROXIES' => [
            'value' => [
                'kind' => 'list',
                'pattern' => '[0-9a-fA-F.:]+/[0-9]{1,3}',
                'allowed' => 'address ranges such as 10.0.0.0/16, separated by commas',
            ],
            'readBy' => [
                'nginx',
            ],
            'required' => 'never',
        ],
        'MOODLE_PHP_MEMORY_LIMIT_MIB' => [
            'value' => [
                'kind' => 'integer',
                'least' => 96,
                'allowed' => '96 or more',
            ],
            'readBy' => [
                'phpFpm',
                'runner',
                'release',
                'awaitRelease',
            ],
            'required' => 'always',
        ],
        'MOODLE_PHP_WORKERS' => [
            'value' => [
                'kind' => 'integer',
                'least' => 1,
                'most' => 500,
                'allowed' => '1 to 500',
            ],
            'readBy' => [
                'phpFpm',
            ],
            'required' => 'always',
        ],
        'MOODLE_PHP_MAX_REQUESTS' => [
            'value' => [
                'kind' => 'integer',
                'least' => 0,
                'allowed' => '0 or more',
            ],
            'readBy' => [
                'phpFpm',
            ],
            'required' => 'always',
        ],
        'MOODLE_PHP_OPCACHE_MIB' => [
            'value' => [
                'kind' => 'integer',
                'least' => 128,
                'allowed' => '128 or more',
            ],
            'readBy' => [
                'phpFpm',
            ],
            'required' => 'always',
        ],
        'MOODLE_PHP_INTERNED_STRINGS_MIB' => [
            'value' => [
                'kind' => 'integer',
                'least' => 8,
                'allowed' => '8 or more',
            ],
            'readBy' => [
                'phpFpm',
            ],
            'required' => 'always',
        ],
        'MOODLE_PHP_APCU_MIB' => [
            'value' => [
                'kind' => 'integer',
                'least' => 16,
                'allowed' => '16 or more',
            ],
            'readBy' => [
                'phpFpm',
            ],
            'required' => 'always',
        ],
        'MOODLE_PHP_SLOW_REQUEST_SECONDS' => [
            'value' => [
                'kind' => 'integer',
                'least' => 0,
                'allowed' => '0 or more',
            ],
            'readBy' => [
                'phpFpm',
            ],
            'required' => 'always',
        ],
        'MOODLE_RUNNER_KEEP_ALIVE_SECONDS' => [
            'value' => [
                'kind' => 'integer',
                'least' => 0,
                'most' => 900,
                'allowed' => '0 to 900',
            ],
            'readBy' => [
                'runner',
            ],
            'required' => 'always',
        ],
        'MOODLE_TASK_MAX_RUNTIME_SECONDS' => [
            'value' => [
                'kind' => 'integer',
                'least' => 60,
                'allowed' => '60 or more',
            ],
            'readBy' => [
                'runner',
            ],
            'required' => 'always',
        ],
        'MOODLE_TASK_SCHEDULED_LIMIT' => [
            'value' => [
                'kind' => 'integer',
                'least' => 0,
                'allowed' => '0 or more',
            ],
            'readBy' => [
                'runner',
            ],
            'required' => 'always',
        ],
        'MOODLE_TASK_ADHOC_LIMIT' => [
            'value' => [
                'kind' => 'integer',
                'least' => 0,
                'allowed' => '0 or more',
            ],
            'readBy' => [
                'runner',
            ],
            'required' => 'always',
        ],
        'MOODLE_SITE_NAME' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[^\\x00-\\x1f\\x7f]+',
                'allowed' => 'text of one line',
            ],
            'readBy' => [
                'release',
            ],
            'required' => 'always',
        ],
        'MOODLE_SITE_SHORT_NAME' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[^\\x00-\\x1f\\x7f]+',
                'allowed' => 'text of one line',
            ],
            'readBy' => [
                'release',
            ],
            'required' => 'always',
        ],
        'MOODLE_SITE_LANGUAGE' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[a-z]{2,3}(_[a-z0-9_]+)?',
                'allowed' => 'a language code, for example en or pt_br',
            ],
            'readBy' => [
                'release',
            ],
            'required' => 'always',
        ],
        'MOODLE_ADMIN_USER' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[-a-z0-9_.@]+',
                'allowed' => 'small letters, digits and -_.@',
            ],
            'readBy' => [
                'release',
            ],
            'required' => 'always',
        ],
        'MOODLE_ADMIN_EMAIL' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[^@\\s]+@[^@\\s]+',
                'allowed' => 'an e-mail address',
            ],
            'readBy' => [
                'release',
            ],
            'required' => 'always',
        ],
        'MOODLE_WEB_PODS_HOST' => [
            'value' => [
                'kind' => 'text',
                'pattern' => '[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?',
                'allowed' => 'a host name or IPv4 address, without scheme and port',
            ],
            'readBy' => [
                'release',
            ],
            'required' => [
                'variable' => 'MOODLE_FILE_MODE',
                'is' => [
                    'objectfs',
                    'shared',
                ],
            ],
        ],
        'MOODLE_RELEASE_DEADLINE_SECONDS' => [
            'value' => [
                'kind' => 'integer',
                'least' => 100,
                'allowed' => '100 or more',
            ],
            'readBy' => [
                'release',
            ],
            'required' => 'always',
        ],
    ],
    'secrets' => [
        'databasePassword' => [
            'readBy' => [
                'all',
            ],
            'required' => 'always',
        ],
        'encryption/key/sodium.key' => [
            'readBy' => [
                'all',
            ],
            'required' => 'always',
        ],
        'upgradeKey' => [
            'readBy' => [
                'all',
            ],
            'required' => 'always',
        ],
        'passwordPeppers' => [
            'readBy' => [
                'all',
            ],
            'required' => 'never',
        ],
        'sessionCachePassword' => [
            'readBy' => [
                'all',
            ],
            'required' => 'never',
        ],
        'applicationCachePassword' => [
            'readBy' => [
                'all',
            ],
            'required' => 'never',
        ],
        'objectStoreAccessKeyId' => [
            'readBy' => [
                'all',
            ],
            'required' => [
                'variable' => 'MOODLE_OBJECT_STORE_CREDENTIALS',
                'is' => [
                    'accessKey',
                ],
            ],
        ],
        'objectStoreSecretAccessKey' => [
            'readBy' => [
                'all',
            ],
            'required' => [
                'variable' => 'MOODLE_OBJECT_STORE_CREDENTIALS',
                'is' => [
                    'accessKey',
                ],
            ],
        ],
        'mailPassword' => [
            'readBy' => [
                'all',
            ],
            'required' => 'never',
        ],
        'forcedSettings' => [
            'readBy' => [
                'all',
            ],
            'required' => 'never',
        ],
        'adminPassword' => [
            'readBy' => [
                'release',
            ],
            'required' => 'always',
        ],
    ],
    'logEvents' => [
        'cronFinished' => 'cron.finished',
        'releaseFailed' => 'release.failed',
        'certificateChecked' => 'certificate.checked',
        'environmentRefused' => 'environment.refused',
    ],
    'moodleLines' => [
        '4.5' => [
            'leastPoint' => 0,
        ],
        '5.1' => [
            'leastPoint' => 0,
        ],
        '5.2' => [
            'leastPoint' => 2,
        ],
        '5.3' => [
            'leastPoint' => 0,
        ],
    ],
    'publicCertificates' => '/etc/ssl/certs/ca-certificates.crt',
];
