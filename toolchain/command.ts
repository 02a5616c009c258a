import { spawn, type ChildProcess, type SpawnOptionsWithoutStdio } from "node:child_process";

export interface CommandOptions extends SpawnOptionsWithoutStdio {
  /** What the command reads from its standard input. Default: nothing. */
  input?: string;
}

export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs a command to its end. Rejects when it can't be started, and with the signal's reason when `options.signal`
 * aborts; the command is dead by then.
 */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const { signal, input = "", ...rest } = options;
    if (signal?.aborted) return reject(signal.reason);
    // What it starts itself, such as Go's compilers, has to end with it; who gives no signal leaves that to the terminal.
    const child = spawn(command, args, { ...rest, detached: signal !== undefined });
    const abort = () => killGroup(child);
    const result: CommandResult = { code: null, stdout: "", stderr: "" };
    // A command may end without having read it all; its exit code says why.
    child.stdin.on("error", () => undefined).end(input);
    child.stdout.setEncoding("utf8").on("data", (data: string) => (result.stdout += data));
    child.stderr.setEncoding("utf8").on("data", (data: string) => (result.stderr += data));
    signal?.addEventListener("abort", abort, { once: true });
    child.on("error", reject);
    child.on("close", (code) => {
      signal?.removeEventListener("abort", abort);
      if (signal?.aborted) reject(signal.reason);
      else resolve({ ...result, code });
    });
  });
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
  } catch {
    child.kill("SIGTERM");
  }
}
