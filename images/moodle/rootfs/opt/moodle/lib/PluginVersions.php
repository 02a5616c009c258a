<?php

declare(strict_types=1);

namespace MoodleImage;

/**
 * Which plugins the image holds in older versions than a database has. Moodle finds that out only in the middle of an upgrade. Plugins of plugins, and
 * those that the image does not hold at all, are left to Moodle.
 */
final class PluginVersions
{
    /** @var array<string, string> folders by type of plugin, from the code's own list */
    private readonly array $folders;

    public function __construct(private readonly CodeTree $code)
    {
        $lists = array_filter(["{$code->root}/lib/components.json", "{$code->webRoot}/lib/components.json"], is_file(...));
        $list = $lists === [] ? [] : json_decode((string) file_get_contents(reset($lists)), true);
        $this->folders = $list['plugintypes'] ?? [];
    }

    /**
     * @param array<string, string> $installed versions by component, as mod_assign
     * @return list<string> components with both versions
     */
    public function older(array $installed): array
    {
        $older = [];
        foreach ($installed as $component => $version) {
            $held = $this->held($component);
            if ($held !== null && (float) $held < (float) $version) {
                $older[] = "{$component} {$held}, and the database has {$version}";
            }
        }
        return $older;
    }

    private function held(string $component): ?string
    {
        [$type, $name] = [...explode('_', $component, 2), ''];
        $file = "{$this->code->root}/" . ($this->folders[$type] ?? '') . "/{$name}/version.php";
        if (!isset($this->folders[$type]) || !is_file($file)) {
            return null;
        }
        $found = preg_match('/^\s*\$plugin->version\s*=\s*\'?([0-9.]+)/m', (string) file_get_contents($file), $matches);
        return $found === 1 ? $matches[1] : null;
    }
}
