<?php

declare(strict_types=1);

namespace MoodleImage\Configuration;

use MoodleImage\Environment;

/**
 * Where the site is, and what stands before PHP: a gateway that ends TLS and keeps the host name, then nginx.
 */
final class Site
{
    /** Moodle's bits "ignore Client-IP" and "ignore X-Forwarded-For": nginx has put the visitor's address into REMOTE_ADDR. */
    private const ONLY_REMOTE_ADDRESS = 3;

    /** @return array<string, mixed> */
    public static function settings(Environment $environment): array
    {
        $email = $environment->optionalText('MOODLE_SUPPORT_EMAIL');
        return [
            'wwwroot' => $environment->text('MOODLE_URL'),
            'sslproxy' => true,
            // Means a proxy that changes the host name; with one that keeps it Moodle answers every request with an error.
            'reverseproxy' => false,
            'getremoteaddrconf' => self::ONLY_REMOTE_ADDRESS,
            // nginx falls back to r.php.
            'routerconfigured' => true,
            'xsendfile' => 'X-Accel-Redirect',
            'xsendfilealiases' => [
                '/dataroot/' => $environment->text('MOODLE_DATAROOT'),
                '/localcache/' => $environment->text('MOODLE_LOCAL_CACHE_DIR'),
            ],
            'extramemorylimit' => $environment->integer('MOODLE_EXTRA_MEMORY_LIMIT_MIB') . 'M',
            ...($email === null ? [] : ['supportemail' => $email]),
        ];
    }
}
