import {
  anything,
  bucket,
  choice,
  databaseName,
  email,
  endpoint,
  host,
  hosts,
  integer,
  keyPrefix,
  language,
  objectPrefix,
  path,
  port,
  ranges,
  storageAccount,
  url,
  userName,
  type Value,
  version,
} from "./environmentValue";

/**
 * What the chart tells the image, and nothing else passes between them: the chart sets these variables and mounts these files, the
 * image's programs and its `config.php` read them.
 */

/** Programs of the image that the chart starts; arguments as given here. */
export const programs = {
  nginx: ["/opt/moodle/bin/nginx"],
  phpFpm: ["/opt/moodle/bin/php-fpm"],
  scheduledRunner: ["/opt/moodle/bin/runner", "scheduled"],
  adhocRunner: ["/opt/moodle/bin/runner", "adhoc"],
  release: ["/opt/moodle/bin/release"],
  awaitRelease: ["/opt/moodle/bin/await-release"],
  awaitNginxStop: ["/opt/moodle/bin/await-nginx-stop"],
} as const;

/** Ports on which nginx listens in a web pod: the site; probes and metrics. */
export const ports = { http: 8080, probe: 8081 } as const;

/** Requests that nginx answers on the probe port. */
export const probePaths = {
  /** nginx alone answers. */
  nginx: "/alive",
  /** PHP-FPM answers through nginx, on a listener of its own that busy workers do not block. */
  phpFpm: "/php",
  /** The value of MOODLE_RELEASE the pod was started with, as plain text. */
  release: "/release",
  /** PHP-FPM's status in the OpenMetrics format. */
  metrics: "/metrics",
} as const;

/** Folders the chart mounts; everything else in a container is read-only. */
export const folders = {
  dataroot: "/var/lib/moodle",
  localCache: "/var/cache/moodle",
  temporary: "/tmp",
  run: "/run/moodle",
  secrets: "/etc/moodle/secrets",
  configuration: "/etc/moodle/configuration",
  token: "/run/moodle-token",
} as const;

/** Bundle of publicly trusted certificate authorities in the image, named wherever a server's certificate is public. */
export const publicCertificates = "/etc/ssl/certs/ca-certificates.crt";

/** Who reads a variable: `all` is every PHP program, through `config.php`. */
export type Reader = "all" | "nginx" | "phpFpm" | "runner" | "release" | "awaitRelease";

/** `always`, `never` (may be absent or empty), or when another variable has one of these values. */
export type Requirement = "always" | "never" | { readonly variable: string; readonly is: readonly string[] };

export interface EnvironmentVariable {
  readonly name: string;
  readonly value: Value;
  readonly meaning: string;
  readonly readBy: readonly Reader[];
  readonly required: Requirement;
}

export interface SecretFile {
  /** Path below {@link folders.secrets}. */
  readonly path: string;
  /** The key of the chart's `secrets` that names its Kubernetes Secret. */
  readonly key: string;
  readonly meaning: string;
  readonly readBy: readonly Reader[];
  readonly required: Requirement;
}

const objectfs = { variable: "MOODLE_FILE_MODE", is: ["objectfs"] } as const;
const s3 = { variable: "MOODLE_OBJECT_STORE_PROTOCOL", is: ["s3"] } as const;
const blob = { variable: "MOODLE_OBJECT_STORE_PROTOCOL", is: ["blob"] } as const;
const accessKey = { variable: "MOODLE_OBJECT_STORE_CREDENTIALS", is: ["accessKey"] } as const;
const mintedToken = { variable: "MOODLE_OBJECT_STORE_CREDENTIALS", is: ["mintedToken"] } as const;
const verified = ["verify-full", "verify-ca"] as const;

