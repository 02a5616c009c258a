<?php

declare(strict_types=1);

namespace MoodleImage;

use RuntimeException;

/**
 * The database has ended the connection, or cannot be reached any more.
 */
final class LostConnection extends RuntimeException
{
}
