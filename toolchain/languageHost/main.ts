// Pulumi's language host for Node programs, for an engine that came without its own. The engine starts it with its own
// address as an argument, reads the port from the first line it prints, and ends it with SIGINT.
import * as fs from "node:fs";
import { Children } from "./children";
import { serveLanguageHost } from "./server";

const children = new Children();

function end(): void {
  children.kill();
  process.exit(0);
}

async function main(): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  endWithEngine();
  const engineAddress = process.argv.slice(2).find((argument) => /^[^-].*:\d+$/.test(argument)) ?? "";
  process.stdout.write(`${await serveLanguageHost(engineAddress, children)}\n`);
}

// The engine holds the other end of a pipe; it closes also when the engine is killed. Any other standard input, such as
// /dev/null, ends at once and means nothing.
function endWithEngine(): void {
  const input = fs.fstatSync(0);
  if (!input.isFIFO() && !input.isSocket()) return;
  process.stdin.on("end", end).on("error", end).resume();
}

void main();
