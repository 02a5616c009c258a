import { expect } from "chai";
import { secretFiles } from "../../components/moodle/environment";
import { aws, azure, gcp, onePod, ownCluster, secrets, type Variables } from "./environments";
import { freePort } from "./support/freePort";
import { aLab } from "./support/lab";
import type { Ending } from "./support/program";
import { mountsOf, type Volumes } from "./volumes";

// Not proved here: that Moodle does with these settings what it should. That takes a real Moodle: docs/moodle-proof.md.

interface Site extends Volumes {
  readonly environment: Variables;
}

type Settings = Readonly<Record<string, unknown>>;

/** In the place of Moodle's own: prints what it would begin with. */
const setup = `<?php
$variables = ['PGSSLMODE', 'PGSSLROOTCERT', 'AWS_REQUEST_CHECKSUM_CALCULATION', 'AWS_RESPONSE_CHECKSUM_VALIDATION'];
echo json_encode(['settings' => $CFG, 'variables' => array_filter(array_combine($variables, array_map('getenv', $variables)))]);
`;
const plugin = "<?php\n";
const plugins = {
  "public/admin/tool/forcedcache/version.php": plugin,
  "public/admin/tool/objectfs/version.php": plugin,
  "public/local/azureblobstorage/version.php": plugin,
};
const code = { "public/lib/setup.php": setup, ...plugins };
const certificate = "-----BEGIN CERTIFICATE-----\nZGF0YWJhc2U=\n-----END CERTIFICATE-----\n";
const authorities = { "database-ca.pem": certificate, "session-cache-ca.pem": certificate, "application-cache-ca.pem": certificate };

const keys = { objectStoreAccessKeyId: "GOOG1EXAMPLE", objectStoreSecretAccessKey: "canary-of-storage" };

