import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Forward } from "../../../cluster/node/forward";
import { writeImage } from "../../../cluster/node/image";
import { Node } from "../../../cluster/node/node";
import { clusterNames, Run } from "../../../cluster/node/run";
import { nodeSoftware } from "../../../cluster/node/software";
import { packages, temporaryNode } from "../../../cluster/packages";
import { withArchive } from "../../../images/onThisMachine/archive";
import { Buildah } from "../../../images/onThisMachine/buildah";
import { importedBase } from "../../../images/onThisMachine/importedBase";
import { moodleImage, type ImageRequest } from "../../../images/onThisMachine/moodleImage";
import { serviceTree } from "../../../images/onThisMachine/serviceTree";
import type { CommandResult } from "../../../toolchain/command";
import { silent } from "../../../toolchain/setup/progress.cjs";
import { ask } from "../../images/ask";

const pollMilliseconds = 250;

/** A Kubernetes for the tests of one file. It ends with the process of that file, however that ends. */
export class TestNode {
  private constructor(private readonly node: Node) {}

  static async start(): Promise<TestNode> {
    await endAbandoned();
    return new TestNode(await temporaryNode(testName(), silent));
  }

  /** The node of a cluster that somebody else started and ends. */
  static async of(name: string): Promise<TestNode> {
    for (const run of Run.all(name)) {
      const node = await Node.of(name, run);
      if (node !== undefined) return new TestNode(node);
    }
    throw new Error(`the cluster ${name} is not up`);
  }

  get name(): string {
    return this.node.name;
  }

  /** A file for Helm, Pulumi and whatever else reaches the API server from this machine. */
  get kubeconfig(): string {
    return this.node.run.kubeconfig;
  }

  /** The kubectl of its version. */
  get kubectlProgram(): string {
    return this.node.run.kubectl;
  }

  /** @returns what kubectl printed. @throws with that, where it failed */
  async kubectl(...args: string[]): Promise<string> {
    return printed(await this.node.kubectl(args), `kubectl ${args.join(" ")}`);
  }

  /** What came of a kubectl that may fail. */
  attempt(...args: string[]): Promise<CommandResult> {
    return this.node.kubectl(args);
  }

  async apply(...items: object[]): Promise<void> {
    const list = JSON.stringify({ apiVersion: "v1", kind: "List", items });
    printed(await this.node.kubectl(["apply", "--filename", "-"], list), "kubectl apply");
  }

  /** Runs a program on the node itself, outside of every pod: it sees the folders of volumes and the node's network. */
  async inside(...command: string[]): Promise<string> {
    return printed(await this.node.inside(command), command.join(" "));
  }

  /** Brings an OCI archive of one image to the node. @returns the reference with its digest, which pods name it by */
  load(archive: string, repository: string): Promise<string> {
    return this.node.load(archive, repository);
  }

  /** An image of busybox alone, whose only program is `/busybox`. */
  async loadBusybox(): Promise<string> {
    const { tree } = await nodeSoftware(silent);
    return withFolder(async (folder) => this.load(await writeImage(path.join(tree, "bin/busybox"), "localhost/busybox:1", folder), "registry.example.edu/busybox"));
  }

  /** The image that our Dockerfile builds. */
  async loadMoodle(request: ImageRequest = {}): Promise<string> {
    const { id } = await moodleImage(request);
    return this.loadBuilt(new Buildah(await serviceTree(silent)), id, "registry.example.edu/moodle");
  }

  /** A Debian with PostgreSQL and Valkey. */
  async loadServers(): Promise<string> {
    const tree = await serviceTree(silent);
    const buildah = new Buildah(tree);
    return this.loadBuilt(buildah, await importedBase(buildah, "trixie", tree), "registry.example.edu/servers");
  }

  /** An image of buildah's store. */
  loadBuilt(buildah: Buildah, image: string, repository: string): Promise<string> {
    return withArchive(buildah, image, (archive) => this.load(archive, repository));
  }

  /** Opens a port of this machine that leads to a web server, by its Service's address. That answers a moment after its pods are ready: kube-proxy has to hear of them. */
  async forward(address: string, port: number): Promise<Forward> {
    const opened = await this.node.forward(address, port);
    const answers = () => ask(opened.port, "/", { host: opened.host }).then(() => true, () => false);
    await this.until(`answering at ${address}:${port}`, answers, (does) => does);
    return opened;
  }

  /** Waits until something is so. @returns the answer that was. @throws with the last one that was not, where it took too long */
  async until<T>(what: string, ask: () => Promise<T>, isSo: (answer: T) => boolean, seconds = 60): Promise<T> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const answer = await ask();
      if (isSo(answer)) return answer;
      if (Date.now() > deadline) throw new Error(`not ${what} after ${seconds} s: ${JSON.stringify(answer)}`);
      await wait(pollMilliseconds);
    }
  }

  end(): Promise<void> {
    return this.node.end();
  }
}

/** A name that says which process it belongs to. */
export const testName = (part = "node"): string => `tests-${process.pid}-${part}`;

/** Ends the nodes of test processes that are no more. */
export async function endAbandoned(): Promise<void> {
  for (const name of clusterNames()) {
    const [, pid] = /^tests-(\d+)-/.exec(name) ?? [];
    if (pid !== undefined && !fs.existsSync(`/proc/${pid}`)) await packages.down(name);
  }
}

async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "node-")));
  try {
    return await work(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function printed({ code, stdout, stderr }: CommandResult, title: string): string {
  if (code !== 0) throw new Error(`${title} failed with ${code}: ${`${stdout}${stderr}`.trim()}`);
  return stdout.trim();
}
