// Runs a TypeScript file of this repository on a machine with nothing but Node (18 or newer) and npm:
//   node toolchain/run.mjs <script.ts> [arguments…]
import { constants } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Interrupted, run } from "./setup/command.mjs";
import { installDependencies } from "./setup/dependencies.mjs";
import { obtainNode } from "./setup/node.mjs";
import { progressOn } from "./setup/progress.cjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const loader = path.join(root, "toolchain", "loader.cjs");

async function main([script, ...args]) {
  if (!script) throw new Error("usage: node toolchain/run.mjs <script.ts> [arguments…]");
  const progress = progressOn(process.stderr);
  const node = await obtainNode(progress);
  await installDependencies(root, progress);
  const { code, signal } = await run(node, ["--disable-warning=UNDICI-EHPA", "-r", loader, path.resolve(script), ...args], {
    stdio: "inherit",
    env: childEnvironment(node),
  });
  return signal ? 128 + constants.signals[signal] : code;
}

function childEnvironment(node) {
  const environment = { ...process.env };
  // Programs that look for `node` themselves, such as Pulumi's language host, must find this one.
  environment.PATH = [path.dirname(node), process.env.PATH].filter(Boolean).join(path.delimiter);
  // Node's own requests respect the proxy variables only when asked to.
  environment.NODE_USE_ENV_PROXY ??= "1";
  return environment;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Interrupted)) process.stderr.write(`error: ${error.message}\n`);
  process.exitCode = error.exitCode ?? 1;
}
