import { createRequire } from "node:module";

import type { Cloud } from "./behaviour";
import { connectClock } from "../clock/client";
import { endWithEngine } from "./lifeCycle";
import { serveProvider } from "./server";
import { Session } from "./session";

/**
 * A simulated provider as a plugin of the engine: `main.ts <name> [variant]`, with REHEARSAL_CLOUD naming the folder that holds
 * the simulated clouds. The variant `real` of a provider works on something real instead. Prints its port and nothing else, ever:
 * the engine reads the first line.
 */
async function main(): Promise<void> {
  // The engine adds the address of its own server to what the plugin is started with.
  const [name = "", ...more] = process.argv.slice(2);
  const variant = more[0] === "real" ? "real" : ".";
  const folder = process.env.REHEARSAL_CLOUD;
  if (folder === undefined || folder === "") {
    throw new Error(`REHEARSAL_CLOUD is not set. It names the folder in which the simulated ${name} keeps what it holds.`);
  }
  const session = new Session(cloudNamed(name, variant), folder, await connectClock(folder));
  endWithEngine(session.cancelled);
  const server = await serveProvider(session);
  process.stdout.write(`${server.port}\n`);
}

function cloudNamed(name: string, variant: string): Cloud {
  if (!/^[a-z]+(-[a-z]+)*$/.test(name)) throw new Error(`"${name}" is not a provider's name; expected one such as "aws".`);
  const exported = createRequire(__filename)(`../clouds/${name}/${variant}/index`) as { readonly cloud?: Cloud };
  if (exported.cloud?.name !== name) throw new Error(`rehearsal/clouds/${name}/index.ts does not export the cloud "${name}".`);
  return exported.cloud;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
