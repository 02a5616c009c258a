/** Environments as the chart gives them on each cloud, and the secret files beside them. */

export type Variables = Readonly<Record<string, string>>;

/** Everything that a site needs whatever it runs on: one pod, nothing encrypted, no mail. */
export const onePod: Variables = {
  MOODLE_RELEASE: "4f1c2e",
  MOODLE_VERSION: "5.1.7",
  MOODLE_URL: "https://learn.example.edu",
  MOODLE_FILE_MODE: "block",
  MOODLE_DATAROOT: "/var/lib/moodle",
  MOODLE_LOCAL_CACHE_DIR: "/var/cache/moodle",
  MOODLE_TEMPORARY_DIR: "/tmp",
  MOODLE_SECRETS_DIR: "/etc/moodle/secrets",
  MOODLE_SETTINGS_FILE: "/etc/moodle/configuration/settings.json",
  MOODLE_UPLOAD_LIMIT_MIB: "512",
  MOODLE_REQUEST_TIMEOUT_SECONDS: "600",
  MOODLE_EXTRA_MEMORY_LIMIT_MIB: "384",
  MOODLE_DATABASE_HOST: "database",
  MOODLE_DATABASE_PORT: "5432",
  MOODLE_DATABASE_NAME: "moodle",
  MOODLE_DATABASE_USER: "moodle",
  MOODLE_DATABASE_TLS: "off",
  MOODLE_SESSION_CACHE_HOST: "cache",
  MOODLE_SESSION_CACHE_PORT: "6379",
  MOODLE_SESSION_CACHE_PREFIX: "session-",
  MOODLE_SESSION_CACHE_TLS: "off",
  MOODLE_APPLICATION_CACHE_HOST: "cache",
  MOODLE_APPLICATION_CACHE_PORT: "6379",
  MOODLE_APPLICATION_CACHE_PREFIX: "cache-",
  MOODLE_APPLICATION_CACHE_TLS: "off",
};

const publicAuthorities = "/etc/ssl/certs/ca-certificates.crt";

const objectStore = {
  MOODLE_FILE_MODE: "objectfs",
  MOODLE_OBJECT_STORE_BUCKET: "moodle-files",
  MOODLE_OBJECT_STORE_PREFIX: "moodle/",
};

/** RDS with its own authority, ElastiCache with a public one and users, S3 by Pod Identity. */
export const aws: Variables = {
  ...onePod,
  ...objectStore,
  MOODLE_DATABASE_HOST: "moodle.c1.eu-central-1.rds.amazonaws.com",
  MOODLE_DATABASE_TLS: "verify-full",
  MOODLE_DATABASE_CA_FILE: "/etc/moodle/configuration/database-ca.pem",
  MOODLE_SESSION_CACHE_HOST: "master.sessions.cache.amazonaws.com",
  MOODLE_SESSION_CACHE_USER: "sessions",
  MOODLE_SESSION_CACHE_TLS: "verify-full",
  MOODLE_SESSION_CACHE_CA_FILE: publicAuthorities,
  MOODLE_APPLICATION_CACHE_HOST: "master.caches.cache.amazonaws.com",
  MOODLE_APPLICATION_CACHE_USER: "caches",
  MOODLE_APPLICATION_CACHE_TLS: "verify-full",
  MOODLE_APPLICATION_CACHE_CA_FILE: publicAuthorities,
  MOODLE_OBJECT_STORE_PROTOCOL: "s3",
  MOODLE_OBJECT_STORE_REGION: "eu-central-1",
  MOODLE_OBJECT_STORE_ACL_HEADER: "private",
  MOODLE_OBJECT_STORE_CHECKSUMS: "always",
  MOODLE_OBJECT_STORE_PRESIGNED_DOWNLOADS: "true",
  MOODLE_OBJECT_STORE_CREDENTIALS: "workloadIdentity",
};

