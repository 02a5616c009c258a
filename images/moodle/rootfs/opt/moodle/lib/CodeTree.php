<?php

declare(strict_types=1);

namespace MoodleImage;

/**
 * Moodle's code in the image.
 */
final class CodeTree
{
    /** The folder that is served: the code's own up to 5.0, its folder "public" from 5.1 on. */
    public readonly string $webRoot;

    public function __construct(public readonly string $root)
    {
        $this->webRoot = is_dir("{$root}/public") ? "{$root}/public" : $root;
    }

    /** The one tree there is: beside this library. */
    public static function ofImage(): self
    {
        return new self(dirname(__DIR__) . '/code');
    }

    /** @param string $folder of a plugin below the web root, for example admin/tool/objectfs */
    public function hasPlugin(string $folder): bool
    {
        return is_file("{$this->webRoot}/{$folder}/version.php");
    }
}