export const environmentVariables: readonly EnvironmentVariable[] = [
  variable("MOODLE_RELEASE", anything, "Identifies the image; pods with the same value run the same code.", ["all", "nginx"], "always"),
  variable("MOODLE_VERSION", version, "Moodle release the image should hold, as major.minor.point.", ["all"], "always"),
  variable("MOODLE_URL", url, "Public address of the site, https, without a slash at the end. TLS ends before the pod.", ["all"], "always"),
  variable("MOODLE_SUPPORT_EMAIL", email, "Address shown to users who need help.", ["all"], "never"),

  variable("MOODLE_FILE_MODE", choice("objectfs", "shared", "block"), "Where Moodle keeps files: in an object store, on a shared volume, on one pod's disk.", ["all"], "always"),
  variable("MOODLE_DATAROOT", path, "Moodle's data folder, the same volume in every pod.", ["all", "nginx"], "always"),
  variable("MOODLE_LOCAL_CACHE_DIR", path, "The pod's own cache folder.", ["all", "nginx"], "always"),
  variable("MOODLE_TEMPORARY_DIR", path, "The pod's own temporary folder.", ["all", "nginx"], "always"),
  variable("MOODLE_SECRETS_DIR", path, "Folder of the secret files.", ["all"], "always"),
  variable("MOODLE_SETTINGS_FILE", path, "JSON file with the forced `settings` and `pluginSettings`.", ["all"], "always"),
  variable("MOODLE_UPLOAD_LIMIT_MIB", integer(1, 16384), "Largest upload in MiB, for nginx and PHP alike.", ["all", "nginx"], "always"),
  variable("MOODLE_REQUEST_TIMEOUT_SECONDS", integer(30, 7200), "Longest request in seconds, for nginx and PHP alike.", ["all", "nginx"], "always"),
  variable("MOODLE_EXTRA_MEMORY_LIMIT_MIB", integer(256), "Moodle's extramemorylimit.", ["all"], "always"),

  ...databaseVariables(),
  ...cacheVariables("MOODLE_SESSION_CACHE", "session cache"),
  ...cacheVariables("MOODLE_APPLICATION_CACHE", "application cache"),

  variable("MOODLE_OBJECT_STORE_PROTOCOL", choice("s3", "blob"), "How the object store is spoken to.", ["all"], objectfs),
  variable("MOODLE_OBJECT_STORE_ENDPOINT", endpoint, "Base address; empty means the protocol's own for the region.", ["all"], "never"),
  variable("MOODLE_OBJECT_STORE_CA_FILE", path, "Certificates to trust; absent where the store's is public.", ["all"], "never"),
  variable("MOODLE_OBJECT_STORE_REGION", anything, "Region name requests are signed with.", ["all"], s3),
  variable("MOODLE_OBJECT_STORE_ACCOUNT", storageAccount, "Account that owns the container.", ["all"], blob),
  variable("MOODLE_OBJECT_STORE_BUCKET", bucket, "Bucket or container.", ["all"], objectfs),
  variable("MOODLE_OBJECT_STORE_PREFIX", objectPrefix, "Folder in it, ending with a slash; empty means its root.", ["all"], "never"),
  variable("MOODLE_OBJECT_STORE_ACL_HEADER", choice("private", "none"), "Access header sent with each object; `none` sends no header.", ["all"], objectfs),
  variable("MOODLE_OBJECT_STORE_CHECKSUMS", choice("always", "whenRequired"), "When the client adds a checksum to a request.", ["all"], objectfs),
  variable("MOODLE_OBJECT_STORE_PRESIGNED_DOWNLOADS", choice("true", "false"), "Whether browsers are sent to the store with a signed address.", ["all"], objectfs),
  variable("MOODLE_OBJECT_STORE_CREDENTIALS", choice("workloadIdentity", "accessKey", "mintedToken"), "How pods prove who they are to the store.", ["all"], objectfs),
  variable("MOODLE_OBJECT_STORE_TOKEN_FILE", path, "File with the current token, read on every request because it is renewed.", ["all"], mintedToken),

  variable("MOODLE_MAIL_HOST", host, "Mail server; absent, Moodle sends no mail.", ["all"], "never"),
  variable("MOODLE_MAIL_PORT", port, "Its port.", ["all"], "never"),
  variable("MOODLE_MAIL_SECURITY", choice("starttls", "tls", "none"), "Encryption towards the mail server.", ["all"], "never"),
  variable("MOODLE_MAIL_USER", anything, "User at the mail server; empty means no authentication.", ["all"], "never"),
  variable("MOODLE_MAIL_FROM", email, "Sender of the site's own mail.", ["all"], "never"),

  variable("MOODLE_HTTP_PORT", port, "Port of the site.", ["nginx"], "always"),
  variable("MOODLE_PROBE_PORT", port, "Port of probes and metrics.", ["nginx", "release"], "always"),
  variable("MOODLE_TRUSTED_PROXIES", ranges, "Comma-separated ranges whose forwarded client address is believed; empty means none.", ["nginx"], "never"),

  variable("MOODLE_PHP_MEMORY_LIMIT_MIB", integer(96), "PHP's memory_limit.", ["phpFpm", "runner", "release", "awaitRelease"], "always"),
  variable("MOODLE_PHP_WORKERS", integer(1, 500), "Workers of the static pool.", ["phpFpm"], "always"),
  variable("MOODLE_PHP_MAX_REQUESTS", integer(0), "Requests after which a worker is replaced; 0 means never.", ["phpFpm"], "always"),
  variable("MOODLE_PHP_OPCACHE_MIB", integer(128), "opcache.memory_consumption.", ["phpFpm"], "always"),
  variable("MOODLE_PHP_INTERNED_STRINGS_MIB", integer(8), "opcache.interned_strings_buffer.", ["phpFpm"], "always"),
  variable("MOODLE_PHP_APCU_MIB", integer(16), "apc.shm_size.", ["phpFpm"], "always"),
  variable("MOODLE_PHP_SLOW_REQUEST_SECONDS", integer(0), "Threshold of the slow log; 0 means none.", ["phpFpm"], "always"),

  variable("MOODLE_RUNNER_KEEP_ALIVE_SECONDS", integer(0, 900), "How long one Moodle process looks for further tasks.", ["runner"], "always"),
  variable("MOODLE_TASK_MAX_RUNTIME_SECONDS", integer(60), "After this long a process starts no further task.", ["runner"], "always"),
  variable("MOODLE_TASK_SCHEDULED_LIMIT", integer(0), "task_scheduled_concurrency_limit: as many as there are runners.", ["runner"], "always"),
  variable("MOODLE_TASK_ADHOC_LIMIT", integer(0), "task_adhoc_concurrency_limit: as many as there are runners of both kinds.", ["runner"], "always"),

  variable("MOODLE_SITE_NAME", anything, "Full name of a new site.", ["release"], "always"),
  variable("MOODLE_SITE_SHORT_NAME", anything, "Short name of a new site.", ["release"], "always"),
  variable("MOODLE_SITE_LANGUAGE", language, "Language of a new site.", ["release"], "always"),
  variable("MOODLE_ADMIN_USER", userName, "First administrator of a new site.", ["release"], "always"),
  variable("MOODLE_ADMIN_EMAIL", email, "The administrator's address.", ["release"], "always"),
  variable(
    "MOODLE_WEB_PODS_HOST",
    host,
    "Name that resolves to the address of every Ready web pod: a site closed for an upgrade opens only when all of them answer with the " +
      "same MOODLE_RELEASE. Absent where the web pod itself runs the release program.",
    ["release"],
    { variable: "MOODLE_FILE_MODE", is: ["objectfs", "shared"] },
  ),
  variable("MOODLE_RELEASE_DEADLINE_SECONDS", integer(100), "After this long the release program gives up.", ["release"], "always"),
];

