<?php

declare(strict_types=1);

defined('MOODLE_INTERNAL') || die();

$plugin->component = 'cachestore_persistentredis';
$plugin->version = 2026112800;
// Moodle 4.5.
$plugin->requires = 2024100700;
$plugin->dependencies = ['cachestore_redis' => 2024100700];
