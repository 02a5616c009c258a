<?php

declare(strict_types=1);

namespace MoodleImage\Configuration;

use MoodleImage\Environment;

/**
 * Outgoing mail.
 */
final class Mail
{
    /** @return array<string, mixed> */
    public static function settings(Environment $environment): array
    {
        $host = $environment->optionalText('MOODLE_MAIL_HOST');
        if ($host === null) {
            return ['noemailever' => true];
        }
        return [
            'smtphosts' => sprintf('%s:%d', $host, $environment->integer('MOODLE_MAIL_PORT')),
            'smtpsecure' => match ($environment->text('MOODLE_MAIL_SECURITY')) {
                'starttls' => 'tls',
                'tls' => 'ssl',
                default => '',
            },
            'smtpuser' => $environment->optionalText('MOODLE_MAIL_USER') ?? '',
            'smtppass' => $environment->secrets->optional('mailPassword') ?? '',
            'noreplyaddress' => $environment->text('MOODLE_MAIL_FROM'),
        ];
    }
}
