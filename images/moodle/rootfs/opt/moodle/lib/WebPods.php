<?php

declare(strict_types=1);

namespace MoodleImage;

/**
 * The Ready web pods behind a name, and which release each of them runs.
 */
final class WebPods
{
    /** A pod that has just left the name still gets requests for a moment, from proxies that have not heard of it yet. */
    private const SETTLED_SECONDS = 15;

    private ?float $settledSince = null;

    public function __construct(private readonly string $host, private readonly int $port, private readonly string $release)
    {
    }

    /** What is in the way of all of them running this release; null when nothing is. */
    public function obstacle(): ?string
    {
        $obstacle = $this->stranger();
        if ($obstacle !== null) {
            $this->settledSince = null;
            return $obstacle;
        }
        $this->settledSince ??= microtime(true);
        return microtime(true) - $this->settledSince < self::SETTLED_SECONDS ? 'all pods run this release; the last of the old may still be asked' : null;
    }

    private function stranger(): ?string
    {
        $addresses = $this->addresses();
        if ($addresses === []) {
            return "{$this->host} has no address, so no pod is ready";
        }
        foreach ($addresses as $address) {
            $answer = @file_get_contents("http://{$address}:{$this->port}/release", context: stream_context_create(['http' => ['timeout' => 5]]));
            if ($answer !== $this->release) {
                return $answer === false ? "the pod {$address} does not answer" : "the pod {$address} runs " . Contract::quoted($answer);
            }
        }
        return null;
    }

    /** @return list<string> as they stand in a URL */
    private function addresses(): array
    {
        $found = @socket_addrinfo_lookup($this->host, (string) $this->port, ['ai_socktype' => SOCK_STREAM]) ?: [];
        $addresses = array_map(static fn (\AddressInfo $info): array => socket_addrinfo_explain($info)['ai_addr'], $found);
        return array_values(array_unique(array_map(static fn (array $address): string => $address['sin_addr'] ?? "[{$address['sin6_addr']}]", $addresses)));
    }
}
