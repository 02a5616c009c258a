import type { Variables } from "../../tests/images/environments";

/** A line of a file of the image, and what takes its place. */
export interface Edit {
  readonly file: string;
  readonly line: RegExp;
  readonly to: string;
}

/** The image with one thing of its own taken away, or one that it does not do. */
export interface Setting {
  readonly title: string;
  readonly edits?: readonly Edit[];
  readonly environment?: Variables;
}

const iniLine = (name: string, value: string): Edit => ({ file: "opt/moodle/php/moodle.ini", line: new RegExp(`^${name} = .*$`, "m"), to: `${name} = ${value}` });

/** Before config.php starts Moodle. */
const configured = (statement: string): Edit => ({ file: "opt/moodle/config.php", line: /^(?=require_once MoodleImage)/m, to: `${statement}\n` });

export const settings: readonly Setting[] = [
  {
    title: "without: an opcache larger than PHP's own 128 MiB, 8 MiB of strings, 10 000 files",
    environment: { MOODLE_PHP_OPCACHE_MIB: "128", MOODLE_PHP_INTERNED_STRINGS_MIB: "8" },
    edits: [iniLine("opcache.max_accelerated_files", "10000")],
  },
  { title: "without: code that is never looked at again", edits: [iniLine("opcache.validate_timestamps", "1")] },
  { title: "without: application and session caches in Valkey", edits: [configured("unset($CFG->alternative_cache_factory_class, $CFG->tool_forcedcache_config_array);")] },
  { title: "without: caches in the pod's memory", edits: [configured("$CFG->tool_forcedcache_config_array['rules']['application'] = [['stores' => ['redis']]];")] },
  { title: "without: sessions in Valkey", edits: [configured("unset($CFG->session_handler_class);")] },
  { title: "without: a list of components of the pod's own", edits: [configured("unset($CFG->alternative_component_cache);")] },
  { title: "without: cached images sent by nginx", edits: [configured("unset($CFG->xsendfile);")] },
  {
    title: "without: PHP files of the pod's own cache compiled once",
    edits: [{ file: "opt/moodle/bin/php-fpm", line: /(?<=changingFolders: \[)/, to: "\n$environment->text('MOODLE_LOCAL_CACHE_DIR')," }],
  },
  { title: "without: the configuration kept between requests", edits: [{ file: "opt/moodle/lib/KeptConfiguration.php", line: /PHP_SAPI === 'cli'/, to: "true" }] },
  { title: "without: connections to the caches kept between requests", edits: [{ file: "opt/moodle/lib/CacheConnection.php", line: /->pconnect\(/, to: "->connect(" }] },
  {
    title: "with: connections to the database kept between requests",
    edits: [{ file: "opt/moodle/lib/Configuration/Database.php", line: /'dbpersist' => false/, to: "'dbpersist' => true" }],
  },
];
