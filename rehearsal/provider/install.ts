import * as fs from "node:fs";
import * as path from "node:path";

import { sdkVersion } from "./sdkFacts";

const LOADER = path.join(__dirname, "..", "..", "toolchain", "loader.cjs");
const MAIN = path.join(__dirname, "main.ts");

/**
 * Puts the simulated providers where the engine looks for the real ones, in the versions the installed SDKs ask for, with the
 * Node that runs this. They find their cloud folder in REHEARSAL_CLOUD.
 *
 * @param pulumiHome PULUMI_HOME of the engine; must not be the user's own, whose real providers would be hidden
 * @param real those that work on something real
 */
export function installProviders(pulumiHome: string, names: readonly string[], real: readonly string[] = []): void {
  for (const name of names) {
    const folder = path.join(pulumiHome, "plugins", `resource-${name}-v${sdkVersion(name)}`);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, `pulumi-resource-${name}`), script([name, ...(real.includes(name) ? ["real"] : [])]), { mode: 0o755 });
  }
}

// A provider lives for one command and is busy for milliseconds: a small heap and no stack traces suit it.
function script(args: readonly string[]): string {
  const command = [process.execPath, "--max-semi-space-size=1", "--stack-trace-limit=8", "-r", LOADER, MAIN, ...args];
  return `#!/bin/sh\nexec ${command.map(shellQuoted).join(" ")} "$@"\n`;
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
