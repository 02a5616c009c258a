<?php

declare(strict_types=1);

namespace MoodleImage;

/** Where things are in the image and in the folders that the chart mounts. */
final class Places
{
    public const CODE = '/opt/moodle/code';

    /** The pod's own folder, shared by nginx and PHP-FPM. */
    public const RUN = '/run/moodle';

    public const NGINX_PID = self::RUN . '/nginx.pid';

    /** Where PHP-FPM takes Moodle's requests. */
    public const PHP_SOCKET = self::RUN . '/php-fpm.sock';

    /** Where PHP-FPM answers ping and status, whatever its workers do. */
    public const PHP_STATUS_SOCKET = self::RUN . '/php-fpm-status.sock';

    /** From 5.1 on Moodle keeps what is served in a folder of its own. */
    public static function webRoot(): string
    {
        return is_dir(self::CODE . '/public') ? self::CODE . '/public' : self::CODE;
    }
}
