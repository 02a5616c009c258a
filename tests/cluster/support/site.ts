import * as path from "node:path";
import { obtainHelm } from "../../../toolchain/helm";
import { runCommand, type CommandResult } from "../../../toolchain/command";
import { silent } from "../../../toolchain/setup/progress.cjs";
import type { Forward } from "../../../cluster/node/forward";
import { secrets } from "../../images/environments";
import type { Code } from "../../images/moodleSite";
import type { Lab } from "../../images/support/lab";
import { restrictedNamespace } from "./objects";
import { Servers } from "./servers";
import { pointOf, standIn } from "./standIn";
import type { TestNode } from "./testNode";
import { hostname } from "./visitors";

const chart = path.join(__dirname, "../../../charts/moodle");
const namespace = "site";
/** On the node, where it is made as root's: 0755. */
const volume = "/var/lib/volumes/site";

const small = { cpuRequest: "20m", memoryMiB: 256 };
const runner = { replicas: 1, memoryLimitMiB: 128, terminationGraceSeconds: 60, resources: small };

/** Part of the chart's values. */
export type Values = Readonly<Record<string, unknown>>;

/** Moodle's stand-in on a node, installed by the chart alone, with servers beside it. */
export class Site {
  private readonly images = new Map<string, Promise<string>>();
  private readonly folder: string;

  private constructor(
    private readonly node: TestNode,
    private readonly lab: Lab,
    private readonly helm: string,
    readonly servers: Servers,
  ) {
    this.folder = lab.newFolder("helm");
  }

  static async make(node: TestNode, lab: Lab): Promise<Site> {
    const { binary } = await obtainHelm(silent);
    const site = new Site(node, lab, binary, await Servers.start(node, lab));
    await node.inside("mkdir", "-p", "-m", "755", volume);
    const { databasePassword: _, "encryption/key/sodium.key": encryptionKey = "", ...others } = secrets;
    const stringData = { ...others, encryptionKey, databasePassword: site.servers.passwords.database, cachePassword: site.servers.passwords.cache };
    await node.apply(restrictedNamespace(namespace), { apiVersion: "v1", kind: "Secret", metadata: { namespace, name: "moodle" }, stringData });
    return site;
  }

  /** Installs the chart with this code, or upgrades to it, and waits as long as Helm does. */
  async release(code: Code, changes: Values = {}, seconds = 180): Promise<CommandResult> {
    const image = await this.image(code);
    const [repository = "", digest = ""] = image.split("@");
    const values = { ...this.values(), image: { repository, digest }, moodle: { version: pointOf(code) }, ...changes };
    const file = path.join(this.lab.folderWith({ "values.json": JSON.stringify(values) }), "values.json");
    return this.run("upgrade", "--install", "moodle", chart, "--values", file, "--wait", "--wait-for-jobs", "--timeout", `${seconds}s`);
  }

  /** What every release says of its Job. */
  readonly job = { deadlineSeconds: 600, memoryLimitMiB: 128, resources: small };

  /** What every release says of its web pods. */
  readonly web = {
    drainSeconds: 5,
    terminationGraceSeconds: 60,
    php: { workers: 4, opcacheMiB: 128, internedStringsMiB: 8, apcuMiB: 16, resources: { cpuRequest: "20m", memoryMiB: 896 } },
    nginx: { resources: { cpuRequest: "20m" } },
  };

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
    const image = this.images.get(code.version) ?? this.node.loadMoodle({ code: standIn(this.lab, code) });
    this.images.set(code.version, image);
    return image;
  }

  /** A port of this machine that leads to the site's Service. */
  async open(): Promise<Forward> {
    return this.node.forward(await this.kubectl("get", "service", "moodle-web", "--output", "jsonpath={.spec.clusterIP}"), 80);
  }

  kubectl(...args: string[]): Promise<string> {
    return this.node.kubectl(...args, "--namespace", namespace);
  }

  attempt(...args: string[]): Promise<CommandResult> {
    return this.node.attempt(...args, "--namespace", namespace);
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

  /** What the pods of a component have printed, ended ones included. */
  log(component: string): Promise<string> {
    return this.kubectl("logs", "--selector", `app.kubernetes.io/component=${component}`, "--tail=-1", "--prefix");
  }

  /** The points that Moodle's scripts have passed, in their order, each with the script. */
  async passed(): Promise<string[]> {
    const printed = await this.onVolume('[ ! -e calls ] || cat calls');
    return printed.split("\n").filter((line) => line !== "").map((line) => (JSON.parse(line) as [string, string])[1]);
  }

  /** Makes a point of Moodle's scripts wait; see tests/images/fixtures/moodle/script.php. */
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

  private values(): Values {
    const tls = { ca: [this.servers.authority] };
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
      web: this.web,
      cron: runner,
      adhoc: runner,
      job: this.job,
      network: {
        ingressFrom: [{ namespace: "edge" }],
        requiredEgress: [
          { namespace: "servers", port: 5432, protocol: "TCP", reason: "database" },
          { namespace: "servers", port: 6379, protocol: "TCP", reason: "caches" },
        ],
      },
    };
  }

  private run(...args: string[]): Promise<CommandResult> {
    const [command = "", ...rest] = args;
    // What it learnt of another node at the same port would be wrong of this one.
    const env = { ...process.env, KUBECACHEDIR: this.folder, HELM_CACHE_HOME: this.folder };
    return runCommand(this.helm, [command, ...rest, "--namespace", namespace, "--kubeconfig", this.node.kubeconfig], { env });
  }
}
