import * as fs from "node:fs";
import * as path from "node:path";
import { type AccidentName, accidentNames } from "./accidents";
import { committedStack, exampleOf, stackName } from "./committedStacks";
import { suggestion } from "./suggestion";
import { UsageError } from "../toolchain/commandLine";
import { existing } from "./simulatedClouds";

export const usage = `usage: npm run rehearse -- [up|destroy|drift|recover|restore] [options]

  up (the default)   preview, create and update again, which must change nothing
  destroy            create, give the consent that a destroy needs, and destroy
  drift              create, change things by hand in the cloud, see them by a refresh, and put them back
  recover            let an accident happen, and put everything in order again as the runbooks say
  restore            lose everything but backups, files and keys, and stand a new platform up from them

  --stack NAME|FILE  production (the default), staging, one of tests/stacks such as azure-block, or a stack file of yours
  --cloud NAME       the example of aws, azure, gcp or existing instead: tests/stacks/NAME-objectfs.yaml
  --real             up and destroy of existing on a real cluster, with real pods, which are asked for a page at the end. One of a
                     single node is made (npm run cluster) and taken away again: with --cloud existing, whose example is then
                     tests/stacks/existing-shared.yaml, as its servers are pods. Minutes; a quarter of an hour the first time
  --kubeconfig FILE  of a cluster of yours instead, with --stack FILE: it stays, and what is made in it is destroyed again
  --json FILE        write the result as JSON
  --html FILE        write the timeline page there (default: rehearsal.html in the current folder)
  --keep DIR         keep the engine's state and the simulated clouds in DIR, and a real cluster with what is in it
  --faults FILE      faults to inject: a JSON list of { "type", "op", "kind", … }
  --seed N           one fault, chosen by the number among what the stack is going to do
  --of WHAT          the accident to recover from: killed-cli (the default), dead-provider, partial-create, stale-lock,
                     half-replaced or release-not-ready
  --help             this text
`;

/** What a person asked for. All paths are absolute. */
export interface RehearsalRequest {
  command: Command;
  /** The stack file to rehearse; it is only read. */
  stackFile: string;
  /** `production` for `Pulumi.production.yaml`. */
  stack: string;
  json?: string;
  html: string;
  /** A folder that is empty or does not exist yet. */
  keep?: string;
  faults?: string;
  /** Chooses one fault. */
  seed?: string;
  /** What a recovery is from. */
  of?: AccidentName;
  /** On a real cluster: a kubeconfig's, or one that is made for it. */
  real?: { kubeconfig?: string };
}

const commands = ["up", "destroy", "drift", "recover", "restore"] as const;
/** What can be rehearsed. */
export type Command = (typeof commands)[number];

const valued = ["--stack", "--cloud", "--json", "--html", "--keep", "--faults", "--seed", "--of", "--kubeconfig"] as const;
type Valued = (typeof valued)[number];

/**
 * Reads the command line.
 *
 * @param folder what relative paths are relative to
 * @param repository where `production` and `staging` are
 * @returns "help" when that was asked for
 * @throws UsageError naming every problem at once
 */
export function parseArguments(args: readonly string[], folder: string, repository: string): RehearsalRequest | "help" {
  if (args.includes("--help") || args.includes("-h")) return "help";
  const problems: string[] = [];
  const { command, real, values } = sorted(args, problems);
  if (values.has("--cloud") && values.has("--stack")) problems.push("--cloud and --stack: only one of them can choose the stack");
  const cloud = values.get("--cloud");
  const stackFile = cloud === undefined ? stackFileOf(values.get("--stack") ?? "production", folder, repository, problems) : exampleOf(cloud, repository, problems, real && cloud === existing ? "shared" : "objectfs");
  const at = (name: Valued) => {
    const value = values.get(name);
    return value === undefined ? undefined : path.resolve(folder, value);
  };
  const request: RehearsalRequest = {
    command,
    stackFile,
    stack: stackName(stackFile),
    json: writable(at("--json"), "--json", problems),
    html: writable(at("--html") ?? path.join(folder, "rehearsal.html"), "--html", problems),
    keep: unused(at("--keep"), problems),
    faults: readable(at("--faults"), "--faults", problems),
    seed: values.get("--seed"),
    of: accidentOf(values.get("--of"), command, problems),
    real: real ? { kubeconfig: readable(at("--kubeconfig"), "--kubeconfig", problems) } : undefined,
  };
  problems.push(...(real ? problemsOfReal(command, values) : values.has("--kubeconfig") ? ["--kubeconfig: only --real reaches a cluster"] : []));
  if (request.seed !== undefined && !/^\d+$/.test(request.seed)) problems.push(`--seed ${request.seed}: is not a whole number`);
  if (request.seed !== undefined && request.faults !== undefined) problems.push("--seed and --faults: only one of them can choose the faults");
  if (request.seed !== undefined && command !== "up" && command !== "destroy") problems.push(`--seed: ${command} has its own story; only up and destroy take one`);
  if (request.faults !== undefined && command === "recover") problems.push("--faults: the accident is the fault; choose one with --of");
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return request;
}

