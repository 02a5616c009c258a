import * as fs from "node:fs";
import * as path from "node:path";
import { unpackArchive } from "./archive";
import { reasonOf } from "./download";
import { buildFromModules } from "./goBuild";
import { findInstalled, versionOf } from "./installed";
import { cacheFolder } from "./setup/cache.cjs";
import { withLock } from "./setup/lock.cjs";
import type { Progress } from "./setup/progress.cjs";
import type { ObtainedTool, Tool, ToolSource } from "./tool";

/**
 * Finds a tool on the PATH, else in the user's cache, else obtains it there: the official archive, or a build where
 * there is none or it can't be had.
 * @throws an error that names the ways to have it, when none worked
 */
export async function obtainTool(tool: Tool, progress: Progress, signal?: AbortSignal): Promise<ObtainedTool> {
  const installed = await findInstalled(tool, progress);
  if (installed) return installed;
  const folder = cacheFolder(tool.executable, tool.version);
  const waiting = (pid: number | undefined) =>
    progress.say(`Waiting for another process (${pid ?? "unknown"}) that is obtaining ${tool.title} …`);
  return (
    kept(tool, folder) ??
    withLock(cacheFolder("locks", tool.executable), waiting, async () => {
      return kept(tool, folder) ?? (await obtain(tool, folder, progress, signal));
    })
  );
}

// A cache in a home folder that several machines share holds one of each kind.
const place = (folder: string, source: ToolSource) => path.join(folder, `${source}-${process.platform}-${process.arch}`);

function kept(tool: Tool, folder: string): ObtainedTool | undefined {
  for (const source of ["archive", "built"] as const) {
    const binary = path.join(place(folder, source), tool.executable);
    if (fs.existsSync(binary)) return { binary, version: tool.version, source };
  }
  return undefined;
}

async function obtain(tool: Tool, folder: string, progress: Progress, signal?: AbortSignal): Promise<ObtainedTool> {
  const { archive } = tool;
  if (archive !== undefined) {
    try {
      return await fill("archive", tool, folder, () => unpackArchive(tool, archive, partial(folder), progress, signal));
    } catch (error) {
      signal?.throwIfAborted();
      progress.say(`No ${tool.title} from ${new URL(archive.url).host} (${reasonOf(error)}): building it from Go modules.`);
    }
  }
  try {
    return await fill("built", tool, folder, () => buildFromModules(tool, partial(folder), progress, signal));
  } catch (error) {
    signal?.throwIfAborted();
    throw new Error(waysToHave(tool, reasonOf(error)), { cause: error });
  }
}

const partial = (folder: string) => path.join(folder, ".partial");

// Under the lock there is one partial folder at a time; what a killed process left of it goes first.
async function fill(source: ToolSource, tool: Tool, folder: string, work: () => Promise<void>): Promise<ObtainedTool> {
  fs.rmSync(partial(folder), { recursive: true, force: true });
  fs.mkdirSync(partial(folder), { recursive: true });
  try {
    await work();
    await check(tool, path.join(partial(folder), tool.executable));
    fs.renameSync(partial(folder), place(folder, source));
  } finally {
    fs.rmSync(partial(folder), { recursive: true, force: true });
  }
  return { binary: path.join(place(folder, source), tool.executable), version: tool.version, source };
}

async function check(tool: Tool, binary: string): Promise<void> {
  const version = await versionOf(tool, binary);
  if (version !== tool.version) throw new Error(`it says its version is ${version ?? "nothing"}, not ${tool.version}`);
}

function waysToHave({ title, version, executable, archive }: Tool, reason: string): string {
  const ways = [
    `install ${title} ${version}, so that \`${executable}\` is on the PATH`,
    ...(archive === undefined ? [] : [`let this machine reach ${archive.url} and ${archive.checksumsUrl}`]),
    "install Go 1.21 or newer (https://go.dev/dl), which builds it from the Go module proxy",
  ];
  return [
    `${title} ${version} is needed and could not be obtained: ${reason}`,
    "Any one of these helps:",
    ...ways.map((way, index) => `  ${index + 1}. ${way}`),
  ].join("\n");
}