export const secretFiles: readonly SecretFile[] = [
  secret("databasePassword", "Password of MOODLE_DATABASE_USER.", "always"),
  { ...secret("encryptionKey", "Moodle's encryption key, 32 raw bytes, where Moodle looks for it.", "always"), path: "encryption/key/sodium.key" },
  secret("upgradeKey", "Moodle's upgradekey.", "always"),
  secret("passwordPeppers", "JSON object from number to pepper.", "never"),
  secret("sessionCachePassword", "Password of the session cache.", "never"),
  secret("applicationCachePassword", "Password of the application cache.", "never"),
  secret("objectStoreAccessKeyId", "Access key id.", accessKey),
  secret("objectStoreSecretAccessKey", "Secret access key.", accessKey),
  secret("mailPassword", "Password of MOODLE_MAIL_USER.", "never"),
  secret("forcedSettings", "JSON like MOODLE_SETTINGS_FILE, applied after it.", "never"),
  secret("adminPassword", "Password of MOODLE_ADMIN_USER for a new site.", "always", ["release"]),
];

function databaseVariables(): EnvironmentVariable[] {
  return [
    variable("MOODLE_DATABASE_HOST", host, "PostgreSQL server.", ["all"], "always"),
    variable("MOODLE_DATABASE_PORT", port, "Its port.", ["all"], "always"),
    variable("MOODLE_DATABASE_NAME", databaseName, "Database.", ["all"], "always"),
    variable("MOODLE_DATABASE_USER", databaseName, "User.", ["all"], "always"),
    variable("MOODLE_DATABASE_READ_HOSTS", hosts, "Comma-separated hosts of read replicas; empty means none.", ["all"], "never"),
    ...tlsVariables("MOODLE_DATABASE"),
  ];
}

function cacheVariables(prefix: string, cache: string): EnvironmentVariable[] {
  return [
    variable(`${prefix}_HOST`, host, `Server of the ${cache}, without scheme.`, ["all"], "always"),
    variable(`${prefix}_PORT`, port, "Its port.", ["all"], "always"),
    variable(`${prefix}_USER`, anything, "User; empty means the server's default user.", ["all"], "never"),
    variable(`${prefix}_PREFIX`, keyPrefix, "Put before every key.", ["all"], "always"),
    ...tlsVariables(prefix),
  ];
}

function tlsVariables(prefix: string): EnvironmentVariable[] {
  return [
    variable(`${prefix}_TLS`, choice(...verified, "off"), "How the server's certificate is verified: signer and name, signer alone, or no encryption.", ["all"], "always"),
    variable(`${prefix}_CA_FILE`, path, "Certificates to trust; also named where they are public.", ["all"], { variable: `${prefix}_TLS`, is: verified }),
  ];
}

function variable(name: string, value: Value, meaning: string, readBy: readonly Reader[], required: Requirement): EnvironmentVariable {
  return { name, value, meaning, readBy, required };
}

function secret(key: string, meaning: string, required: Requirement, readBy: readonly Reader[] = ["all"]): SecretFile {
  return { path: key, key, meaning, readBy, required };
}
