<?php

declare(strict_types=1);

namespace MoodleImage;

/**
 * Where nginx and PHP-FPM of a pod find each other.
 */
final class Places
{
    /** The pod's own folder, which both mount. */
    public const RUN = '/run/moodle';

    public const NGINX_PID = self::RUN . '/nginx.pid';

    /** Where PHP-FPM takes Moodle's requests. */
    public const PHP_SOCKET = self::RUN . '/php-fpm.sock';

    /** Where PHP-FPM answers ping and status, whatever its workers do. */
    public const PHP_STATUS_SOCKET = self::RUN . '/php-fpm-status.sock';
}
