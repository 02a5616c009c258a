<?php

/**
 * Moodle's configuration: everything comes from the environment and from mounted files, nothing is edited here.
 */

declare(strict_types=1);

require_once __DIR__ . '/lib/autoload.php';

unset($CFG);
global $CFG;

try {
    $CFG = MoodleImage\Configuration::ofProcess();
} catch (Throwable $problem) {
    MoodleImage\Refusal::answer($problem);
}

require_once MoodleImage\CodeTree::ofImage()->webRoot . '/lib/setup.php';
