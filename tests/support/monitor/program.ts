import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { parse } from "yaml";
import { shellWords } from "../../../toolchain/shellWords";
import { EngineLog } from "./engineLog";
import { type Mode, type ProgramGraph, stackType } from "./graph";
import { ResourceMonitor } from "./resourceMonitor";
import { SdkSimulation } from "./sdkSimulation";
import type { Simulation } from "./simulation";
import type { PropertyMap } from "./value";

export const repository = path.resolve(__dirname, "../../..");

/** Time for what else is wrong to be reported too. */
const secondsAfterRefusal = 1;

/** One run of a Pulumi program against the monitor. */
export interface ProgramRun {
  /** Folder of `Pulumi.yaml`. Default: this repository. */
  root?: string;
  stack: string;
  mode: Mode;
  /** Full keys, `moodle:hostname`; what is not a string is sent as JSON, as the CLI does. */
  config?: Record<string, unknown>;
  /** Config that the operator stored as a secret. Each text is planted: it must show up nowhere in clear. */
  secretConfig?: Record<string, string>;
  /** What the last update left. Default: there was none. */
  lastOutputs?: PropertyMap;
  simulation?: Simulation;
  /** Default 120 s. The program is killed after that. */
  timeoutSeconds?: number;
}

/** The program ended with an error. */
export class ProgramError extends Error {
  constructor(
    message: string,
    /** What was registered until then. */
    readonly graph: ProgramGraph,
  ) {
    super(message);
    this.name = "ProgramError";
  }
}

interface Project {
  name: string;
  main?: string;
  runtime: string | { name: string; options?: { nodeargs?: string } };
}

/**
 * Runs the unmodified program the way the Node language host does and records what it registers. In `preview` outputs are
 * unknown; in `update` the simulation answers.
 *
 * @throws ProgramError when the program fails or the engine would refuse something.
 */
export async function runProgram(run: ProgramRun): Promise<ProgramGraph> {
  const root = run.root ?? repository;
  const project = parse(fs.readFileSync(path.join(root, "Pulumi.yaml"), "utf8")) as Project;
  const identity = { project: project.name, stack: run.stack, organization: "organization", mode: run.mode };
  const monitor = new ResourceMonitor({ ...identity, config: configOf(run), lastOutputs: run.lastOutputs ?? {} }, run.simulation ?? new SdkSimulation());
  for (const [key, text] of Object.entries(run.secretConfig ?? {})) monitor.planted.push({ origin: `config ${key}`, text });
  const log = new EngineLog();
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(ResourceMonitorService, monitor.service());
  server.addService(EngineService, log.service());
  try {
    const port = await listen(server);
    const stop = new AbortController();
    // The SDK would go on for half a minute, waiting for outputs that never come.
    monitor.onRefusal = () => void setTimeout(() => stop.abort(), secondsAfterRefusal * 1000).unref();
    const ended = await execute(root, project, identity, run, `127.0.0.1:${port}`, stop.signal);
    const graph = graphOf(root, identity, monitor, log);
    const failed = ended.code !== 0 || monitor.refusals.length > 0 || log.diagnostics.some((line) => line.severity === "error");
    if (failed) throw new ProgramError(failureText(ended, monitor, graph), graph);
    return graph;
  } finally {
    monitor.close();
    server.forceShutdown();
  }
}

function listen(server: grpc.Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}

interface Ended {
  code: number | null;
  text: string;
}

function execute(root: string, project: Project, identity: { organization: string }, run: ProgramRun, address: string, stop: AbortSignal): Promise<Ended> {
  const entry = entryOf(root, project.main);
  const options = typeof project.runtime === "string" ? undefined : project.runtime.options;
  const seconds = run.timeoutSeconds ?? 120;
  const args = [
    ...shellWords(options?.nodeargs ?? ""),
    require.resolve("@pulumi/pulumi/cmd/run"),
    ...[`--monitor=${address}`, `--engine=${address}`, `--project=${project.name}`, `--stack=${run.stack}`],
    ...[`--organization=${identity.organization}`, `--root-directory=${root}`, `--pwd=${entry.folder}`, "--parallel=16"],
    ...(run.mode === "preview" ? ["--dry-run"] : []),
    entry.program,
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: entry.folder, env: environment(run), stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    const clock = setTimeout(() => {
      chunks.push(Buffer.from(`\nthe program was still running after ${seconds} s and was killed`));
      child.kill("SIGKILL");
    }, seconds * 1000);
    stop.addEventListener("abort", () => child.kill("SIGKILL"));
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(clock);
      resolve({ code, text: Buffer.concat(chunks).toString("utf8").trim() });
    });
  });
}

// As the engine does it: a `main` that is a folder becomes the working directory.
function entryOf(root: string, main = "."): { folder: string; program: string } {
  const target = path.resolve(root, main);
  if (fs.statSync(target).isDirectory()) return { folder: target, program: "." };
  return { folder: path.dirname(target), program: path.basename(target) };
}

// Nothing of the person's own environment may decide what the program registers: credentials, contexts, regions.
function environment(run: ProgramRun): NodeJS.ProcessEnv {
  const config = Object.entries(configOf(run)).map(([key, value]) => [key.replace(":", ":config:"), value]);
  const passed = ["PATH", "HOME", "TMPDIR", "LANG", "XDG_CACHE_HOME"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(passed),
    NODE_COMPILE_CACHE: path.join(repository, "node_modules", ".cache", "compile"),
    // The language host sends the keys in an older form, and the list of secret ones in the plain form.
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(config)),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(Object.keys(run.secretConfig ?? {})),
  };
}

function configOf(run: ProgramRun): Record<string, string> {
  const entries = Object.entries({ ...run.config, ...run.secretConfig });
  for (const [key] of entries) if (!key.includes(":")) throw new Error(`config key ${key} has no namespace: write <project>:${key}`);
  return Object.fromEntries(entries.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]));
}

function graphOf(
  root: string,
  identity: { project: string; stack: string; mode: Mode },
  monitor: ResourceMonitor,
  log: EngineLog,
): ProgramGraph {
  const resources = [...monitor.resources.values()];
  for (const { source } of resources) if (source !== undefined) source.file = path.relative(root, source.file);
  return {
    project: identity.project,
    stack: identity.stack,
    mode: identity.mode,
    resources,
    invokes: monitor.invokes,
    outputs: resources.find((resource) => resource.type === stackType)?.outputs ?? {},
    diagnostics: log.diagnostics,
    planted: monitor.planted,
  };
}

function failureText(ended: Ended, monitor: ResourceMonitor, graph: ProgramGraph): string {
  const lines = [
    ...monitor.refusals,
    ...graph.diagnostics.filter((line) => line.severity === "error").map((line) => line.message),
    ended.text,
  ].filter((line) => line !== "");
  return `the program of stack ${graph.stack} failed (exit code ${ended.code}, ${graph.mode}):\n${lines.join("\n")}`;
}
