import { secrets } from "./environments";

/** Moodle's settings by their names. */
export type Settings = Readonly<Record<string, unknown>>;

/** What every site has. */
export const everywhere = {
  debug: 0,
  debugdisplay: 0,
  disableupdatenotifications: true,
  wwwroot: "https://learn.example.edu",
  sslproxy: true,
  reverseproxy: false,
  getremoteaddrconf: 3,
  routerconfigured: true,
  xsendfile: "X-Accel-Redirect",
  xsendfilealiases: { "/dataroot/": "/var/lib/moodle", "/localcache/": "/var/cache/moodle" },
  extramemorylimit: "384M",
  dataroot: "/var/lib/moodle",
  tempdir: "/var/lib/moodle/temp",
  backuptempdir: "/var/lib/moodle/temp/backup",
  cachedir: "/var/lib/moodle/cache",
  langlocalroot: "/var/lib/moodle/lang",
  langotherroot: "/var/lib/moodle/lang",
  localcachedir: "/var/cache/moodle/moodle",
  alternative_component_cache: "/run/moodle/component.php",
  localrequestdir: "/tmp",
  directorypermissions: 0o2770,
  dbtype: "pgsql",
  dblibrary: "native",
  dbhost: "database",
  dbname: "moodle",
  dbuser: "moodle",
  dbpass: secrets["databasePassword"],
  prefix: "mdl_",
  dboptions: { dbpersist: false, dbport: 5432, connecttimeout: 5, ssl: "disable" },
  lock_factory: "auto",
  session_handler_class: "\\core\\session\\redis",
  session_redis_host: "cache",
  session_redis_port: 6379,
  session_redis_prefix: "session-",
  session_redis_database: 0,
  session_redis_serializer_use_igbinary: true,
  session_redis_compressor: "none",
  session_redis_connection_timeout: 3,
  session_redis_max_retries: 3,
  session_redis_acquire_lock_timeout: 120,
  session_redis_acquire_lock_warn: 5,
  session_redis_lock_expire: 630,
  ...forcedCache({}),
  upgradekey: secrets["upgradeKey"],
  secretdataroot: "/etc/moodle/secrets/encryption",
  nokeygeneration: true,
  noemailever: true,
  cronclionly: true,
  disableupdateautodeploy: true,
  uninstallclionly: true,
  preventexecpath: true,
  pathtophp: "/usr/bin/php",
  pathtodu: "/usr/bin/du",
  aspellpath: "",
  pathtodot: "",
  pathtogs: "/usr/bin/gs",
  pathtopdftoppm: "",
  pathtopython: "",
  pathtosassc: "",
  cookiesecure: true,
  cookiehttponly: true,
  forced_plugin_settings: [],
};

/** The plugin that configures caches, for a server that differs from the simplest one. */
export function forcedCache(server: Settings) {
  const ofThePod = ["core/string", "core/langmenu", "core/plugin_functions"].map((name) => ({ conditions: { name }, stores: ["apcu", "redis"] }));
  return {
    alternative_cache_factory_class: "tool_forcedcache_cache_factory",
    tool_forcedcache_config_array: {
      stores: {
        apcu: { type: "apcu", config: { prefix: "moodle_" } },
        redis: {
          type: "persistentredis",
          config: { server: "cache", port: 6379, authentication: null, context: [], connectiontimeout: 3, prefix: "cache-", serializer: 2, compressor: 0, ...server },
        },
      },
      rules: { application: [...ofThePod, { stores: ["redis"] }], session: [{ stores: ["redis"] }], request: [] },
      definitionoverrides: [],
    },
  };
}
