import * as fs from "node:fs";
import * as path from "node:path";
import { runCommand } from "./command";
import type { Progress } from "./setup/progress.cjs";
import type { ObtainedTool, Tool } from "./tool";

const answerMilliseconds = 20_000;

/** The first one on the PATH of the wanted minor version that has its companions beside it. */
export async function findInstalled(tool: Tool, progress: Progress): Promise<ObtainedTool | undefined> {
  const passedOver: string[] = [];
  for (const binary of onPath(tool.executable)) {
    const version = await versionOf(tool, binary);
    const lacking = tool.companions.filter((name) => !isExecutable(path.join(path.dirname(binary), name)));
    if (minorOf(version) !== minorOf(tool.version)) passedOver.push(`${binary} is ${version ?? "of no known version"}`);
    else if (lacking.length > 0) passedOver.push(`${binary} has no ${lacking.join(", no ")} beside it`);
    else return { binary, version: version ?? tool.version, source: "installed" };
  }
  if (passedOver.length > 0) {
    progress.say(`${tool.title} ${minorOf(tool.version)}.x is needed, ${passedOver.join("; ")}: looking elsewhere.`);
  }
  return undefined;
}

/** The version a program reports, without a leading `v`; undefined when it does not run. */
export async function versionOf(tool: Tool, binary: string): Promise<string | undefined> {
  try {
    const { code, stdout } = await runCommand(binary, tool.versionArguments, {
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
      signal: AbortSignal.timeout(answerMilliseconds),
    });
    return code === 0 ? /\d+\.\d+\.\d+[^\s+,"]*/.exec(stdout)?.[0] : undefined;
  } catch {
    return undefined;
  }
}

// Symbolic links are resolved, because a program looks for its companions where its real file is.
function onPath(executable: string): string[] {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const files = folders.map((folder) => path.join(folder, executable)).filter(isExecutable);
  return [...new Set(files.map((file) => fs.realpathSync(file)))];
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

function minorOf(version: string | undefined): string | undefined {
  return version?.split(".").slice(0, 2).join(".");
}
