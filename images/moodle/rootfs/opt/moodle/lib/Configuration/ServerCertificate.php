<?php

declare(strict_types=1);

namespace MoodleImage\Configuration;

use MoodleImage\Contract;
use MoodleImage\Environment;

/**
 * How the certificate of a server is verified, as PHP's streams take it.
 */
final class ServerCertificate
{
    /**
     * @param string $server the beginning of its variables' names
     * @return array<string, mixed>|null null where connections are not encrypted
     */
    public static function options(Environment $environment, string $server): ?array
    {
        if ($environment->is("{$server}_TLS", 'off')) {
            return null;
        }
        return [
            ...self::trusted($environment->text("{$server}_CA_FILE")),
            'verify_peer' => true,
            'verify_peer_name' => $environment->is("{$server}_TLS", 'verify-full'),
        ];
    }

    /**
     * Debian's bundle has 140 certificates, and is read for each connection; its folder is looked into for the one that is needed.
     *
     * @return array<string, string>
     */
    private static function trusted(string $file): array
    {
        return $file === Contract::publicCertificates() ? ['capath' => dirname($file)] : ['cafile' => $file];
    }
}
