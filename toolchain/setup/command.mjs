import { spawn } from "node:child_process";
import { constants } from "node:os";

const forwarded = ["SIGINT", "SIGTERM", "SIGHUP"];

/** A signal ended a step; the exit code is the shell's for it. */
export class Interrupted extends Error {
  constructor(signal) {
    super(`ended by ${signal}`);
    this.exitCode = 128 + (constants.signals[signal] ?? 0);
  }
}

/** Runs a command to its end, passing on the signals this process gets; rejects only if it can't be started. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, options);
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"]) child[name]?.on("data", (data) => (output[name] += data));
    const handlers = forwarded.map((signal) => [signal, () => pass(child, signal)]);
    for (const [signal, handler] of handlers) process.on(signal, handler);
    const settle = (action) => {
      for (const [signal, handler] of handlers) process.off(signal, handler);
      action();
    };
    child.on("error", (error) => settle(() => reject(error)));
    child.on("close", (code, signal) => settle(() => resolve({ ...output, code, signal })));
  });
}

// A terminal sends Ctrl-C to the child as well, which must not take it for two.
function pass(child, signal) {
  if (signal === "SIGINT" && process.stdin.isTTY) return;
  child.kill(signal);
}

/** Runs a command that has to succeed, and returns its standard output. */
export async function succeed(command, args, options = {}) {
  const title = [command, ...args].join(" ");
  let result;
  try {
    result = await run(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
  } catch (error) {
    throw new Error(`${title}: can't be started (${error.code ?? error.message})`);
  }
  if (result.signal) throw new Interrupted(result.signal);
  // npm and its like answer an interruption with an exit code of their own.
  if (result.code > 128) throw new Interrupted(signalOf(result.code));
  if (result.code !== 0) throw new Error(`${title}: exit code ${result.code}\n${firstLines(result.stderr)}`);
  return result.stdout;
}

function signalOf(code) {
  return Object.keys(constants.signals).find((name) => constants.signals[name] === code - 128) ?? "SIGTERM";
}

// npm says first what is wrong, and then how it is used.
function firstLines(text) {
  return text.trimEnd().split("\n").slice(0, 15).join("\n");
}
