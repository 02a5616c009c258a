<?php

// Runs Moodle's own installer. Its options come from here and not from the command line, which every process can read: one is a password.

declare(strict_types=1);

require __DIR__ . '/../autoload.php';

$_SERVER['argv'] = MoodleImage\InstallOptions::of(MoodleImage\Environment::read('release'));
$_SERVER['argc'] = count($_SERVER['argv']);

require $_SERVER['argv'][0];
