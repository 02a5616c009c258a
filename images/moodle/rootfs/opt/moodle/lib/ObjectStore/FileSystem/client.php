<?php

declare(strict_types=1);

namespace MoodleImage\ObjectStore\FileSystem;

use tool_objectfs\local\store\s3\client as s3_client;

/**
 * The plugin's S3 client, without the header "x-amz-acl". The plugin finds the class by the name of its file system and this one.
 */
final class client extends s3_client
{
    /** @param \stdClass $config */
    public function set_client($config)
    {
        parent::set_client($config);
        $this->client?->getHandlerList()->appendInit(
            static fn (callable $next): callable => static function ($command, $request = null) use ($next) {
                unset($command['ACL']);
                return $next($command, $request);
            },
            'moodle-image.no-acl',
        );
    }
}
