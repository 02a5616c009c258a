<?php

// Takes the place of Moodle's own in images that only tests run.
$version = 2025100600.00;
$release = '5.1 (Build: 20251006)';
$branch = '501';
$maturity = MATURITY_STABLE;
