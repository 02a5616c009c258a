import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { runCommand } from "./command";
import { madeOnce } from "./madeOnce";
import { cacheFolder } from "./setup/cache.cjs";
import type { Progress } from "./setup/progress.cjs";

/** checkov and everything it needs, each at one version. */
const requirements = path.join(__dirname, "checkov", "requirements.txt");
const version = /^checkov==(.+)$/m.exec(fs.readFileSync(requirements, "utf8"))?.[1] ?? "";

/** Why checkov can't be had on this machine; undefined where it can. */
export function obstacleToCheckov(): string | undefined {
  const found = python(["-c", "import pip, sys; print(sys.version_info >= (3, 10))"]);
  return found === "True" ? undefined : "checkov needs Python 3.10 or newer with pip as `python3`; on Debian: apt-get install python3-pip";
}

/**
 * Gets checkov from the Python package index into the user's cache, where nothing else sees it.
 * @returns what runs it, program first
 * @throws when it can't be had
 */
export async function obtainCheckov(progress: Progress, signal?: AbortSignal): Promise<readonly string[]> {
  const interpreter = python(["-c", "import sys; print(f'{sys.implementation.cache_tag}-{sys.platform}')"]);
  const folder = cacheFolder("checkov", version, `${interpreter}-${process.arch}`);
  await madeOnce(folder, "checkov", progress, (partial) => install(partial, progress, signal));
  return ["python3", "-W", "ignore", "-c", `import sys; sys.path.insert(0, ${JSON.stringify(folder)}); from checkov.main import Checkov; sys.exit(Checkov().run())`];
}

async function install(folder: string, progress: Progress, signal?: AbortSignal): Promise<void> {
  const options = ["--quiet", "--disable-pip-version-check", "--no-input", "--no-deps", "--target", folder, "--requirement", requirements];
  const { code, stderr } = await progress.during(`Getting checkov ${version} from the Python package index: 270 MB, once`, () =>
    runCommand("python3", ["-m", "pip", "install", ...options], { signal }),
  );
  if (code !== 0) throw new Error(`checkov ${version} could not be had: ${stderr.trim().split("\n").slice(-4).join("\n")}`);
}

function python(args: readonly string[]): string {
  try {
    return execFileSync("python3", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "";
  }
}