/** What every site has. */
const everywhere = {
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

const objectFs = { enabletasks: 1, deletelocal: 1, deleteexternal: 0, signingwhitelist: "*", proxyrangerequests: 0 };

interface Configured {
  readonly title: string;
  readonly pod: Site;
  /** What differs from every other site; undefined: not there. */
  readonly settings: Settings;
  readonly variables?: Variables;
}

const sites: readonly Configured[] = [
  { title: "one pod with nothing encrypted", pod: { environment: onePod }, settings: {} },
  {
    title: "AWS: an authority of RDS's own, users of the caches, S3 by the pods' identity",
    pod: {
      environment: aws,
      secrets: { sessionCachePassword: "canary-of-sessions", applicationCachePassword: "canary-of-caches\n", passwordPeppers: '{"1": "", "2": "canary-0123456789-abcdefghijklmn"}' },
      configuration: authorities,
    },
    settings: {
      dbhost: "moodle.c1.eu-central-1.rds.amazonaws.com",
      dboptions: { dbpersist: false, dbport: 5432, connecttimeout: 5, ssl: "verify-full" },
      session_redis_host: "master.sessions.cache.amazonaws.com",
      session_redis_auth: ["sessions", "canary-of-sessions"],
      session_redis_encrypt: { cafile: "/etc/ssl/certs/ca-certificates.crt", verify_peer: true, verify_peer_name: true },
      ...forcedCache({
        server: "master.caches.cache.amazonaws.com:6379",
        password: ["caches", "canary-of-caches"],
        encryption: true,
        cafile: "/etc/ssl/certs/ca-certificates.crt",
      }),
      passwordpeppers: { 1: "", 2: "canary-0123456789-abcdefghijklmn" },
      alternative_file_system_class: "\\tool_objectfs\\s3_file_system",
      forced_plugin_settings: {
        tool_objectfs: {
          ...objectFs,
          filesystem: "\\tool_objectfs\\s3_file_system",
          enablepresignedurls: 1,
          s3_bucket: "moodle-files",
          s3_region: "eu-central-1",
          s3_base_url: "",
          key_prefix: "moodle/",
          signingmethod: "s3",
          s3_usesdkcreds: 1,
          s3_key: "",
          s3_secret: "",
        },
      },
    },
    variables: { PGSSLROOTCERT: "/etc/moodle/configuration/database-ca.pem" },
  },
  {
    title: "Azure: public authorities, one Managed Redis for both caches, Blob with a minted token",
    pod: {
      environment: azure,
      secrets: { sessionCachePassword: "canary-of-redis", applicationCachePassword: "canary-of-redis" },
      // The plan redirects downloads wherever it is not told otherwise; the client of this store cannot.
      configuration: { "settings.json": '{"settings": {}, "pluginSettings": {"tool_objectfs": {"enablepresignedurls": 1, "sizethreshold": 1048576}}}' },
      token: "?sv=2024-11-04&sig=canary\n",
    },
    settings: {
      dbhost: "moodle.postgres.database.azure.com",
      dboptions: { dbpersist: false, dbport: 5432, connecttimeout: 5, ssl: "verify-full" },
      session_redis_host: "moodle.westeurope.redis.azure.net",
      session_redis_port: 10000,
      session_redis_auth: "canary-of-redis",
      session_redis_encrypt: { cafile: "/etc/ssl/certs/ca-certificates.crt", verify_peer: true, verify_peer_name: true },
      ...forcedCache({ server: "moodle.westeurope.redis.azure.net:10000", password: "canary-of-redis", encryption: true, cafile: "/etc/ssl/certs/ca-certificates.crt" }),
      alternative_file_system_class: "\\tool_objectfs\\azure_blob_storage_file_system",
      forced_plugin_settings: {
        tool_objectfs: {
          ...objectFs,
          sizethreshold: 1048576,
          filesystem: "\\tool_objectfs\\azure_blob_storage_file_system",
          enablepresignedurls: 0,
          azure_accountname: "moodlefiles",
          azure_container: "moodle-files/moodle",
          azure_sastoken: "sv=2024-11-04&sig=canary",
        },
      },
    },
    variables: { PGSSLROOTCERT: "/etc/ssl/certs/ca-certificates.crt" },
  },
  {
    title: "Google Cloud: addresses instead of names, authorities of their own, Cloud Storage as S3 with uniform access",
    pod: {
      environment: gcp,
      secrets: { sessionCachePassword: "canary-of-sessions", objectStoreAccessKeyId: "GOOG1EXAMPLE", objectStoreSecretAccessKey: "canary-of-storage" },
      configuration: authorities,
    },
    settings: {
      dbhost: "10.64.0.3",
      dboptions: { dbpersist: false, dbport: 5432, connecttimeout: 5 },
      session_redis_host: "10.64.0.4",
      session_redis_port: 6378,
      session_redis_auth: "canary-of-sessions",
      session_redis_encrypt: { cafile: "/etc/moodle/configuration/session-cache-ca.pem", verify_peer: true, verify_peer_name: false },
      ...forcedCache({ server: "10.64.0.5:6378", encryption: true, cafile: "/etc/moodle/configuration/application-cache-ca.pem" }),
      alternative_file_system_class: "\\MoodleImage\\ObjectStore\\FileSystem",
      forced_plugin_settings: {
        tool_objectfs: {
          ...objectFs,
          filesystem: "\\MoodleImage\\ObjectStore\\FileSystem",
          enablepresignedurls: 1,
          s3_bucket: "moodle-files",
          s3_region: "europe-west3",
          s3_base_url: "https://storage.googleapis.com",
          key_prefix: "moodle/",
          signingmethod: "s3",
          s3_usesdkcreds: 0,
          s3_key: "GOOG1EXAMPLE",
          s3_secret: "canary-of-storage",
        },
      },
    },
    variables: {
      PGSSLMODE: "verify-ca",
      PGSSLROOTCERT: "/etc/moodle/configuration/database-ca.pem",
      AWS_REQUEST_CHECKSUM_CALCULATION: "when_required",
      AWS_RESPONSE_CHECKSUM_VALIDATION: "when_required",
    },
  },
  {
    title: "a shared folder with read replicas, mail and forced settings, of which the secret ones come last",
    pod: {
      environment: ownCluster,
      secrets: { mailPassword: "canary-of-mail", forcedSettings: '{"settings": {"sessiontimeout": 900}, "pluginSettings": {"auth_oidc": {"clientsecret": "canary-of-oidc"}}}' },
      configuration: { "settings.json": '{"settings": {"sessiontimeout": 7200, "debugdisplay": true}, "pluginSettings": {"auth_oidc": {"clientid": "moodle", "debugmode": false}}}' },
    },
    settings: {
      supportemail: "help@example.edu",
      debugdisplay: 1,
      sessiontimeout: 900,
      dboptions: {
        dbpersist: false,
        dbport: 5432,
        connecttimeout: 5,
        ssl: "disable",
        readonly: { instance: ["replica-1", "replica-2"], connecttimeout: 2 },
      },
      noemailever: undefined,
      smtphosts: "smtp.example.edu:587",
      smtpsecure: "tls",
      smtpuser: "moodle",
      smtppass: "canary-of-mail",
      noreplyaddress: "no-reply@example.edu",
      forced_plugin_settings: { auth_oidc: { clientid: "moodle", debugmode: 0, clientsecret: "canary-of-oidc" } },
    },
  },
  {
    title: "mail over TLS from the start, without a user",
    pod: {
      environment: { ...onePod, MOODLE_MAIL_HOST: "smtp.example.edu", MOODLE_MAIL_PORT: "465", MOODLE_MAIL_SECURITY: "tls", MOODLE_MAIL_FROM: "no-reply@example.edu" },
    },
    settings: { noemailever: undefined, smtphosts: "smtp.example.edu:465", smtpsecure: "ssl", smtpuser: "", smtppass: "", noreplyaddress: "no-reply@example.edu" },
  },
  {
    title: "a runner, which is told the limits of tasks",
    pod: {
      environment: { ...onePod, MOODLE_TASK_SCHEDULED_LIMIT: "2", MOODLE_TASK_ADHOC_LIMIT: "5", MOODLE_TASK_MAX_RUNTIME_SECONDS: "1800" },
    },
    settings: { task_scheduled_concurrency_limit: 2, task_adhoc_concurrency_limit: 5, task_scheduled_max_runtime: 1800, task_adhoc_max_runtime: 1800 },
  },
  {
    title: "short requests, which wait for a session no longer than they may take",
    pod: { environment: { ...onePod, MOODLE_REQUEST_TIMEOUT_SECONDS: "60" } },
    settings: { session_redis_acquire_lock_timeout: 50, session_redis_lock_expire: 90 },
  },
  {
    title: "Moodle 4.5, whose web root is the code's own folder",
    pod: {
      environment: { ...onePod, MOODLE_VERSION: "4.5.8" },
      code: { "lib/setup.php": setup, "admin/tool/forcedcache/version.php": plugin },
    },
    settings: {},
  },
  {
    title: "an image with language packs",
    pod: { environment: onePod, files: { "/opt/moodle/languages/de/langconfig.php": plugin } },
    settings: { langotherroot: "/opt/moodle/languages" },
  },
  {
    title: "an image without the plugin that configures caches, where Moodle keeps to its own",
    pod: { environment: onePod, code: { "public/lib/setup.php": setup } },
    settings: { alternative_cache_factory_class: undefined, tool_forcedcache_config_array: undefined },
  },
];

describe("config.php", function () {
  this.timeout("120s");
  const lab = aLab();

  async function configured({ environment, ...volumes }: Site): Promise<Ending> {
    const pod = await lab.pod({ environment, mounts: mountsOf(lab, { code, ...volumes }) });
    return pod.run(["php", "/opt/moodle/config.php"]);
  }

  for (const { title, pod, settings, variables = {} } of sites) {
    it(`configures ${title}`, async () => {
      const { code: status, stdout, stderr } = await configured(pod);

      expect(stderr, "the log").to.equal("");
      expect(status).to.equal(0);
      const found = JSON.parse(stdout) as { settings: Settings; variables: Variables };
      expect(found.settings).to.deep.equal(JSON.parse(JSON.stringify({ ...everywhere, ...settings })));
      expect(found.variables).to.deep.equal(Object.keys(variables).length === 0 ? [] : variables);
    });
  }

  for (const [title, { pod, problems }] of Object.entries(refusals())) {
    it(`refuses ${title}`, async () => {
      const { code: status, stdout, stderr } = await configured(pod);

      expect(status, stdout).to.equal(1);
      expect(stdout).to.equal("");
      expect(problemsIn(stderr)).to.deep.equal(problems);
    });
  }

  it("tells no secret, whatever is wrong with the environment and the secrets themselves", async () => {
    const all = Object.fromEntries(secretFiles.map(({ path }) => [path, `canary of ${path}`]));
    const address = { MOODLE_URL: "https://user:canary-in-an-address@learn.example.edu" };

    const wrongEnvironment = await configured({ environment: { ...onePod, ...address }, secrets: all });
    const wrongSecrets = await configured({ environment: onePod, secrets: { ...all, "mailPassword": "", "encryption/key/sodium.key": "canary-of-32-bytes-length-012345" } });

    expect(problemsIn(wrongEnvironment.stderr).map((problem) => problem.split(":")[0])).to.deep.equal(["MOODLE_URL", "encryption/key/sodium.key"]);
    expect(problemsIn(wrongSecrets.stderr).map((problem) => problem.split(":")[0])).to.deep.equal(["passwordPeppers", "forcedSettings"]);
    for (const { code: status, stdout, stderr } of [wrongEnvironment, wrongSecrets]) {
      expect(status).to.equal(1);
      expect(stdout + stderr).not.to.contain("canary");
    }
  });

  it("answers visitors with 503 and a page that tells them nothing but to come back", async () => {
    const page = "<?php\nrequire '/opt/moodle/config.php';\n";
    const port = await freePort();
    const environment = { ...onePod, MOODLE_DATABASE_HOST: "" };
    const pod = await lab.pod({ environment, mounts: mountsOf(lab, { code: { ...code, "public/index.php": page } }) });
    const server = await pod.start(["php", "-S", `127.0.0.1:${port}`, "-t", "/opt/moodle/code/public"]);
    await server.until("listening", () => server.stderr.includes("started"));

    const answer = await fetch(`http://127.0.0.1:${port}/`);
    const text = await answer.text();

    expect(answer.status).to.equal(503);
    expect(answer.headers.get("retry-after")).to.equal("60");
    expect(answer.headers.get("content-type")).to.equal("text/html; charset=utf-8");
    expect(answer.headers.get("cache-control")).to.equal("no-store");
    expect(text).to.contain("Please try again in a few minutes.");
    expect(text).not.to.match(/MOODLE_|\/opt\/|database|Error/);
    const line = server.stderr.split("\n").find((one) => one.startsWith("{")) ?? "";
    expect(problemsIn(`${line}\n`)).to.deep.equal(["MOODLE_DATABASE_HOST: is missing; allowed: a host name or IPv4 address, without scheme and port"]);
  });

  it("names the place and nothing else of a mistake of its own", async () => {
    const broken = "<?php namespace MoodleImage\\Configuration; final class Site { static function settings() { throw new \\Error('canary'); } }";

    const { code: status, stdout, stderr } = await configured({ environment: onePod, files: { "/opt/moodle/lib/Configuration/Site.php": broken } });

    expect(status).to.equal(1);
    expect(problemsIn(stderr)).to.deep.equal(["Error in /opt/moodle/lib/Configuration/Site.php, line 1"]);
    expect(stdout + stderr).not.to.contain("canary");
  });
});

interface Refusal {
  readonly pod: Site;
  /** All of them, in their order. */
  readonly problems: readonly string[];
}

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
    "an application cache whose name would not be verified": one(
      { MOODLE_APPLICATION_CACHE_TLS: "verify-ca", MOODLE_APPLICATION_CACHE_CA_FILE: "/etc/ssl/certs/ca-certificates.crt" },
      'MOODLE_APPLICATION_CACHE_TLS: "verify-ca" was given; allowed: verify-full, off',
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

/** The problems in a log that is one line of JSON. */
function problemsIn(log: string): readonly string[] {
  expect(log).to.match(/^\{.*\}\n$/);
  const { event, problems } = JSON.parse(log) as { event: string; problems: readonly string[] };
  expect(event).to.equal("environment.refused");
  return problems;
}

function forcedCache(server: Settings) {
  const ofThePod = ["core/string", "core/langmenu", "core/plugin_functions"].map((name) => ({ conditions: { name }, stores: ["apcu", "redis"] }));
  return {
    alternative_cache_factory_class: "tool_forcedcache_cache_factory",
    tool_forcedcache_config_array: {
      stores: {
        apcu: { type: "apcu", config: { prefix: "moodle_" } },
        redis: {
          type: "redis",
          config: { server: "cache:6379", clustermode: false, password: "", prefix: "cache-", serializer: 2, compressor: 0, connectiontimeout: 3, encryption: false, ...server },
        },
      },
      rules: { application: [...ofThePod, { stores: ["redis"] }], session: [{ stores: ["redis"] }], request: [] },
      definitionoverrides: [],
    },
  };
}