/** Everything public, one Managed Redis for both caches on port 10000, Blob with a minted token. */
export const azure: Variables = {
  ...onePod,
  ...objectStore,
  MOODLE_DATABASE_HOST: "moodle.postgres.database.azure.com",
  MOODLE_DATABASE_TLS: "verify-full",
  MOODLE_DATABASE_CA_FILE: publicAuthorities,
  MOODLE_SESSION_CACHE_HOST: "moodle.westeurope.redis.azure.net",
  MOODLE_SESSION_CACHE_PORT: "10000",
  MOODLE_SESSION_CACHE_TLS: "verify-full",
  MOODLE_SESSION_CACHE_CA_FILE: publicAuthorities,
  MOODLE_APPLICATION_CACHE_HOST: "moodle.westeurope.redis.azure.net",
  MOODLE_APPLICATION_CACHE_PORT: "10000",
  MOODLE_APPLICATION_CACHE_TLS: "verify-full",
  MOODLE_APPLICATION_CACHE_CA_FILE: publicAuthorities,
  MOODLE_OBJECT_STORE_PROTOCOL: "blob",
  MOODLE_OBJECT_STORE_REGION: "westeurope",
  MOODLE_OBJECT_STORE_ACCOUNT: "moodlefiles",
  MOODLE_OBJECT_STORE_ACL_HEADER: "none",
  MOODLE_OBJECT_STORE_CHECKSUMS: "always",
  MOODLE_OBJECT_STORE_PRESIGNED_DOWNLOADS: "false",
  MOODLE_OBJECT_STORE_CREDENTIALS: "mintedToken",
  MOODLE_OBJECT_STORE_TOKEN_FILE: "/run/moodle-token/token",
};

/** Servers at addresses with authorities of their own, Cloud Storage as S3 with a key and uniform access. */
export const gcp: Variables = {
  ...onePod,
  ...objectStore,
  MOODLE_DATABASE_HOST: "10.64.0.3",
  MOODLE_DATABASE_TLS: "verify-ca",
  MOODLE_DATABASE_CA_FILE: "/etc/moodle/configuration/database-ca.pem",
  MOODLE_SESSION_CACHE_HOST: "10.64.0.4",
  MOODLE_SESSION_CACHE_PORT: "6378",
  MOODLE_SESSION_CACHE_TLS: "verify-ca",
  MOODLE_SESSION_CACHE_CA_FILE: "/etc/moodle/configuration/session-cache-ca.pem",
  MOODLE_APPLICATION_CACHE_HOST: "10.64.0.5",
  MOODLE_APPLICATION_CACHE_PORT: "6378",
  MOODLE_APPLICATION_CACHE_TLS: "verify-ca",
  MOODLE_APPLICATION_CACHE_CA_FILE: "/etc/moodle/configuration/application-cache-ca.pem",
  MOODLE_OBJECT_STORE_PROTOCOL: "s3",
  MOODLE_OBJECT_STORE_ENDPOINT: "https://storage.googleapis.com",
  MOODLE_OBJECT_STORE_REGION: "europe-west3",
  MOODLE_OBJECT_STORE_ACL_HEADER: "none",
  MOODLE_OBJECT_STORE_CHECKSUMS: "whenRequired",
  MOODLE_OBJECT_STORE_PRESIGNED_DOWNLOADS: "true",
  MOODLE_OBJECT_STORE_CREDENTIALS: "accessKey",
};

/** A cluster of one's own: a shared folder, read replicas, mail. */
export const ownCluster: Variables = {
  ...onePod,
  MOODLE_FILE_MODE: "shared",
  MOODLE_SUPPORT_EMAIL: "help@example.edu",
  MOODLE_DATABASE_READ_HOSTS: "replica-1,replica-2",
  MOODLE_MAIL_HOST: "smtp.example.edu",
  MOODLE_MAIL_PORT: "587",
  MOODLE_MAIL_SECURITY: "starttls",
  MOODLE_MAIL_USER: "moodle",
  MOODLE_MAIL_FROM: "no-reply@example.edu",
};

/** What every site has as a secret. The words are found again wherever they should not be. */
export const secrets: Variables = {
  "databasePassword": "canary-of-the-database",
  "encryption/key/sodium.key": "canary-of-32-bytes-length-012345",
  "upgradeKey": "canary-of-upgrades",
  "adminPassword": "canary-of-the-administrator",
};
