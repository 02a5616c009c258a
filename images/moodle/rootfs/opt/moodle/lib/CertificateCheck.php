<?php

declare(strict_types=1);

namespace MoodleImage;

/**
 * Looks once a day at the certificate that visitors see, so that one which is not renewed is noticed in time.
 */
final class CertificateCheck
{
    private const EVERY_SECONDS = 86_400;
    private const PATIENCE_SECONDS = 10;

    private int $due = 0;

    /** @param string $url the site's address */
    public function __construct(private readonly string $url)
    {
    }

    public function whenDue(): void
    {
        if (time() < $this->due) {
            return;
        }
        $this->due = time() + self::EVERY_SECONDS;
        $until = $this->validUntil();
        if ($until === null) {
            LogLine::write('certificate.unseen', ['url' => $this->url, 'reason' => 'no connection from here; its certificate has to be watched from elsewhere']);
            return;
        }
        $left = (int) floor(($until - time()) / 86_400);
        LogLine::write(Contract::logEvent('certificateChecked'), ['url' => $this->url, 'daysLeft' => $left, 'validUntil' => gmdate('Y-m-d\TH:i:s\Z', $until)]);
    }

    /** Also of a certificate that browsers would refuse: the date is what is asked for. */
    private function validUntil(): ?int
    {
        $host = (string) parse_url($this->url, PHP_URL_HOST);
        $port = parse_url($this->url, PHP_URL_PORT) ?? 443;
        $context = stream_context_create(['ssl' => [
            'capture_peer_cert' => true,
            'peer_name' => $host,
            'verify_peer' => false,
            'verify_peer_name' => false,
        ]]);
        $socket = @stream_socket_client("ssl://{$host}:{$port}", $code, $message, self::PATIENCE_SECONDS, STREAM_CLIENT_CONNECT, $context);
        if ($socket === false) {
            return null;
        }
        $certificate = openssl_x509_parse(stream_context_get_params($socket)['options']['ssl']['peer_certificate']);
        return $certificate === false ? null : $certificate['validTo_time_t'];
    }
}
