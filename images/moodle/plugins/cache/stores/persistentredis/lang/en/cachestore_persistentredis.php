<?php

declare(strict_types=1);

defined('MOODLE_INTERNAL') || die();

$string['pluginname'] = 'Redis over persistent connections';
$string['privacy:metadata'] = 'This store keeps no personal data beyond what the cache store Redis does.';
