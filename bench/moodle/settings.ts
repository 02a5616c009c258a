import type { Variables } from "../../tests/images/environments";

/** The image with one thing of its own taken away. */
export interface Setting {
  readonly title: string;
  /** Lines that config.php gets before it starts Moodle. */
  readonly configuration?: string;
  /** What takes the place of lines in the image's settings of PHP. */
  readonly php?: Readonly<Record<string, string>>;
  readonly environment?: Variables;
}

/** PHP's own defaults, where the image has others. */
const stockOpcache = {
  environment: { MOODLE_PHP_OPCACHE_MIB: "128", MOODLE_PHP_INTERNED_STRINGS_MIB: "8" },
  php: { "opcache.max_accelerated_files": "10000" },
};

export const settings: readonly Setting[] = [
  { title: "opcache of PHP's own size: 128 MiB, 8 MiB of strings, 10 000 files", ...stockOpcache },
  { title: "code looked at again every two seconds", php: { "opcache.validate_timestamps": "1" } },
  { title: "application and session caches in files and the PHP session", configuration: "unset($CFG->alternative_cache_factory_class, $CFG->tool_forcedcache_config_array);" },
  { title: "no cache in the pod's memory", configuration: "$CFG->tool_forcedcache_config_array['rules']['application'] = [['stores' => ['redis']]];" },
  { title: "sessions in files", configuration: "unset($CFG->session_handler_class);" },
  { title: "the list of components on the shared volume", configuration: "unset($CFG->alternative_component_cache);" },
  { title: "cached images sent by PHP", configuration: "unset($CFG->xsendfile);" },
];
