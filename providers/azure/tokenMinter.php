<?php

// Keeps a user delegation SAS for one container in a file, always good for half an hour at least.
// https://learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas
// Who we are comes from the cluster: AZURE_CLIENT_ID, AZURE_TENANT_ID, AZURE_AUTHORITY_HOST, AZURE_FEDERATED_TOKEN_FILE.

const VERSION = '2022-11-02';
const LIFETIME = 7200;

function given(string $name): string
{
    $value = getenv($name);
    if ($value === false || $value === '') {
        throw new RuntimeException("{$name} is not set; the pod needs the label and the service account of its workload identity");
    }

    return $value;
}

function post(string $url, array $headers, string $body): string
{
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => [...$headers, 'Content-Length: ' . strlen($body)],
        'content' => $body,
        'timeout' => 30,
        'ignore_errors' => true,
    ]]);
    $answer = @file_get_contents($url, false, $context);
    $status = (int) (explode(' ', $http_response_header[0] ?? '')[1] ?? 0);
    if ($answer === false || $status !== 200) {
        throw new RuntimeException("{$url} answered {$status}: " . substr((string) $answer, 0, 500));
    }

    return $answer;
}

function readToken(string $file): string
{
    $token = @file_get_contents($file);
    if ($token === false) {
        throw new RuntimeException("{$file} cannot be read");
    }

    return trim($token);
}

function accessToken(): string
{
    $answer = post(
        rtrim(given('AZURE_AUTHORITY_HOST'), '/') . '/' . given('AZURE_TENANT_ID') . '/oauth2/v2.0/token',
        ['Content-Type: application/x-www-form-urlencoded'],
        http_build_query([
            'grant_type' => 'client_credentials',
            'client_id' => given('AZURE_CLIENT_ID'),
            'client_assertion_type' => 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
            'client_assertion' => readToken(given('AZURE_FEDERATED_TOKEN_FILE')),
            'scope' => 'https://storage.azure.com/.default',
        ]),
    );

    return json_decode($answer, true, 8, JSON_THROW_ON_ERROR)['access_token'];
}

function delegationKey(string $start, string $end): array
{
    $answer = post(
        given('BLOB_SERVICE') . '/?restype=service&comp=userdelegationkey',
        ['Authorization: Bearer ' . accessToken(), 'x-ms-version: ' . VERSION, 'Content-Type: application/xml'],
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><KeyInfo><Start>{$start}</Start><Expiry>{$end}</Expiry></KeyInfo>",
    );
    preg_match_all('~<(\w+)>([^<>]+)</\1>~', $answer, $found);

    return array_combine($found[1], $found[2]);
}

function signature(int $now): string
{
    $time = static fn (int $at): string => gmdate('Y-m-d\TH:i:s\Z', $at);
    // Clocks differ: what begins this moment is not good yet somewhere else.
    $start = $time($now - 300);
    $end = $time($now + LIFETIME);
    $key = delegationKey($start, $end);
    $signed = implode("\n", [
        given('BLOB_PERMISSIONS'),
        $start,
        $end,
        '/blob/' . given('BLOB_ACCOUNT') . '/' . given('BLOB_CONTAINER'),
        $key['SignedOid'],
        $key['SignedTid'],
        $key['SignedStart'],
        $key['SignedExpiry'],
        $key['SignedService'],
        $key['SignedVersion'],
        // Two users, a correlation, an address.
        '', '', '', '',
        'https',
        VERSION,
        'c',
        // A snapshot, a scope of encryption, five headers.
        '', '', '', '', '', '', '',
    ]);

    return http_build_query([
        'sp' => given('BLOB_PERMISSIONS'),
        'st' => $start,
        'se' => $end,
        'skoid' => $key['SignedOid'],
        'sktid' => $key['SignedTid'],
        'skt' => $key['SignedStart'],
        'ske' => $key['SignedExpiry'],
        'sks' => $key['SignedService'],
        'skv' => $key['SignedVersion'],
        'spr' => 'https',
        'sv' => VERSION,
        'sr' => 'c',
        'sig' => base64_encode(hash_hmac('sha256', $signed, base64_decode($key['Value']), true)),
    ], '', '&', PHP_QUERY_RFC3986);
}

function keep(string $token, string $file): void
{
    $new = "{$file}.new";
    if (file_put_contents($new, $token) === false) {
        throw new RuntimeException("{$new} cannot be written");
    }
    chmod($new, 0640);
    // In one step: who reads it meets the old or the new one, never half of one.
    rename($new, $file);
}

$file = given('MOODLE_OBJECT_STORE_TOKEN_FILE');
pcntl_async_signals(true);
pcntl_signal(SIGTERM, static fn () => exit(0));
for (;;) {
    try {
        keep(signature(time()), $file);
        $pause = intdiv(LIFETIME, 2);
    } catch (Throwable $refused) {
        fwrite(STDERR, json_encode(['event' => 'token.refused', 'reason' => $refused->getMessage()], JSON_UNESCAPED_SLASHES) . "\n");
        // A role that was just given is not known everywhere yet, and a token is good for another hour.
        $pause = 10;
    }
    sleep($pause);
}
