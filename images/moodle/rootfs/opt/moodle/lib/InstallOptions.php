<?php

declare(strict_types=1);

namespace MoodleImage;

/**
 * What Moodle's installer is told about a new site.
 */
final class InstallOptions
{
    /** @return list<string> as the installer reads them, its own name first */
    public static function of(Environment $environment): array
    {
        $supportEmail = $environment->optionalText('MOODLE_SUPPORT_EMAIL');
        return [
            MoodleCommand::script('install_database'),
            '--agree-license',
            '--lang=' . $environment->text('MOODLE_SITE_LANGUAGE'),
            '--fullname=' . $environment->text('MOODLE_SITE_NAME'),
            '--shortname=' . $environment->text('MOODLE_SITE_SHORT_NAME'),
            '--adminuser=' . $environment->text('MOODLE_ADMIN_USER'),
            '--adminemail=' . $environment->text('MOODLE_ADMIN_EMAIL'),
            '--adminpass=' . $environment->secrets->read('adminPassword'),
            ...($supportEmail === null ? [] : ["--supportemail={$supportEmail}"]),
        ];
    }
}
