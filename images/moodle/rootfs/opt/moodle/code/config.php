<?php

require '/opt/moodle/config.php';
