import type { ChildProcess } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";

/** How a program ended. */
export interface Ending {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

const pollMilliseconds = 20;

/** A program that was started, and what it has printed so far. */
export class Program {
  stdout = "";
  stderr = "";
  readonly ended: Promise<Ending>;
  /** Resolves when what surrounds the program is there and it begins. */
  readonly ready: Promise<void>;
  private over = false;
  private pid: number | undefined;

  constructor(
    readonly title: string,
    private readonly child: ChildProcess,
    pid: Promise<number | undefined>,
  ) {
    child.stdout?.setEncoding("utf8").on("data", (data: string) => (this.stdout += data));
    child.stderr?.setEncoding("utf8").on("data", (data: string) => (this.stderr += data));
    this.ended = new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => {
        this.over = true;
        resolve({ code, signal, stdout: this.stdout, stderr: this.stderr });
      });
    });
    this.ended.catch(() => undefined);
    this.ready = pid.then((found) => void (this.pid = found));
  }

  /** Whether it still runs. */
  get running(): boolean {
    return !this.over;
  }

  /** What it has printed, on both streams. */
  get output(): string {
    return this.stdout + this.stderr;
  }

  /** Sends a signal to the program itself, as a node's container runtime does. */
  signal(name: NodeJS.Signals): void {
    if (this.over || this.pid === undefined) throw new Error(`${this.title} does not run, so it can't get ${name}: ${this.output}`);
    process.kill(this.pid, name);
  }

  /**
   * Waits until something is so.
   * @throws when the program ended before, or it took too long; with what the program printed
   */
  async until(what: string, isSo: () => boolean | Promise<boolean>, seconds = 30): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    while (!(await isSo())) {
      if (this.over) throw new Error(`${this.title} ended before ${what}:\n${this.output}`);
      if (Date.now() > deadline) throw new Error(`${this.title}: not ${what} after ${seconds} s:\n${this.output}`);
      await wait(pollMilliseconds);
    }
  }

  /** Ends the program and all it started, at once. */
  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.ended.catch(() => undefined);
  }
}
