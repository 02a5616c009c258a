import * as fs from "node:fs";
import * as path from "node:path";
import { distance } from "fastest-levenshtein";
import { type AccidentName, accidentNames } from "./accidents";
import { UsageError } from "../toolchain/commandLine";

export const usage = `usage: npm run rehearse -- [up|destroy|drift|recover|restore] [options]

  up (the default)   preview, create and update again, which must change nothing
  destroy            create, give the consent that a destroy needs, and destroy
  drift              create, change things by hand in the cloud, see them by a refresh, and put them back
  recover            let an accident happen, and put everything in order again as the runbooks say
  restore            lose everything but backups, files and keys, and stand a new platform up from them

  --stack NAME|FILE  production (the default), staging, or a stack file of yours
  --cloud NAME       the example of aws, azure, gcp or existing instead: tests/stacks/NAME-objectfs.yaml
  --json FILE        write the result as JSON
  --html FILE        write the timeline page there (default: rehearsal.html in the current folder)
  --keep DIR         keep the engine's state and the simulated clouds in DIR
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
}

const commands = ["up", "destroy", "drift", "recover", "restore"] as const;
/** What can be rehearsed. */
export type Command = (typeof commands)[number];

const valued = ["--stack", "--cloud", "--json", "--html", "--keep", "--faults", "--seed", "--of"] as const;
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
  const { command, values } = sorted(args, problems);
  if (values.has("--cloud") && values.has("--stack")) problems.push("--cloud and --stack: only one of them can choose the stack");
  const stackFile = exampleOf(values.get("--cloud"), repository, problems) ?? stackFileOf(values.get("--stack") ?? "production", folder, repository, problems);
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
    faults: readable(at("--faults"), problems),
    seed: values.get("--seed"),
    of: accidentOf(values.get("--of"), command, problems),
  };
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
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? "";
    const [name = "", ...rest] = argument.split("=");
    if (!argument.startsWith("-")) words.push(argument);
    else if (!isValued(name)) problems.push(`unknown option ${name}${suggestion(name, [...valued, "--help"])}`);
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
  return { command: command ?? "up", values };
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

function suggestion(given: string, known: readonly string[]): string {
  const [nearest] = [...known].sort((left, right) => distance(given, left) - distance(given, right));
  return nearest && distance(given, nearest) <= 3 ? `; did you mean ${nearest}?` : "";
}

function stackFileOf(given: string, folder: string, repository: string, problems: string[]): string {
  const named = path.join(repository, `Pulumi.${given}.yaml`);
  if (/^[\w-]+$/.test(given) && fs.existsSync(named)) return named;
  const file = path.resolve(folder, given);
  if (!isFile(file)) problems.push(`--stack ${given}: neither a committed stack (production, staging) nor a file`);
  return file;
}

/** The example of a cloud with its files in an object store. */
function exampleOf(cloud: string | undefined, repository: string, problems: string[]): string | undefined {
  if (cloud === undefined) return undefined;
  const [stacks, ending] = [path.join(repository, "tests/stacks"), "-objectfs.yaml"];
  const known = fs.readdirSync(stacks).flatMap((file) => (file.endsWith(ending) ? [file.slice(0, -ending.length)] : []));
  if (!known.includes(cloud)) problems.push(`--cloud ${cloud}: no such cloud${suggestion(cloud, known) || `; it is one of ${known.join(", ")}`}`);
  return path.join(stacks, `${cloud}${ending}`);
}

// The engine allows these characters in a stack's name, and so many of them.
function stackName(file: string): string {
  const name = path.basename(file).replace(/\.ya?ml$/, "").replace(/^Pulumi\./, "");
  return name.replace(/[^\w.-]/g, "-").slice(0, 100) || "rehearsal";
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

function readable(file: string | undefined, problems: string[]): string | undefined {
  if (file === undefined || isFile(file)) return file;
  problems.push(`--faults ${file}: ${fs.existsSync(file) ? "is not a file" : "there is no such file"}`);
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
