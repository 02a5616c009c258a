import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

import { type RunningClock, startClock } from "../../../rehearsal/clock/server";
import { installProviders } from "../../../rehearsal/provider/install";
import { Store } from "../../../rehearsal/provider/store";
import { prepareEngine } from "../../../toolchain/engine";
import { obtainHelm } from "../../../toolchain/helm";
import { silent } from "../../../toolchain/setup/progress.cjs";

const FIXTURES = path.join(__dirname, "..", "fixtures");
const HOST = "0A1B2C.gr7.eu-central-1.eks.amazonaws.com";

/** How a command of the engine ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** A resource in the engine's state. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly initErrors?: readonly string[];
}

/** The program `noticeBoard` with the real engine, on simulated clouds of its own and a cluster that exists already. */
export class NoticeBoard {
  /** The secret that must appear nowhere in clear. */
  readonly canary = "canary-4711-canary";
  readonly cloud: string;
  private running: ChildProcess | undefined;

  private constructor(
    readonly folder: string,
    private readonly environment: Record<string, string>,
    readonly clock: RunningClock,
    private readonly pid: { current: number | undefined },
  ) {
    this.cloud = path.join(folder, "cloud");
  }

  static async start(): Promise<NoticeBoard> {
    const folder = mkdtempSync(path.join(tmpdir(), "board-"));
    const engine = await prepareEngine(folder, silent);
    installProviders(path.join(folder, "home"), ["random", "kubernetes"]);
    const cloud = path.join(folder, "cloud");
    mkdirSync(cloud);
    const outputs = { endpoint: `https://${HOST}`, version: "1.35", vpcConfig: { vpcId: "vpc-1", subnetIds: ["subnet-1"] } };
    new Store(cloud, "aws").put({ id: "c", type: "aws:eks/cluster:Cluster", name: "c", urn: "", status: "ready", inputs: {}, outputs, createdAt: 0, seed: "c" });
    const pid: { current: number | undefined } = { current: undefined };
    const clock = await startClock(cloud, { watch: () => pid.current });
    const helm = (await obtainHelm(silent)).binary;
    const board = new NoticeBoard(folder, { ...engine.environment, HOME: folder, REHEARSAL_CLOUD: cloud, REHEARSAL_HELM: helm }, clock, pid);
    await board.prepare();
    return board;
  }

  /** Runs a command to its end. */
  async pulumi(...args: readonly string[]): Promise<Ended> {
    return this.begin(...args).ended;
  }

  /** Starts a command; its process may be signalled. */
  begin(...args: readonly string[]): { readonly process: ChildProcess; readonly ended: Promise<Ended> } {
    const command = [...args, "--stack", "test", "--non-interactive"];
    const child = spawn(path.join(this.folder, "bin", "pulumi"), command, { cwd: this.project, env: this.environment });
    this.running = child;
    this.pid.current = child.pid;
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise<Ended>((resolve) => {
      child.on("close", (code) => {
        this.pid.current = undefined;
        this.running = undefined;
        resolve({ code, output });
      });
    });
    return { process: child, ended };
  }

  faults(...list: readonly object[]): void {
    writeFileSync(path.join(this.cloud, "faults.json"), JSON.stringify(list));
  }

  async state(): Promise<readonly StateResource[]> {
    const { output } = await this.pulumi("stack", "export");
    const { deployment } = JSON.parse(output.slice(output.indexOf("{"))) as { deployment: { resources?: readonly StateResource[] } };
    return deployment.resources ?? [];
  }

  /** Everything written below a folder of this rehearsal, as one text. */
  textBelow(name: string): string {
    const folder = path.join(this.folder, name);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return files.map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "latin1")).join("\n");
  }

  async stop(): Promise<void> {
    this.running?.kill("SIGKILL");
    await this.clock.stop();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  private get project(): string {
    return path.join(this.folder, "project");
  }

  // The engine writes into the stack file, so the program is a copy; its packages are found through a link.
  private async prepare(): Promise<void> {
    cpSync(path.join(FIXTURES, "noticeBoard"), this.project, { recursive: true });
    cpSync(path.join(FIXTURES, "chart"), path.join(this.folder, "chart"), { recursive: true });
    Object.assign(this.environment, { NODE_PATH: path.join(__dirname, "..", "..", "..", "node_modules") });
    await this.pulumi("stack", "init");
    await this.pulumi("config", "set", "host", HOST);
    await this.pulumi("config", "set", "--secret", "canary", this.canary);
  }
}
