import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { obtainPulumi } from "./pulumi";
import type { Progress } from "./setup/progress.cjs";
import type { ObtainedTool, ToolSource } from "./tool";

/** An engine that keeps everything it writes in one folder. */
export interface Engine {
  /** The folder; `bin/pulumi` in it is the command. */
  root: string;
  version: string;
  source: ToolSource;
  /** What every run of the command must have in its environment, besides the machine's own. */
  environment: Record<string, string>;
}

/**
 * Prepares `folder` for runs of the Pulumi CLI: the command, its home, a file state backend, and a passphrase of its
 * own. A folder that was prepared before keeps its state and its passphrase.
 */
export async function prepareEngine(folder: string, progress: Progress, signal?: AbortSignal): Promise<Engine> {
  const tool = await obtainPulumi(progress, signal);
  for (const name of ["bin", "home", "state"]) fs.mkdirSync(path.join(folder, name), { recursive: true });
  link(tool.binary, path.join(folder, "bin", "pulumi"));
  const hasLanguageHost = tool.source !== "built";
  if (!hasLanguageHost) placeLanguageHost(path.dirname(tool.binary));
  return {
    root: folder,
    version: tool.version,
    source: tool.source,
    environment: {
      ...pulumiVariables(folder),
      ...(hasLanguageHost ? {} : languageHostVariables()),
      PATH: pathFor(tool),
    },
  };
}

function pulumiVariables(folder: string): Record<string, string> {
  return {
    PULUMI_HOME: path.join(folder, "home"),
    // Without the file of attributes beside each file: an engine that is killed while it writes one can't read its state again.
    PULUMI_BACKEND_URL: `${pathToFileURL(path.join(folder, "state")).href}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile(folder),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_SKIP_CONFIRMATIONS: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    // The language host beside the engine and the plugins under PULUMI_HOME, never others that happen to be on the PATH.
    PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
    NO_COLOR: "1",
  };
}

function passphraseFile(folder: string): string {
  const file = path.join(folder, "passphrase");
  if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600 });
  return file;
}

function link(target: string, place: string): void {
  fs.rmSync(place, { force: true });
  fs.symlinkSync(target, place);
}

// The engine takes the language host that stands beside its real file without a word, and warns of any other. That
// folder is shared by all checkouts, so the launcher learns from its environment which one it serves.
const launcher = `#!/bin/sh
exec "\${MOODLE_PLATFORM_NODE:?is not set: start this engine through the moodle-platform repository}" -r "$MOODLE_PLATFORM_LOADER" "$MOODLE_PLATFORM_LANGUAGE_HOST" "$@"
`;

function placeLanguageHost(folder: string): void {
  const place = path.join(folder, "pulumi-language-nodejs");
  if (fs.existsSync(place) && fs.readFileSync(place, "utf8") === launcher) return;
  const partial = `${place}.${process.pid}`;
  fs.writeFileSync(partial, launcher, { mode: 0o755 });
  fs.renameSync(partial, place);
}

function languageHostVariables(): Record<string, string> {
  return {
    MOODLE_PLATFORM_NODE: process.execPath,
    MOODLE_PLATFORM_LOADER: path.join(__dirname, "loader.cjs"),
    MOODLE_PLATFORM_LANGUAGE_HOST: path.join(__dirname, "languageHost", "main.ts"),
  };
}

// The official language host runs the first `node` of the PATH; the CLI itself looks for nothing else there.
function pathFor(tool: ObtainedTool): string {
  const folders = [path.dirname(process.execPath), path.dirname(tool.binary), process.env.PATH ?? ""];
  return folders.filter((folder) => folder !== "").join(path.delimiter);
}
