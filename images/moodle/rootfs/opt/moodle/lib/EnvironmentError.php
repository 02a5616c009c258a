<?php

declare(strict_types=1);

namespace MoodleImage;

use RuntimeException;

/**
 * All that is wrong with the environment, at once. Holds no secret.
 */
final class EnvironmentError extends RuntimeException
{
    /** @param non-empty-list<string> $problems each names what was given, what is allowed and where */
    public function __construct(public readonly array $problems)
    {
        parent::__construct(implode("\n", $problems));
    }
}
