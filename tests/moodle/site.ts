import * as fs from "node:fs";
import * as path from "node:path";
import { folders, programs } from "../../components/moodle/environment";
import { objectFsSettings } from "../../components/moodle/objectFs";
import { apcuMemory, internedStringsMemory, memoryLimit, opcacheMemory } from "../../components/moodle/phpSizing";
import type { Code } from "../../images/onThisMachine/moodleTree";
import type { Ending, Program } from "../../images/onThisMachine/program";
import { onePod, secrets, type Variables } from "../images/environments";
import { freePort } from "../../toolchain/freePort";
import type { Lab } from "../images/support/lab";
import type { Pod, PodRequest } from "../images/support/pod";
import type { Postgres } from "../images/support/postgres";
import type { ObjectStore } from "../images/support/s3/objectStore";
import type { Valkey } from "../images/support/valkey";
import { mountsOf } from "../images/volumes";
import { WebPod } from "../images/webPod";

/** Names by which pods find the servers, which are the names in the servers' certificates. */
const hosts = "127.0.0.1 localhost database sessions caches web-pods\n";

export const address = "learn.example.edu";

const administrator = "admin";

/** A site as a cloud would run it, on one machine: every connection to the database and the caches encrypted and verified, files in an S3 store. */
export class Site {
  /** What programs of the image have printed, and servers have logged. */
  private readonly logs: (() => string)[] = [];

  private constructor(
    private readonly lab: Lab,
    readonly postgres: Postgres,
    readonly sessions: Valkey,
    readonly caches: Valkey,
    readonly store: ObjectStore,
    readonly dataroot: string,
    private readonly environment: Variables,
    private readonly mounts: NonNullable<PodRequest["mounts"]>,
  ) {}

  static async make(lab: Lab): Promise<Site> {
    const authority = await lab.authority();
    const [postgres, sessions, caches, store] = await Promise.all([
      lab.postgres({ certificate: await authority.issue("DNS:database") }),
      lab.valkey({ certificate: await authority.issue("DNS:sessions"), user: "sessions" }),
      lab.valkey({ certificate: await authority.issue("DNS:caches"), user: "caches" }),
      lab.objectStore({ allowedAclHeader: "none" }),
    ]);
    const dataroot = lab.newFolder("dataroot");
    fs.chownSync(dataroot, 10033, 10033);
    const authorityFile = `${folders.configuration}/authority.pem`;
    const environment: Variables = {
      ...onePod,
      MOODLE_URL: `https://${address}`,
      MOODLE_TRUSTED_PROXIES: "127.0.0.0/8",
      MOODLE_HTTP_PORT: String(await freePort()),
      MOODLE_PROBE_PORT: String(await freePort()),
      MOODLE_DATABASE_HOST: "database",
      MOODLE_DATABASE_PORT: String(postgres.port),
      MOODLE_DATABASE_TLS: "verify-full",
      MOODLE_DATABASE_CA_FILE: authorityFile,
      MOODLE_SESSION_CACHE_HOST: "sessions",
      MOODLE_SESSION_CACHE_PORT: String(sessions.port),
      MOODLE_SESSION_CACHE_USER: "sessions",
      MOODLE_SESSION_CACHE_TLS: "verify-full",
      MOODLE_SESSION_CACHE_CA_FILE: authorityFile,
      MOODLE_APPLICATION_CACHE_HOST: "caches",
      MOODLE_APPLICATION_CACHE_PORT: String(caches.port),
      MOODLE_APPLICATION_CACHE_USER: "caches",
      MOODLE_APPLICATION_CACHE_TLS: "verify-full",
      MOODLE_APPLICATION_CACHE_CA_FILE: authorityFile,
      MOODLE_FILE_MODE: "objectfs",
      MOODLE_OBJECT_STORE_PROTOCOL: "s3",
      MOODLE_OBJECT_STORE_ENDPOINT: store.endpoint,
      MOODLE_OBJECT_STORE_REGION: store.region,
      MOODLE_OBJECT_STORE_BUCKET: store.bucketName,
      MOODLE_OBJECT_STORE_PREFIX: "moodle/",
      MOODLE_OBJECT_STORE_ACL_HEADER: "none",
      MOODLE_OBJECT_STORE_CHECKSUMS: "whenRequired",
      MOODLE_OBJECT_STORE_PRESIGNED_DOWNLOADS: "true",
      MOODLE_OBJECT_STORE_CREDENTIALS: "accessKey",
      MOODLE_PHP_MEMORY_LIMIT_MIB: String(memoryLimit),
      MOODLE_PHP_WORKERS: "4",
      MOODLE_PHP_MAX_REQUESTS: "1000",
      MOODLE_PHP_OPCACHE_MIB: String(opcacheMemory),
      MOODLE_PHP_INTERNED_STRINGS_MIB: String(internedStringsMemory),
      MOODLE_PHP_APCU_MIB: String(apcuMemory),
      MOODLE_PHP_SLOW_REQUEST_SECONDS: "0",
      MOODLE_RUNNER_KEEP_ALIVE_SECONDS: "0",
      MOODLE_TASK_MAX_RUNTIME_SECONDS: "1800",
      MOODLE_TASK_SCHEDULED_LIMIT: "1",
      MOODLE_TASK_ADHOC_LIMIT: "1",
      MOODLE_SITE_NAME: "Example University",
      MOODLE_SITE_SHORT_NAME: "EU",
      MOODLE_SITE_LANGUAGE: "en",
      MOODLE_ADMIN_USER: administrator,
      MOODLE_ADMIN_EMAIL: "admin@example.edu",
      MOODLE_RELEASE_DEADLINE_SECONDS: "1800",
      MOODLE_WEB_PODS_HOST: "web-pods",
    };
    const offload = objectFsSettings({ largerThan: "0 MiB", after: "0 s", keepLocally: "0 s", redirectDownloads: true });
    const mounts = mountsOf(lab, {
      secrets: {
        databasePassword: postgres.password,
        sessionCachePassword: sessions.password,
        applicationCachePassword: caches.password,
        objectStoreAccessKeyId: store.accessKey.id,
        objectStoreSecretAccessKey: store.accessKey.secret,
      },
      configuration: { "authority.pem": authority.certificate, "settings.json": JSON.stringify({ settings: {}, pluginSettings: { tool_objectfs: offload } }) },
      files: { "/etc/hosts": hosts },
    });
    const site = new Site(lab, postgres, sessions, caches, store, dataroot, environment, { ...mounts, [folders.dataroot]: { from: dataroot, writable: true } });
    site.logs.push(...[postgres, sessions, caches].map(({ program }) => () => program.output));
    return site;
  }

