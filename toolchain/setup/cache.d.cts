/**
 * A folder of the user's cache that belongs to this product: `$XDG_CACHE_HOME/moodle-platform/…`, by default under
 * `~/.cache`. All below may be deleted at any time; it is then obtained again.
 */
export function cacheFolder(...parts: string[]): string;
