import { expect } from "chai";
import { authorities, configured, keys, problemsIn, setup, type Site } from "./configured";
import { azure, gcp, onePod, ownCluster, type Variables } from "./environments";
import { aLab } from "./support/lab";

interface Refusal {
  readonly pod: Site;
  /** All of them, in their order. */
  readonly problems: readonly string[];
}

describe("config.php", function () {
  this.timeout("120s");
  const lab = aLab();

  for (const [title, { pod, problems }] of Object.entries(refusals())) {
    it(`refuses ${title}`, async () => {
      const { code: status, stdout, stderr } = await configured(lab, pod);

      expect(status, stdout).to.equal(1);
      expect(stdout).to.equal("");
      expect(problemsIn(stderr)).to.deep.equal(problems);
    });
  }
});

function refusals(): Readonly<Record<string, Refusal>> {
  const one = (changes: Variables, ...problems: string[]): Refusal => ({ pod: { environment: { ...onePod, ...changes } }, problems });
  const store = (environment: Variables, changes: Variables, ...problems: string[]): Refusal => ({
    pod: { environment: { ...environment, ...changes }, secrets: keys, configuration: authorities, token: "sig=canary" },
    problems,
  });
  const forced = (settings: string, ...problems: string[]): Refusal => ({ pod: { environment: onePod, configuration: { "settings.json": settings } }, problems });
  const malformed = 'allowed is a JSON object with "settings" and "pluginSettings", whose values are texts, numbers, true and false';
  return {
    "what is missing and what is not allowed, all at once": one(
      { MOODLE_RELEASE: "", MOODLE_DATABASE_PORT: "65536", MOODLE_FILE_MODE: "nfs", MOODLE_UPLOAD_LIMIT_MIB: "-1" },
      "MOODLE_RELEASE: is missing; allowed: text of one line",
      'MOODLE_FILE_MODE: "nfs" was given; allowed: objectfs, shared, block',
      'MOODLE_UPLOAD_LIMIT_MIB: "-1" was given; allowed: 1 to 16384',
      'MOODLE_DATABASE_PORT: "65536" was given; allowed: 1 to 65535',
    ),
    "an address without TLS": one(
      { MOODLE_URL: "http://learn.example.edu" },
      'MOODLE_URL: "http://learn.example.edu" was given; allowed: https:// and a host in small letters, without a path and without a slash at its end',
    ),
    "an address with a slash at its end": one(
      { MOODLE_URL: "https://learn.example.edu/" },
      'MOODLE_URL: "https://learn.example.edu/" was given; allowed: https:// and a host in small letters, without a path and without a slash at its end',
    ),
    "an address that ends in /public": one(
      { MOODLE_URL: "https://learn.example.edu/public" },
      'MOODLE_URL: "https://learn.example.edu/public" was given; allowed: https:// and a host in small letters, without a path and without a slash at its end',
    ),
    "a release that fails with an object store": one(
      { MOODLE_VERSION: "5.2.1" },
      "MOODLE_VERSION: 5.2.1 fails with an object store on every request; allowed: 5.2.2 or later",
    ),
    "a release of an unknown line": one({ MOODLE_VERSION: "5.0.4" }, "MOODLE_VERSION: 5.0.4 is of a line that this image does not know; allowed: 4.5, 5.1, 5.2, 5.3"),
    "a scheme in the host of a cache": one(
      { MOODLE_SESSION_CACHE_HOST: "tls://cache" },
      'MOODLE_SESSION_CACHE_HOST: "tls://cache" was given; allowed: a host name or IPv4 address, without scheme and port',
    ),
    "a cache of the pod's own in the folder of all": one(
      { MOODLE_LOCAL_CACHE_DIR: "/var/lib/moodle/cache" },
      "MOODLE_LOCAL_CACHE_DIR: /var/lib/moodle/cache is in MOODLE_DATAROOT, which all pods share; allowed: a folder of the pod's own",
    ),
    "TLS without certificates to trust": one(
      { MOODLE_APPLICATION_CACHE_TLS: "verify-full" },
      "MOODLE_APPLICATION_CACHE_CA_FILE: is missing; it is needed because MOODLE_APPLICATION_CACHE_TLS is verify-full; allowed: an absolute path without a slash at its end",
    ),
    "certificates that are not there": one(
      { MOODLE_DATABASE_TLS: "verify-full", MOODLE_DATABASE_CA_FILE: "/etc/moodle/configuration/database-ca.pem" },
      "MOODLE_DATABASE_CA_FILE: /etc/moodle/configuration/database-ca.pem is empty or cannot be read, so that no certificate would be trusted",
    ),
    "certificates without TLS": one(
      { MOODLE_SESSION_CACHE_CA_FILE: "/etc/ssl/certs/ca-certificates.crt" },
      "MOODLE_SESSION_CACHE_CA_FILE: /etc/ssl/certs/ca-certificates.crt would not be used, because MOODLE_SESSION_CACHE_TLS is off; remove it, or set MOODLE_SESSION_CACHE_TLS to verify-full",
    ),
    "TLS that would verify nothing": one(
      { MOODLE_APPLICATION_CACHE_TLS: "require" },
      'MOODLE_APPLICATION_CACHE_TLS: "require" was given; allowed: verify-full, verify-ca, off',
    ),
    "the primary among the replicas": one(
      { MOODLE_DATABASE_READ_HOSTS: "replica,Database" },
      "MOODLE_DATABASE_READ_HOSTS: names the primary, MOODLE_DATABASE_HOST; allowed: its read replicas",
    ),
    "a name that would change the connection to the database": one(
      { MOODLE_DATABASE_USER: "moodle' host='elsewhere" },
      `MOODLE_DATABASE_USER: "moodle' host='elsewhere" was given; allowed: a name without spaces, quotes and backslashes`,
    ),
    "a user of a cache without a password": one({ MOODLE_SESSION_CACHE_USER: "moodle" }, "MOODLE_SESSION_CACHE_USER: needs the secret file sessionCachePassword"),
    "two caches with the same keys": one(
      { MOODLE_APPLICATION_CACHE_PREFIX: "session-" },
      "MOODLE_APPLICATION_CACHE_PREFIX: is that of the session cache on the same server; purging one would empty the other",
    ),
    "an object store that is not used": one(
      { MOODLE_OBJECT_STORE_BUCKET: "files" },
      "MOODLE_OBJECT_STORE_BUCKET: not used, because MOODLE_FILE_MODE is block; remove it, or set MOODLE_FILE_MODE to objectfs",
    ),
    "mail without a user whose password is there": {
      pod: { environment: { ...ownCluster, MOODLE_MAIL_USER: "" }, secrets: { mailPassword: "canary" } },
      problems: ["MOODLE_MAIL_USER: is missing; it is needed because there is a secret file mailPassword"],
    },
    "a mail user without a password": { pod: { environment: ownCluster }, problems: ["MOODLE_MAIL_USER: needs the secret file mailPassword"] },
    "mail without a port": one(
      { MOODLE_MAIL_HOST: "smtp", MOODLE_MAIL_SECURITY: "none", MOODLE_MAIL_FROM: "a@example.edu" },
      "MOODLE_MAIL_PORT: is missing; it is needed because MOODLE_MAIL_HOST is given",
    ),
    "a sender without a mail server": one({ MOODLE_MAIL_FROM: "a@example.edu" }, "MOODLE_MAIL_FROM: not used without MOODLE_MAIL_HOST"),
    "objectfs without a bucket": store(
      gcp,
      { MOODLE_OBJECT_STORE_BUCKET: "" },
      "MOODLE_OBJECT_STORE_BUCKET: is missing; it is needed because MOODLE_FILE_MODE is objectfs; allowed: at least 3 letters, digits, dots, hyphens and underscores",
    ),
    "S3 with a minted token": store(
      gcp,
      { MOODLE_OBJECT_STORE_CREDENTIALS: "mintedToken", MOODLE_OBJECT_STORE_TOKEN_FILE: "/run/moodle-token/token" },
      "MOODLE_OBJECT_STORE_CREDENTIALS: mintedToken is unknown to the protocol s3; allowed: workloadIdentity, accessKey",
    ),
    "a minted token without a file": store(
      azure,
      { MOODLE_OBJECT_STORE_TOKEN_FILE: "" },
      "MOODLE_OBJECT_STORE_TOKEN_FILE: is missing; it is needed because MOODLE_OBJECT_STORE_CREDENTIALS is mintedToken; allowed: an absolute path without a slash at its end",
    ),
    "a token that was not minted yet": store(
      azure,
      { MOODLE_OBJECT_STORE_TOKEN_FILE: "/run/moodle-token/other" },
      "MOODLE_OBJECT_STORE_TOKEN_FILE: /run/moodle-token/other holds no token yet",
    ),
    "addresses of Blob that nobody can sign": store(
      azure,
      { MOODLE_OBJECT_STORE_PRESIGNED_DOWNLOADS: "true" },
      "MOODLE_OBJECT_STORE_PRESIGNED_DOWNLOADS: Moodle's client for the protocol blob cannot sign addresses; allowed: false",
    ),
    "Blob at another address": store(
      azure,
      { MOODLE_OBJECT_STORE_ENDPOINT: "https://objects.example.edu" },
      `MOODLE_OBJECT_STORE_ENDPOINT: "https://objects.example.edu" was given; Moodle's client for the protocol blob knows only https://moodlefiles.blob.core.windows.net`,
    ),
    "an access key without its files": {
      pod: { environment: gcp, configuration: authorities },
      problems: ["objectStoreAccessKeyId", "objectStoreSecretAccessKey"].map((file) => `${file}: no such secret file, or an empty one, in /etc/moodle/secrets`),
    },
    "a plugin that is not in the image": {
      pod: { environment: gcp, secrets: keys, configuration: authorities, code: { "public/lib/setup.php": setup } },
      problems: ["MOODLE_FILE_MODE: objectfs needs the plugin admin/tool/objectfs, which is not in this image"],
    },
    "a secret that is not there": {
      pod: { environment: onePod, secrets: { databasePassword: "" } },
      problems: ["databasePassword: no such secret file, or an empty one, in /etc/moodle/secrets"],
    },
    "an encryption key of another length": {
      pod: { environment: onePod, secrets: { "encryption/key/sodium.key": "canary" } },
      problems: ["encryption/key/sodium.key: the secret file has 6 bytes; allowed: 32 raw bytes"],
    },
    "peppers that are not numbered": {
      pod: { environment: onePod, secrets: { passwordPeppers: '["canary"]' } },
      problems: ["passwordPeppers: the secret file is not a JSON object"],
    },
    "a pepper that can be guessed": {
      pod: { environment: onePod, secrets: { passwordPeppers: '{"1": "canary-0123456789-abcdefghijklmn", "2": "canary"}' } },
      problems: ["passwordPeppers: the highest one, 2, is easier to guess than 112 random bits"],
    },
    "a setting that the image decides": forced('{"settings": {"dbhost": "elsewhere"}}', "settings.dbhost: is not to be forced, because the image decides it; remove it"),
    "a reverse proxy": forced('{"settings": {"reverseproxy": true}}', "settings.reverseproxy: is not to be forced, because the image decides it; remove it"),
    "a lock that outlives its holder": forced(
      '{"settings": {"lock_factory": "\\\\core\\\\lock\\\\db_record_lock_factory"}}',
      "settings.lock_factory: is not to be forced, because the image decides it; remove it",
    ),
    "a setting that Moodle does not know": forced(
      '{"settings": {"cache_stores": "redis"}}',
      "settings.cache_stores: is not to be forced: Moodle knows no such setting; its caches are configured by MOODLE_APPLICATION_CACHE_HOST; remove it",
    ),
    "another file for the caches' configuration": forced(
      '{"settings": {"altcacheconfigpath": "/etc/moodle"}}',
      "settings.altcacheconfigpath: is not to be forced: its caches are configured by MOODLE_APPLICATION_CACHE_HOST; remove it",
    ),
    "names from config-dist.php that Moodle does not read": forced(
      '{"settings": {"session_redis_lock_retry": 1, "session_redis_maxretries": 1}}',
      "settings.session_redis_lock_retry: is not to be forced: Moodle does not read it; remove it",
      "settings.session_redis_maxretries: is not to be forced: Moodle does not read it; remove it",
    ),
    "a bucket among forced settings": {
      pod: { environment: gcp, secrets: keys, configuration: { ...authorities, "settings.json": '{"pluginSettings": {"tool_objectfs": {"s3_bucket": "other"}}}' } },
      problems: ["pluginSettings.tool_objectfs.s3_bucket: is not to be forced, because the image decides it; remove it"],
    },
    "signed addresses of which none would be used": {
      pod: { environment: gcp, secrets: keys, configuration: { ...authorities, "settings.json": '{"pluginSettings": {"tool_objectfs": {"signingwhitelist": ""}}}' } },
      problems: [
        "pluginSettings.tool_objectfs.signingwhitelist: is empty, so that nothing would be redirected though MOODLE_OBJECT_STORE_PRESIGNED_DOWNLOADS is true; allowed: * or file extensions",
      ],
    },
    "forced settings that are not JSON": forced("{", `/etc/moodle/configuration/settings.json: ${malformed}`),
    "forced settings of another shape": forced('{"settings": {"a": [1]}}', `/etc/moodle/configuration/settings.json: ${malformed}`),
    "forced settings under another name": forced('{"setting": {}}', `/etc/moodle/configuration/settings.json: ${malformed}`),
    "secret settings that are not JSON": {
      pod: { environment: onePod, secrets: { forcedSettings: "canary" } },
      problems: ["forcedSettings: the secret file is not a JSON object"],
    },
  };
}
