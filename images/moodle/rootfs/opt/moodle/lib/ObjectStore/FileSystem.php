<?php

declare(strict_types=1);

namespace MoodleImage\ObjectStore;

use tool_objectfs\s3_file_system;

/**
 * The plugin's file system for stores at an address of their own, and for buckets with uniform access, which refuse an object that comes with an access header.
 */
final class FileSystem extends s3_file_system
{
    /** @param \stdClass $config */
    protected function initialise_external_client($config)
    {
        return new FileSystem\client($config);
    }
}