  /** Passwords that nothing may show, by what they open. */
  get canaries(): Variables {
    return {
      "the database": this.postgres.password,
      "the session cache": this.sessions.password,
      "the application cache": this.caches.password,
      "the object store": this.store.accessKey.secret,
      "the administrator": this.administrator.password,
      "web upgrades": secrets["upgradeKey"] ?? "",
    };
  }

  get administrator(): { name: string; password: string } {
    return { name: administrator, password: secrets["adminPassword"] ?? "" };
  }

  get port(): number {
    return Number(this.environment["MOODLE_HTTP_PORT"]);
  }

  /** Everything that was logged so far. */
  get log(): string {
    return this.logs.map((read) => read()).join("\n");
  }

  /** Whether a file of Moodle's is on the shared volume. */
  hasLocally(contentHash: string): boolean {
    return fs.existsSync(path.join(this.dataroot, "filedir", contentHash.slice(0, 2), contentHash.slice(2, 4), contentHash));
  }

  /** A pod of the image with this code; its release is named by the code's version. */
  pod(code: Code, given: Variables = {}): Promise<Pod> {
    return this.lab.pod(this.request(code, given));
  }

  /** Starts a program of the image with this code in a pod of its own. */
  async start(command: readonly string[], code: Code, given: Variables = {}): Promise<Program> {
    const program = await (await this.pod(code, given)).start(command);
    this.logs.push(() => program.output);
    return program;
  }

  async run(command: readonly string[], code: Code, given: Variables = {}): Promise<Ending> {
    return (await this.start(command, code, given)).ended;
  }

  /** Starts a web pod as the chart does: its servers begin when the database belongs to its code. */
  async startWeb(code: Code, given: Variables = {}): Promise<WebPod> {
    const gate = await this.run(programs.awaitRelease, code, given);
    if (gate.code !== 0) throw new Error(`await-release ended with ${gate.code}: ${gate.stdout}${gate.stderr}`);
    const web = await WebPod.serve(this.lab, this.request(code, given));
    this.logs.push(() => web.log("nginx"), () => web.log("php-fpm"));
    return web;
  }

  /** What a pod of the image with this code is given. */
  request(code: Code, given: Variables = {}) {
    return {
      code: code.folder,
      debian: code.debian,
      environment: { ...this.environment, MOODLE_VERSION: code.point, MOODLE_RELEASE: code.version, ...given },
      mounts: this.mounts,
    };
  }
}
