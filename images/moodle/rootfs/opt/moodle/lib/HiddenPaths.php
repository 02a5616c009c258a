<?php

declare(strict_types=1);

namespace MoodleImage;

/**
 * Files of the web root that nobody may fetch: those of Moodle's own check (core\check\environment\publicpaths), what only the command line runs, and
 * what only developers read. Patterns of nginx, without regard to case. They are held against the part of the address that names a file in the image,
 * never against what follows a script's name: users name their own files README.txt or tests/.
 */
final class HiddenPaths
{
    public const PATTERNS = [
        // Dot files and folders; certificates are proven below .well-known.
        '/\.(?!well-known/)',
        // Folders of which nothing is meant for browsers.
        '/(?:behat|classes|cli|db|fixtures|node_modules|tests|vendor)(?:/|$)',
        // Files of the installer and of the configuration: the image installs from the command line.
        '^/(?:config|config-dist|install)\.php$',
        '/(?:behat|composer|environment|npm-shrinkwrap|package|package-lock|phpunit|thirdpartylibs)\.(?:dist\.)?(?:json|xml|ya?ml)(?:\.dist)?$',
        '/(?:changelog|copying|install|readme|upgrade|upgrading)[^/.]*(?:\.(?:html|md|txt))?$',
        '\.(?:dist|feature|lock|md|sh|sql|ya?ml)$',
    ];
}
