import * as path from "node:path";
import type { ImageRequest } from "../../../images/onThisMachine/moodleImage";
import type { Code as MoodleCode } from "../../../images/onThisMachine/moodleTree";
import type { Code as StandInCode } from "../../../images/standIn/code";
import { pointOf } from "../../../images/standIn/code";
import { standIn } from "../../../images/standIn/tree";
import { obtainHelm } from "../../../toolchain/helm";
import { runCommand, type CommandResult } from "../../../toolchain/command";
import { silent } from "../../../toolchain/setup/progress.cjs";
import type { Forward } from "../../../cluster/node/forward";
import { secrets } from "../../images/environments";
import type { Lab } from "../../images/support/lab";
import { namespaceOf, type PodSecurity } from "./objects";
import type { StoreOfNode } from "./objectStore";
import { Servers, type CacheCertificate } from "./servers";
import type { TestNode } from "./testNode";
import { hostname } from "./visitors";

const chart = path.join(__dirname, "../../../charts/moodle");
const namespace = "site";
/** On the node, where it is made as root's: 0755. */
const volume = "/var/lib/volumes/site";

const small = { cpuRequest: "20m", memoryMiB: 256 };
const web = {
  drainSeconds: 5,
  terminationGraceSeconds: 60,
  php: { workers: 4, opcacheMiB: 128, internedStringsMiB: 8, apcuMiB: 16, resources: { cpuRequest: "20m", memoryMiB: 896 } },
  nginx: { resources: { cpuRequest: "20m" } },
};
const runner = { replicas: 1, memoryLimitMiB: 128, terminationGraceSeconds: 60, resources: small };

const egress = [
  { namespace: "servers", port: 5432, protocol: "TCP", reason: "database" },
  { namespace: "servers", port: 6379, protocol: "TCP", reason: "caches" },
];

/** Part of the chart's values, merged by Helm with what every site has. */
export type Values = Readonly<Record<string, unknown>>;

export interface SiteRequest {
  readonly podSecurity?: PodSecurity;
  readonly cacheCertificate?: CacheCertificate;
  /** What makes it another site than two web pods on a shared volume. */
  readonly values?: Values;
}

/** What a site runs: Moodle's stand-in, or a Moodle. */
type Code = StandInCode | MoodleCode;

/** Moodle or its stand-in on a node, installed by the chart alone, with servers beside it. */
export class Site {
  private readonly images = new Map<string, Promise<string>>();
  private readonly folder: string;

  private constructor(
    private readonly node: TestNode,
    private readonly lab: Lab,
    private readonly helm: string,
    readonly servers: Servers,
    private own: Values,
  ) {
    this.folder = lab.newFolder("helm");
  }

  static async make(node: TestNode, lab: Lab, { podSecurity, cacheCertificate, values = {} }: SiteRequest = {}): Promise<Site> {
    const { binary } = await obtainHelm(silent);
    const site = new Site(node, lab, binary, await Servers.start(node, lab, cacheCertificate), values);
    await node.inside("mkdir", "-p", "-m", "755", volume);
    const { databasePassword: _, "encryption/key/sodium.key": encryptionKey = "", ...others } = secrets;
    const stringData = { ...others, encryptionKey, databasePassword: site.servers.passwords.database, cachePassword: site.servers.passwords.cache };
    await node.apply(namespaceOf(namespace, podSecurity), { apiVersion: "v1", kind: "Secret", metadata: { namespace, name: "moodle" }, stringData });
    return site;
  }

  /** Installs the chart with this code, or upgrades to it, and waits as long as Helm does. */
  async release(code: Code, changes: Values = {}, seconds = 180): Promise<CommandResult> {
    const image = await this.image(code);
    const [repository = "", digest = ""] = image.split("@");
    const layers = [this.values(), this.own, { image: { repository, digest }, moodle: { version: "point" in code ? code.point : pointOf(code) } }, changes];
    const folder = this.lab.folderWith(Object.fromEntries(layers.map((layer, index) => [`${index}.json`, JSON.stringify(layer)])));
    const values = layers.flatMap((_, index) => ["--values", path.join(folder, `${index}.json`)]);
    return this.run("upgrade", "--install", "moodle", chart, ...values, "--wait", "--wait-for-jobs", "--timeout", `${seconds}s`);
  }

  /** Moves files to an object store from the next release on, with an access key out of a Secret. */
  async keepFilesIn({ endpoint, port, accessKey }: StoreOfNode, more: Values = {}): Promise<void> {
    const secret = { name: "object-store", keys: { objectStoreAccessKeyId: accessKey.id, objectStoreSecretAccessKey: accessKey.secret } };
    await this.node.apply({ apiVersion: "v1", kind: "Secret", metadata: { namespace, name: secret.name }, stringData: secret.keys });
    const objectStore = { protocol: "s3", endpoint, region: "eu-central-1", bucket: "moodle-files", prefix: "site/", aclHeader: "none", checksums: "whenRequired", ca: [this.servers.authority.certificate], credentials: { kind: "accessKey" }, ...more };
    this.own = {
      ...this.own,
      files: { mode: "objectfs", objectStore },
      secrets: Object.fromEntries(Object.keys(secret.keys).map((key) => [key, { name: secret.name, key }])),
      network: { requiredEgress: [...egress, { namespace: "servers", port, protocol: "TCP", reason: "object store" }] },
    };
  }

