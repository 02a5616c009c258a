import { type ChildProcess, spawn } from "node:child_process";
import * as path from "node:path";
import type { Message } from "./message";
import type { Job } from "./plan";
import { repository } from "./tiers";

/** A worker that says nothing for this long is taken for hung. Longer than any single blocking call a test makes. */
const longestSilenceSeconds = 300;
/** A worker still busy after this long is taken for hung, however lively. */
const longestOfMost = 1800;

/** In MiB: of a program that is run again and again most is gone with its run. With Node's 16 a third of the walk's time went into looking for it. */
const roomForTheYoung = "--max-semi-space-size=64";

/** Starts workers and sees to it that none outlives the run. */
export class Workers {
  private readonly running = new Set<ChildProcess>();

  constructor(private readonly silenceSeconds = longestSilenceSeconds) {}

  /** Resolves when the process has ended. Every end but a clean one is told to `onMessage` as a failure. */
  run(job: Job, onMessage: (message: Message) => void): Promise<void> {
    const loader = path.join(repository, "toolchain", "loader.cjs");
    const child = spawn(process.execPath, [roomForTheYoung, "-r", loader, path.join(__dirname, "worker.ts"), JSON.stringify(job.work)], {
      cwd: repository,
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.running.add(child);
    const printed: string[] = [];
    child.stdout?.on("data", (chunk: Buffer) => printed.push(chunk.toString("utf8")));
    child.stderr?.on("data", (chunk: Buffer) => printed.push(chunk.toString("utf8")));

    let last = "starting";
    let failed = false;
    let through = false;
    const fail = (title: string, detail: string): void => {
      failed = true;
      onMessage({ kind: "failed", title, detail });
    };
    const kill = (reason: string): void => {
      through = true;
      fail(`${job.name} hung`, `${reason}; the last thing it did: ${last}`);
      end(child);
    };
    let silence = setTimeout(() => undefined, 0);
    const listen = (): void => {
      clearTimeout(silence);
      silence = setTimeout(() => kill(`no sign of life for ${this.silenceSeconds} s`), this.silenceSeconds * 1000);
    };
    listen();
    const { longestSeconds = longestOfMost } = job;
    const longest = setTimeout(() => kill(`still busy after ${longestSeconds} s`), longestSeconds * 1000);
    child.on("message", (message: Message) => {
      listen();
      if (message.kind === "started") last = message.title;
      if (message.kind === "failed") failed = true;
      if (message.kind === "through") through = true;
      onMessage(message);
    });
    return new Promise((resolve) => {
      child.on("error", (error) => fail(`${job.name} did not start`, error.message));
      child.on("close", (code, signal) => {
        clearTimeout(silence);
        clearTimeout(longest);
        end(child);
        this.running.delete(child);
        if (!through) fail(`${job.name} ended early`, `exit code ${code ?? signal}; the last thing it did: ${last}`);
        if (failed && printed.length > 0) onMessage({ kind: "printed", text: printed.join("") });
        resolve();
      });
    });
  }

  endAll(): void {
    for (const child of this.running) end(child);
  }
}

// The whole group: whatever a test started goes with its worker.
function end(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
