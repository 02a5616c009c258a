import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";

const graceMilliseconds = 5_000;

/** The Node processes that this language host has started and that still run. */
export class Children {
  private readonly running = new Set<ChildProcess>();

  /** Starts Node; the process does not outlive this one unless this one is killed hard. */
  start(args: readonly string[], options: SpawnOptions): ChildProcess {
    const child = spawn(process.execPath, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    this.running.add(child);
    child.on("close", () => this.running.delete(child));
    child.on("error", () => this.running.delete(child));
    return child;
  }

  /** Asks all to end, and ends after five seconds those that have not. */
  interrupt(): void {
    for (const child of this.running) {
      child.kill("SIGINT");
      setTimeout(() => child.kill("SIGKILL"), graceMilliseconds).unref();
    }
  }

  kill(): void {
    for (const child of this.running) child.kill("SIGKILL");
  }
}
