<?php

declare(strict_types=1);

namespace MoodleImage;

use JsonException;
use LogicException;

/**
 * The secret files. Each is read when it is needed and not kept: files are exchanged in place.
 */
final class Secrets
{
    private const ENCRYPTION_KEY = 'encryption/key/sodium.key';

    public function __construct(private readonly string $folder)
    {
    }

    /** Whether there is such a file with something in it; costs less than to read it. */
    public function has(string $path): bool
    {
        return ($this->size($path) ?? 0) > 0;
    }

    /** @throws EnvironmentError when the file is not there any more */
    public function read(string $path): string
    {
        return $this->optional($path) ?? throw new EnvironmentError(["{$path}: no such secret file, or an empty one, in MOODLE_SECRETS_DIR"]);
    }

    /** @return string|null null when there is no such file or nothing in it */
    public function optional(string $path): ?string
    {
        if (!$this->has($path)) {
            return null;
        }
        // A secret that was typed into a file ends with a line break that is not part of it.
        $secret = preg_replace('/\r?\n$/D', '', (string) file_get_contents($this->file($path)));
        return $secret === '' ? null : $secret;
    }

    /**
     * @return array<array-key, mixed> of a secret file in JSON; empty when there is none
     * @throws EnvironmentError when it is not a JSON object
     */
    public function json(string $path): array
    {
        $contents = $this->optional($path) ?? '{}';
        try {
            $value = json_decode($contents, true, 16, JSON_THROW_ON_ERROR);
        } catch (JsonException) {
            $value = null;
        }
        if (!is_array($value) || !str_starts_with(ltrim($contents), '{')) {
            throw new EnvironmentError(["{$path}: the secret file is not a JSON object"]);
        }
        return $value;
    }

    /** The folder below which Moodle looks for its own encryption key. */
    public function encryptionFolder(): string
    {
        return "{$this->folder}/encryption";
    }

    /**
     * @param array<string, string> $given the environment
     * @return list<string> what is wrong with the files that a program reads
     */
    public function problems(string $program, array $given): array
    {
        if ($this->folder === '') {
            return [];
        }
        $problems = [];
        foreach (Contract::secrets() as $path => $declaration) {
            if (!Contract::reads($program, $declaration)) {
                continue;
            }
            $size = $this->size($path);
            if ($size === null) {
                $problems[] = "{$path}: the secret file cannot be read by the pod's user and group";
            } elseif ($size === 0 && Contract::requires($declaration, $given)) {
                $problems[] = "{$path}: no such secret file, or an empty one, in {$this->folder}";
            } elseif ($path === self::ENCRYPTION_KEY && $size !== SODIUM_CRYPTO_SECRETBOX_KEYBYTES) {
                $problems[] = sprintf('%s: the secret file has %d bytes; allowed: %d raw bytes', $path, $size, SODIUM_CRYPTO_SECRETBOX_KEYBYTES);
            }
        }
        return $problems;
    }

    /** The size in bytes, 0 when there is no such file, null when it cannot be read. */
    private function size(string $path): ?int
    {
        $file = $this->file($path);
        if (!is_file($file)) {
            return 0;
        }
        return is_readable($file) ? (int) filesize($file) : null;
    }

    private function file(string $path): string
    {
        if (!isset(Contract::secrets()[$path])) {
            throw new LogicException("the contract has no secret file {$path}");
        }
        return "{$this->folder}/{$path}";
    }
}