  uninstall(): Promise<CommandResult> {
    return this.run("uninstall", "moodle", "--wait", "--timeout", "120s");
  }

  /** The state of the newest revision, in Helm's words. */
  async state(): Promise<string> {
    const { stdout } = await this.run("status", "moodle", "--output", "json");
    return (JSON.parse(stdout) as { info: { status: string } }).info.status;
  }

  /** Makes the image of a code, so that no test has to wait for it. */
  image(code: Code): Promise<string> {
    const key = "folder" in code ? code.folder : code.version;
    const image = this.images.get(key) ?? this.node.loadMoodle(this.imageRequest(code));
    this.images.set(key, image);
    return image;
  }

  /** A port of this machine that leads to the site's Service. */
  async open(): Promise<Forward> {
    return this.node.forward(await this.kubectl("get", "service", "moodle-web", "--output", "jsonpath={.spec.clusterIP}"), 80);
  }

  kubectl(...args: string[]): Promise<string> {
    return this.node.kubectl("--namespace", namespace, ...args);
  }

  attempt(...args: string[]): Promise<CommandResult> {
    return this.node.attempt("--namespace", namespace, ...args);
  }

  /** Writes an object into a file, for commands that read no standard input. */
  file(item: object): string {
    return path.join(this.lab.folderWith({ "object.json": JSON.stringify(item) }), "object.json");
  }

  until<T>(what: string, ask: () => Promise<T>, isSo: (answer: T) => boolean, seconds?: number): Promise<T> {
    return this.node.until(what, ask, isSo, seconds);
  }

  /** Names of the pods of a component that are not ended. */
  async pods(component: string): Promise<string[]> {
    const printed = await this.kubectl("get", "pods", "--selector", `app.kubernetes.io/component=${component}`, "--field-selector=status.phase!=Succeeded,status.phase!=Failed", "--output", "jsonpath={.items[*].metadata.name}");
    return printed.split(" ").filter((name) => name !== "");
  }

  /** What a container of a component's pods has printed, of ended ones as well; by default the first. */
  log(component: string, ...container: string[]): Promise<string> {
    return this.kubectl("logs", "--selector", `app.kubernetes.io/component=${component}`, "--tail=-1", "--prefix", ...container.map((name) => `--container=${name}`));
  }

  /** The points that Moodle's scripts have passed, in their order, each with the script. */
  async passed(): Promise<string[]> {
    return (await this.calls()).map(([, point]) => point);
  }

  /** How many of Moodle's scripts came to a point and not beyond it. */
  async waitingAt(point: string): Promise<number> {
    return [...new Map(await this.calls()).values()].filter((last) => last === point).length;
  }

  /** Makes a point of Moodle's scripts wait; see images/standIn/commandLine/script.php. */
  async hold(point: string): Promise<void> {
    await this.onVolume(`: > 'hold-${point}'`);
  }

  async letGo(point: string): Promise<void> {
    await this.onVolume(`rm 'hold-${point}'`);
  }

  /** Makes a point of Moodle's scripts fail. */
  async fail(point: string): Promise<void> {
    await this.onVolume(`echo 1 > 'fail-${point}'`);
  }

  async heal(point: string): Promise<void> {
    await this.onVolume(`rm 'fail-${point}'`);
  }

  /** Runs a line of shell in the folder of the shared volume, on the node. */
  onVolume(line: string): Promise<string> {
    return this.node.inside("sh", "-c", `cd ${volume} && ${line}`);
  }

  /** Scripts and the points that they passed. */
  private async calls(): Promise<[script: string, point: string][]> {
    const printed = await this.onVolume("[ ! -e calls ] || cat calls");
    return printed.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as [string, string]);
  }

  private imageRequest(code: Code): ImageRequest {
    return "folder" in code ? { code: code.folder, debian: code.debian } : { code: standIn(this.lab.newFolder("stand-in"), code) };
  }

  private values(): Values {
    const tls = { ca: [this.servers.authority.certificate] };
    const cache = { host: this.servers.cache, tls };
    const from = (key: string) => ({ name: "moodle", key });
    return {
      site: { hostname, adminEmail: "admin@example.edu" },
      files: { mode: "shared", volume: { local: { path: volume }, nodeAffinity: { "kubernetes.io/hostname": [this.node.name] }, prepare: "fsGroup" } },
      database: { host: this.servers.database, tls },
      sessionCache: { ...cache, prefix: "session-" },
      applicationCache: { ...cache, prefix: "cache-" },
      secrets: {
        ...Object.fromEntries(["databasePassword", "adminPassword", "encryptionKey", "upgradeKey"].map((key) => [key, from(key)])),
        sessionCachePassword: from("cachePassword"),
        applicationCachePassword: from("cachePassword"),
      },
      web,
      cron: runner,
      adhoc: runner,
      job: { deadlineSeconds: 600, memoryLimitMiB: 128, resources: small },
      network: { ingressFrom: [{ namespace: "edge" }], requiredEgress: egress },
    };
  }

  private run(...args: string[]): Promise<CommandResult> {
    const [command = "", ...rest] = args;
    // What it learnt of another node at the same port would be wrong of this one.
    const env = { ...process.env, KUBECACHEDIR: this.folder, HELM_CACHE_HOME: this.folder };
    return runCommand(this.helm, [command, ...rest, "--namespace", namespace, "--kubeconfig", this.node.kubeconfig], { env });
  }
}
