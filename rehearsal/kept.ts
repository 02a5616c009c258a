import * as fs from "node:fs";
import * as path from "node:path";
import { shellWord } from "../toolchain/shellWords";
import type { Scratch } from "./scratch";

/** Leaves, in a folder that is kept, a shell file that lets a person use the engine's command on it. */
export function writeEnvironmentFile(scratch: Scratch, environment: Record<string, string>): void {
  const { HOME: _home, PATH, ...rest } = environment;
  const commands = `${path.join(scratch.folder, "bin")}${path.delimiter}${PATH ?? ""}`;
  const lines = Object.entries({ ...rest, PATH: commands }).map(([name, value]) => `export ${name}=${shellWord(value)}`);
  fs.writeFileSync(path.join(scratch.folder, "environment.sh"), `${lines.join("\n")}\n`);
}
