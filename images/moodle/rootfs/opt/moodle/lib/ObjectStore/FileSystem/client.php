<?php

declare(strict_types=1);

namespace MoodleImage\ObjectStore\FileSystem;

use tool_objectfs\local\store\s3\client as s3_client;

/**
 * The plugin's S3 client for other stores than the protocol's own. The plugin finds the class by the name of its file system and this one.
 */
final class client extends s3_client
{
    /** @param \stdClass $config */
    public function set_client($config)
    {
        parent::set_client($config);
        $byPath = ($config->s3_base_url ?? '') !== '';
        $withAccess = getenv('MOODLE_OBJECT_STORE_ACL_HEADER') !== 'none';
        $authorities = (string) getenv('MOODLE_OBJECT_STORE_CA_FILE');
        $this->client?->getHandlerList()->appendInit(
            static fn (callable $next): callable => static function ($command, $request = null) use ($next, $byPath, $withAccess, $authorities) {
                if (!$withAccess) {
                    unset($command['ACL']);
                }
                if ($byPath) {
                    // Every store knows the bucket as part of the path; as part of the host it needs a name and a certificate for each.
                    $command['@use_path_style_endpoint'] = true;
                }
                if ($authorities !== '') {
                    // The client writes with curl and reads with PHP's streams, and settings of PHP for the latter would be every connection's.
                    $command['@http'] = [...$command['@http'], 'verify' => $authorities];
                }
                return $next($command, $request);
            },
            'moodle-image.store',
        );
    }
}
