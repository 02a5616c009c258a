<?php

declare(strict_types=1);

namespace MoodleImage\Configuration;

use MoodleImage\Environment;

/**
 * Limits of Moodle's tasks, which only a runner is told.
 */
final class Tasks
{
    private const VARIABLES = [
        'task_scheduled_concurrency_limit' => 'MOODLE_TASK_SCHEDULED_LIMIT',
        'task_adhoc_concurrency_limit' => 'MOODLE_TASK_ADHOC_LIMIT',
        'task_scheduled_max_runtime' => 'MOODLE_TASK_MAX_RUNTIME_SECONDS',
        'task_adhoc_max_runtime' => 'MOODLE_TASK_MAX_RUNTIME_SECONDS',
    ];

    /** @return array<string, mixed> */
    public static function settings(Environment $environment): array
    {
        $given = array_map(static fn (string $name): ?int => $environment->optionalInteger($name), self::VARIABLES);
        return [
            ...array_filter($given, static fn (?int $limit): bool => $limit !== null),
            'cronclionly' => true,
        ];
    }
}
