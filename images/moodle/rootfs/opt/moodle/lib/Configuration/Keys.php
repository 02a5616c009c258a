<?php

declare(strict_types=1);

namespace MoodleImage\Configuration;

use MoodleImage\Environment;
use MoodleImage\EnvironmentError;

/**
 * Keys of Moodle's own, the same in all pods and never made by one of them.
 */
final class Keys
{
    /** Moodle's own least, in bits; with a weaker one it refuses every login. */
    private const LEAST_ENTROPY = 112;

    /** @return list<string> */
    public static function problems(Environment $environment): array
    {
        try {
            $peppers = $environment->secrets->json('passwordPeppers');
        } catch (EnvironmentError $error) {
            return $error->problems;
        }
        foreach ($peppers as $number => $pepper) {
            if (!is_int($number) || $number < 1 || !is_string($pepper)) {
                return ['passwordPeppers: allowed is a JSON object from numbers, beginning with 1, to texts'];
            }
        }
        krsort($peppers);
        $last = reset($peppers);
        // An empty one is how Moodle leaves peppers behind.
        if (is_string($last) && $last !== '' && self::entropy($last) < self::LEAST_ENTROPY) {
            return [sprintf('passwordPeppers: the highest one, %d, is easier to guess than %d random bits', array_key_first($peppers), self::LEAST_ENTROPY)];
        }
        return [];
    }

    /** @return array<string, mixed> */
    public static function settings(Environment $environment): array
    {
        $peppers = self::problems($environment) === [] ? $environment->secrets->json('passwordPeppers') : [];
        return [
            'upgradekey' => $environment->secrets->read('upgradeKey'),
            'secretdataroot' => $environment->secrets->encryptionFolder(),
            'nokeygeneration' => true,
            ...($peppers === [] ? [] : ['passwordpeppers' => $peppers]),
        ];
    }

    private static function entropy(string $text): float
    {
        $bits = 0.0;
        foreach (count_chars($text, 1) as $count) {
            $bits -= $count * log($count / strlen($text), 2);
        }
        return $bits;
    }
}
