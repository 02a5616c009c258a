<?php

declare(strict_types=1);

namespace MoodleImage;

use Throwable;

/**
 * What happens where Moodle cannot be configured: the log says why, a visitor only that it is not for long.
 */
final class Refusal
{
    private const RETRY_AFTER_SECONDS = 60;

    public static function answer(Throwable $problem): never
    {
        LogLine::write(Contract::logEvent('environmentRefused'), ['problems' => self::problems($problem)]);
        if (PHP_SAPI === 'cli') {
            exit(1);
        }
        http_response_code(503);
        header('Retry-After: ' . self::RETRY_AFTER_SECONDS);
        header('Content-Type: text/html; charset=utf-8');
        header('Cache-Control: no-store');
        echo <<<'PAGE'
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Temporarily not available</title>
            <body style="font-family: sans-serif; max-width: 32em; margin: 15vh auto; padding: 0 1em">
            <h1>Temporarily not available</h1>
            <p>This site cannot be shown at the moment. Please try again in a few minutes.</p>

            PAGE;
        exit(1);
    }

    /**
     * @return list<string> of an error that nobody foresaw only the place: its message may repeat a secret
     */
    private static function problems(Throwable $problem): array
    {
        if ($problem instanceof EnvironmentError) {
            return $problem->problems;
        }
        return [sprintf('%s in %s, line %d', $problem::class, $problem->getFile(), $problem->getLine())];
    }
}
