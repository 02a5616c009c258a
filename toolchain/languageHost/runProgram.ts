import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { RunResponse, type ProgramInfo, type RunRequest } from "@pulumi/pulumi/proto/language_pb";
import type { Children } from "./children";
import { optionVariables, runtimeOptions } from "./runtimeOptions";

/** The exit code of `@pulumi/pulumi/cmd/run` for "the person has been told why". */
const alreadyReported = 32;

/** Runs a Pulumi program to its end, and says how it ended as the official language host does. */
export async function runProgram(request: RunRequest, engine: string, children: Children): Promise<RunResponse> {
  const response = new RunResponse();
  try {
    const code = await exitOf(request, engine, children);
    if (code === alreadyReported) response.setBail(true);
    else if (code === null) response.setError("Program was stopped by a signal");
    else if (code !== 0) response.setError(`Program exited with non-zero exit code: ${code}`);
  } catch (error) {
    response.setError(`Problem executing program: ${error instanceof Error ? error.message : String(error)}`);
  }
  return response;
}

async function exitOf(request: RunRequest, engine: string, children: Children): Promise<number | null> {
  const info = request.getInfo();
  if (!info) throw new Error("the engine did not say where the program is");
  if (request.getAttachDebugger()) throw new Error("--attach-debugger needs Pulumi's own language host");
  const options = runtimeOptions(info);
  const args = [...options.nodeargs, locateInSdk("cmd/run", info), ...programArguments(request, info, engine)];
  const env = { ...process.env, ...configVariables(request), ...optionVariables(options) };
  const child = children.start(args, { env });
  child.stdout?.pipe(process.stdout, { end: false });
  child.stderr?.pipe(process.stderr, { end: false });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
}

/** The file of the SDK that the program itself would load. */
export function locateInSdk(module: string, info: ProgramInfo): string {
  const folder = fs.realpathSync(info.getProgramDirectory());
  return createRequire(path.join(folder, "program.js")).resolve(`@pulumi/pulumi/${module}`);
}

function programArguments(request: RunRequest, info: ProgramInfo, engine: string): string[] {
  const named: [string, string][] = [
    ["monitor", request.getMonitorAddress()],
    ["engine", engine],
    ["organization", request.getOrganization()],
    ["project", request.getProject()],
    ["root-directory", info.getRootDirectory()],
    ["stack", request.getStack()],
    ["pwd", info.getProgramDirectory()],
    ["parallel", String(request.getParallel())],
  ];
  const given = named.filter(([, value]) => value !== "").flatMap(([name, value]) => [`--${name}`, value]);
  return [...given, ...(request.getDryrun() ? ["--dry-run"] : []), info.getEntryPoint(), ...request.getArgsList()];
}

function configVariables(request: RunRequest): Record<string, string> {
  // Pulumi's own host passes config by keys of an older form, and the list of secret keys as it comes.
  const full = (key: string) => (key.split(":").length === 2 ? key.replace(":", ":config:") : key);
  const config = Object.fromEntries(request.getConfigMap().toArray().map(([key, value]) => [full(key), value]));
  return {
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
}
