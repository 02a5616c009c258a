import * as path from "node:path";
import { runCommand } from "./command";
import type { Progress } from "./setup/progress.cjs";
import type { GoModule, Tool } from "./tool";

/** Builds a tool into `folder`. @throws as `goBuild` does */
export async function buildFromModules(tool: Tool, folder: string, progress: Progress, signal?: AbortSignal): Promise<void> {
  const module = { ...tool.module, packages: [tool.module.package] };
  await goBuild(`${tool.title} ${tool.version}`, module, path.join(folder, tool.executable), progress, signal);
}

/**
 * Builds programs from the Go modules that their `go.mod` and `go.sum` in this repository name.
 * @param output the program's file, or the folder for programs by their own names
 * @throws when there is no Go, an older one that can't fetch a newer, or the modules can't be had
 */
export async function goBuild(title: string, module: GoModule, output: string, progress: Progress, signal?: AbortSignal): Promise<void> {
  // A workspace file above the checkout would replace the versions that go.sum pins.
  const options = { cwd: module.folder, env: { ...process.env, CGO_ENABLED: "0", GOWORK: "off" }, signal };
  await checkGo(options);
  const flags = ["-mod=readonly", "-trimpath", ...(module.tags.length > 0 ? ["-tags", module.tags.join(",")] : [])];
  const variables = Object.entries(module.variables).map(([name, value]) => `-X ${name}=${value}`);
  const linker = ["-ldflags", ["-s", "-w", ...variables].join(" ")];
  const { code, stderr } = await progress.during(`Building ${title} with Go: ${module.cost}`, () =>
    runCommand("go", ["build", ...flags, ...linker, "-o", output, ...module.packages], options),
  );
  if (code !== 0) throw new Error(`go build failed: ${lastLines(stderr)}`);
}

// Inside the module folder Go obtains the version that go.mod asks for, unless GOTOOLCHAIN forbids it.
async function checkGo(options: Parameters<typeof runCommand>[2]): Promise<void> {
  let result;
  try {
    result = await runCommand("go", ["version"], options);
  } catch (error) {
    options?.signal?.throwIfAborted();
    throw new Error("there is no Go on the PATH", { cause: error });
  }
  if (result.code !== 0) throw new Error(lastLines(result.stderr));
}

function lastLines(text: string): string {
  return text.trim().split("\n").slice(-8).join("\n");
}
