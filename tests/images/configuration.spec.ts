import { expect } from "chai";
import { secretFiles } from "../../components/moodle/environment";
import { authorities, code, configured, plugin, problemsIn, setup, type Site } from "./configured";
import { aws, azure, gcp, onePod, ownCluster, type Variables } from "./environments";
import { everywhere, forcedCache, type Settings } from "./settings";
import { freePort } from "../../toolchain/freePort";
import { aLab } from "./support/lab";
import { mountsOf } from "./volumes";

// Not proved here: that Moodle does with these settings what it should. That takes a real Moodle: docs/moodle-proof.md.

const objectFs = { enabletasks: 1, deletelocal: 1, deleteexternal: 0, signingwhitelist: "*", proxyrangerequests: 0 };

interface Configured {
  readonly title: string;
  readonly pod: Site;
  /** What differs from every other site; undefined: not there. */
  readonly settings: Settings;
  readonly variables?: Variables;
}

/** Looked up in Debian's folder of certificates: the bundle is read whole for every connection. */
const publiclyTrusted = { capath: "/etc/ssl/certs", verify_peer: true, verify_peer_name: true };

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
      session_redis_encrypt: publiclyTrusted,
      ...forcedCache({ server: "tls://master.caches.cache.amazonaws.com", authentication: ["caches", "canary-of-caches"], context: { stream: publiclyTrusted } }),
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
      session_redis_encrypt: publiclyTrusted,
      ...forcedCache({ server: "tls://moodle.westeurope.redis.azure.net", port: 10000, authentication: "canary-of-redis", context: { stream: publiclyTrusted } }),
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
      ...forcedCache({
        server: "tls://10.64.0.5",
        port: 6378,
        context: { stream: { cafile: "/etc/moodle/configuration/application-cache-ca.pem", verify_peer: true, verify_peer_name: false } },
      }),
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

  for (const { title, pod, settings, variables = {} } of sites) {
    it(`configures ${title}`, async () => {
      const { code: status, stdout, stderr } = await configured(lab, pod);

      expect(stderr, "the log").to.equal("");
      expect(status).to.equal(0);
      const found = JSON.parse(stdout) as { settings: Settings; variables: Variables };
      expect(found.settings).to.deep.equal(JSON.parse(JSON.stringify({ ...everywhere, ...settings })));
      expect(found.variables).to.deep.equal(Object.keys(variables).length === 0 ? [] : variables);
    });
  }

  it("tells no secret, whatever is wrong with the environment and the secrets themselves", async () => {
    const all = Object.fromEntries(secretFiles.map(({ path }) => [path, `canary of ${path}`]));
    const address = { MOODLE_URL: "https://user:canary-in-an-address@learn.example.edu" };

    const wrongEnvironment = await configured(lab, { environment: { ...onePod, ...address }, secrets: all });
    const wrongSecrets = await configured(lab, { environment: onePod, secrets: { ...all, "mailPassword": "", "encryption/key/sodium.key": "canary-of-32-bytes-length-012345" } });

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

    const { code: status, stdout, stderr } = await configured(lab, { environment: onePod, files: { "/opt/moodle/lib/Configuration/Site.php": broken } });

    expect(status).to.equal(1);
    expect(problemsIn(stderr)).to.deep.equal(["Error in /opt/moodle/lib/Configuration/Site.php, line 1"]);
    expect(stdout + stderr).not.to.contain("canary");
  });
});
