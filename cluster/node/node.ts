import { spawn, type ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { runCommand, type CommandResult } from "../../toolchain/command";
import { freePort } from "../../toolchain/freePort";
import type { Progress } from "../../toolchain/setup/progress.cjs";
import { fed } from "./fed";
import { forward, type Forward } from "./forward";
import { writeImage } from "./image";
import { kubeconfigForPeople } from "./kubeconfig";
import { importArchive, loadImage, succeeded } from "./loadImage";
import { clusterObjects } from "./objects";
import { filesOf } from "./parts";
import { Run } from "./run";
import { outsideScript } from "./scripts";
import { pauseImage } from "./services/containerd";
import { doorSocket } from "./services/door";
import { nodeSoftware } from "./software";
import { volumeFolders } from "./volumes";

const startSeconds = 120;
const answerSeconds = 45;
const pollMilliseconds = 100;

/** Whether a node ends with the process that started it, or with the machine. */
export type Lifetime = "process" | "machine";

/** A running one-node Kubernetes. */
export class Node {
  private constructor(
    readonly name: string,
    readonly run: Run,
  ) {}

  /**
   * Starts a node; programs that were not built before are built first.
   * @throws with what it printed, where it is not ready after two minutes
   */
  static async start(name: string, lifetime: Lifetime, progress: Progress): Promise<Node> {
    const { tree, programs } = await nodeSoftware(progress);
    return progress.during(`Starting the node ${name}`, async (detail) => {
      const { run, groups } = Run.begin(name, await freePort(), path.join(programs.kubernetes, "kubectl"));
      write(path.join(run.folder, "node"), filesOf({ name, port: run.port, groups }));
      const script = path.join(run.folder, "outside.sh");
      fs.writeFileSync(script, outsideScript({ name, folder: run.folder, tree, programs, groups: run.groups }));
      const node = new Node(name, run);
      const child = unshare(script, path.join(run.logs, "start.log"), lifetime);
      await node.becomeReady(child, programs.own, detail);
      run.setComplete();
      return node;
    });
  }

  /** The node that a run became; undefined where it did not, or does not answer any more. A machine under load may answer late. */
  static async of(name: string, run: Run): Promise<Node | undefined> {
    const node = new Node(name, run);
    const deadline = Date.now() + answerSeconds * 1000;
    while (run.complete && run.init !== undefined && Date.now() < deadline) {
      if ((await node.kubectl(["get", "--raw", "/readyz", "--request-timeout=10s"])).code === 0) return node;
      await wait(pollMilliseconds);
    }
    return undefined;
  }

  /** Runs kubectl on this machine; `stdin` is what it reads, as with `apply -f -`. */
  async kubectl(args: readonly string[], stdin = ""): Promise<CommandResult> {
    // What it learnt of another node at the same port would be wrong of this one.
    const own = ["--kubeconfig", this.run.kubeconfig, "--cache-dir", path.join(this.run.folder, "kubectl")];
    return runCommand(this.run.kubectl, [...own, ...args], { input: stdin });
  }

  /** Runs a program of the node's own Debian on the node, outside of every pod. */
  inside(command: readonly string[], stdinFile = "/dev/null"): Promise<CommandResult> {
    const { init } = this.run;
    if (init === undefined) throw new Error(`the node ${this.name} does not run`);
    return fed(stdinFile, ["nsenter", "--target", String(init), "--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--", ...command]);
  }

  /** Brings an image to the node; see `loadImage`. */
  load(archive: string, repository: string): Promise<string> {
    return loadImage((command, stdinFile) => this.inside(command, stdinFile), archive, repository);
  }

  /** Opens a port of this machine that leads to an address of the node's network: of a pod, a Service, or the node itself. */
  forward(address: string, port: number): Promise<Forward> {
    return forward(path.join(this.run.folder, "node", doorSocket), `${address}:${port}`);
  }

  end(): Promise<void> {
    return this.run.end();
  }

  private async becomeReady(child: ChildProcess, ownPrograms: string, detail: (text: string) => void): Promise<void> {
    let ended = false;
    child.once("exit", () => (ended = true));
    child.once("error", () => (ended = true));
    const deadline = Date.now() + startSeconds * 1000;
    const until = async (what: string, isSo: () => Promise<string | true>): Promise<void> => {
      detail(what);
      for (let seen = await isSo(); seen !== true; seen = await isSo()) {
        if (ended) throw new Error(`the node ended while it waited for ${what}: ${this.lastWords()}`);
        if (Date.now() > deadline) throw new Error(`no ${what} after ${startSeconds} s: ${seen}\n${this.lastWords()}`);
        await wait(pollMilliseconds);
      }
    };
    const certificates = path.join(this.run.folder, "node", "certificates");
    const pem = (file: string): string => fs.readFileSync(path.join(certificates, file), "utf8");
    await until("certificates", async () => fs.existsSync(path.join(this.run.folder, "node", "services", "etcd", "supervise")) || "none were issued");
    const people = { authority: pem("ca.pem"), certificate: pem("admin.pem"), key: pem("admin.key") };
    fs.writeFileSync(this.run.kubeconfig, kubeconfigForPeople(this.name, `https://127.0.0.1:${this.run.port}`, people), { mode: 0o600 });

    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "image-"));
    try {
      const archive = await writeImage(path.join(ownPrograms, "pause"), pauseImage, folder);
      await until("container runtime", () => importArchive((command, stdinFile) => this.inside(command, stdinFile), archive).then(() => true, (error: Error) => error.message));
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
    await succeeded(this.inside(["mkdir", "-p", ...volumeFolders]), "the folders of volumes could not be made");
    const objects = JSON.stringify(clusterObjects(this.name, people.authority));
    await until("API server", () => answered(this.kubectl(["apply", "--filename", "-"], objects)));
    await until("account for pods", () => answered(this.kubectl(["get", "serviceaccount", "default"])));
    await until("ready node", () => answered(this.kubectl(["wait", "--for=condition=Ready", `node/${this.name}`, "--timeout=1s"])));
  }

  // What its programs printed last: the reason is most often there.
  private lastWords(): string {
    return fs
      .readdirSync(this.run.logs)
      .filter((name) => name.endsWith(".log"))
      .map((name) => [name, fs.readFileSync(path.join(this.run.logs, name), "utf8").trim().split("\n").slice(-3).join("\n  ")] as const)
      .map(([name, text]) => `${name}\n  ${text}`)
      .join("\n");
  }
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text, { mode: path.basename(name) === "run" ? 0o700 : 0o600 });
  }
}

// It gets a session of its own: a terminal's Ctrl-C is for this process. Where it shall not outlive that, it dies with it however that ends.
function unshare(script: string, log: string, lifetime: Lifetime): ChildProcess {
  const output = fs.openSync(log, "a");
  const command = ["unshare", "--mount", "--pid", "--ipc", "--uts", "--fork", "--propagation", "private"];
  const [program = "", ...args] = lifetime === "machine" ? command : ["setpriv", "--pdeathsig", "KILL", ...command, "--kill-child=SIGKILL"];
  const child = spawn(program, [...args, "/bin/sh", script], {
    detached: true,
    stdio: ["ignore", output, output],
    env: { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" },
  });
  fs.closeSync(output);
  child.unref();
  return child;
}

async function answered(command: Promise<CommandResult>): Promise<string | true> {
  const { code, stderr } = await command;
  return code === 0 || stderr.trim();
}