function sorted(args: readonly string[], problems: string[]) {
  const values = new Map<Valued, string>();
  const words: string[] = [];
  let real = false;
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? "";
    const [name = "", ...rest] = argument.split("=");
    if (!argument.startsWith("-")) words.push(argument);
    else if (argument === "--real") real = true;
    else if (!isValued(name)) problems.push(name === "--real" ? "--real takes no value" : `unknown option ${name}${suggestion(name, [...valued, "--real", "--help"])}`);
    else {
      const next = args[index + 1];
      const value = rest.length > 0 ? rest.join("=") : next?.startsWith("--") ? undefined : next;
      if (rest.length === 0 && value !== undefined) index++;
      if (values.has(name)) problems.push(`${name} is given twice`);
      if (value) values.set(name, value);
      else problems.push(`${name} needs a value`);
    }
  }
  const command = commands.find((known) => known === (words[0] ?? "up"));
  if (!command) problems.push(`unknown command ${words[0]}${suggestion(words[0] ?? "", commands) || `; it is one of ${commands.join(", ")}`}`);
  for (const word of words.slice(1)) problems.push(`unexpected ${word}`);
  return { command: command ?? "up", real, values };
}

/** What does not go together with a real cluster. */
function problemsOfReal(command: Command, values: ReadonlyMap<Valued, string>): string[] {
  const [cloud, kubeconfig] = [values.get("--cloud"), values.has("--kubeconfig")];
  return [
    ...(command === "up" || command === "destroy" ? [] : [`--real: ${command} reaches into a simulated cloud; only up and destroy run on a real cluster`]),
    ...(["--faults", "--seed"] as const).flatMap((option) => (values.has(option) ? [`${option}: nothing is injected into a real cluster; --real takes no faults`] : [])),
    ...(cloud === undefined || cloud === existing ? [] : [`--real: ${cloud} is simulated alone; only ${existing} runs on a real cluster`]),
    ...(cloud === undefined && !values.has("--stack") ? [`--real: takes --cloud ${existing}, or a stack file of yours by --stack with --kubeconfig`] : []),
    ...(values.has("--stack") && !kubeconfig ? [`--stack: the cluster that --real makes is for the example, --cloud ${existing}; a stack file of yours goes with --kubeconfig`] : []),
  ];
}

function accidentOf(given: string | undefined, command: Command, problems: string[]): AccidentName | undefined {
  if (given === undefined) return undefined;
  if (command !== "recover") problems.push("--of: only recover has an accident");
  const known = accidentNames.find((name) => name === given);
  if (known === undefined) problems.push(`--of ${given}: no such accident${suggestion(given, accidentNames) || `; it is one of ${accidentNames.join(", ")}`}`);
  return known;
}

function isValued(name: string): name is Valued {
  return (valued as readonly string[]).includes(name);
}

function stackFileOf(given: string, folder: string, repository: string, problems: string[]): string {
  const committed = committedStack(given, repository);
  if (committed !== undefined) return committed;
  const file = path.resolve(folder, given);
  if (!isFile(file)) problems.push(`--stack ${given}: neither a committed stack (production, staging, or one of tests/stacks) nor a file`);
  return file;
}

function writable<File extends string | undefined>(file: File, option: string, problems: string[]): File {
  if (file === undefined) return file;
  const existed = fs.existsSync(file);
  if (!fs.existsSync(path.dirname(file))) problems.push(`${option} ${file}: there is no folder ${path.dirname(file)}`);
  else if (existed && !isFile(file)) problems.push(`${option} ${file}: is not a file`);
  else {
    // Only an attempt tells, and it must not wait until the rehearsal is over.
    try {
      fs.closeSync(fs.openSync(file, "a"));
      if (!existed) fs.rmSync(file);
    } catch (error) {
      problems.push(`${option} ${file}: can't be written (${errorCode(error)}); name another file`);
    }
  }
  return file;
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}

function readable(file: string | undefined, option: Valued, problems: string[]): string | undefined {
  if (file === undefined || isFile(file)) return file;
  problems.push(`${option} ${file}: ${fs.existsSync(file) ? "is not a file" : "there is no such file"}`);
  return file;
}

function unused(folder: string | undefined, problems: string[]): string | undefined {
  if (folder === undefined) return folder;
  let nearest = folder;
  while (!fs.existsSync(nearest)) nearest = path.dirname(nearest);
  if (!fs.statSync(nearest).isDirectory()) problems.push(`--keep ${folder}: ${nearest === folder ? "" : `${nearest} `}is not a folder`);
  else if (nearest === folder && fs.readdirSync(folder).length > 0) problems.push(`--keep ${folder}: is not empty; name a new folder`);
  return folder;
}

function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}
