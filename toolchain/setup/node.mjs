import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { cacheFolder } from "./cache.cjs";
import { succeed } from "./command.mjs";
import { withLock } from "./lock.cjs";
import { npm } from "./npm.mjs";

/** The least Node that @pulumi/pulumi 3.259 declares in its `engines`. */
export const leastMajor = 22;

/** The path of a Node that is new enough: the one running, one kept in the user's cache, or one obtained into it. */
export async function obtainNode(progress) {
  if (majorOf(process.versions.node) >= leastMajor) return process.execPath;
  return kept() ?? (await withLock(cacheFolder("locks", "node"), waiting(progress), async () => kept() ?? download(progress)));
}

function waiting(progress) {
  return (pid) => progress.say(`Waiting for another process (${pid}) that is obtaining Node …`);
}

function kept() {
  const folder = cacheFolder("node");
  if (!fs.existsSync(folder)) return undefined;
  return fs
    .readdirSync(folder)
    .filter((version) => majorOf(version) >= leastMajor)
    .sort((left, right) => right.localeCompare(left, "en", { numeric: true }))
    .map((version) => path.join(folder, version, "bin", "node"))
    .find((binary) => majorOf(versionOf(binary)) >= leastMajor);
}

// `npm pack` checks the archive against the integrity that the registry publishes for it.
async function download(progress) {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = cacheFolder("node");
  fs.mkdirSync(folder, { recursive: true });
  for (const left of fs.readdirSync(folder).filter((entry) => entry.startsWith(".partial-"))) {
    fs.rmSync(path.join(folder, left), { recursive: true, force: true });
  }
  const partial = fs.mkdtempSync(path.join(folder, ".partial-"));
  try {
    return await progress.during(
      `Node ${process.versions.node} is too old (needs ${leastMajor} or newer): obtaining ${name} from the npm registry, about 50 MB`,
      () => unpack(name, partial, folder),
    );
  } catch (error) {
    if (error.exitCode) throw error;
    throw new Error(
      `Node ${leastMajor} or newer is needed; this is ${process.versions.node}, and ${name} could not be obtained.\n` +
        `Install Node ${leastMajor} (https://nodejs.org) and run the command again.\n${error.message}`,
    );
  } finally {
    fs.rmSync(partial, { recursive: true, force: true });
  }
}

async function unpack(name, partial, folder) {
  const flags = ["--json", "--loglevel=error", "--pack-destination", partial];
  const [packed] = JSON.parse(await npm(["pack", `${name}@${leastMajor}`, ...flags]));
  const unpacked = path.join(partial, "unpacked");
  fs.mkdirSync(unpacked);
  const archive = path.join(partial, packed.filename);
  await succeed("tar", ["-xzf", archive, "-C", unpacked, "--strip-components=1"]);
  const version = versionOf(path.join(unpacked, "bin", "node"));
  if (!version) throw new Error(`${name} ${packed.version} does not run on this machine`);
  const place = path.join(folder, version);
  fs.rmSync(place, { recursive: true, force: true });
  fs.renameSync(unpacked, place);
  return path.join(place, "bin", "node");
}

function versionOf(binary) {
  const { status, stdout } = spawnSync(binary, ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim().replace(/^v/, "") : undefined;
}

function majorOf(version) {
  return Number.parseInt(version ?? "", 10) || 0;
}
