import * as fs from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { understood, UsageError } from "../../toolchain/commandLine";
import { committedStack, exampleOf, stackName } from "../committedStacks";
import { type Fault, KINDS } from "../provider/faults";
import { type Scene, scenes } from "./base";

export const usage = `usage: npm run soak -- [options]

  Lets things go wrong on simulated clouds, recovers by the runbooks, and looks if anything was lost or made twice.

  --trials N     how many trials (default 10)
  --seed S       chooses what goes wrong; the same number, the same trials (default: by chance, and printed)
  --every        no chance: every create, update and delete goes wrong once in each way; takes an hour or two
  --op OP        with --every, only create, update or delete
  --kind KIND    with --every, only this way of going wrong: fail, partial, kill-engine, …
  --stack NAME   only this stack: production, staging, or one of tests/stacks such as azure-block (default: the first two)
  --cloud NAME   the example of aws, azure, gcp or existing instead: tests/stacks/NAME-objectfs.yaml
  --jobs N       trials side by side (default 2)
  --json FILE    write the results as JSON
  --keep DIR     keep the folders of trials that failed in DIR
  --help         this text
`;

/** What a person asked for. All paths are absolute. */
export interface SoakRequest {
  readonly trials: number;
  readonly seed: number;
  readonly every: boolean;
  /** Of every operation, only these. */
  readonly scenes: readonly Scene[];
  /** In every way, only these. */
  readonly kinds: readonly Fault["kind"][];
  /** The stack files, by the names of their stacks. */
  readonly stacks: ReadonlyMap<string, string>;
  readonly jobs: number;
  readonly json?: string;
  readonly keep?: string;
}

const usualStacks = ["production", "staging"];

/**
 * Reads the command line.
 *
 * @param folder what relative paths are relative to
 * @param repository where the committed stacks are
 * @throws UsageError naming every problem at once
 */
export function parseArguments(args: readonly string[], folder: string, repository: string): SoakRequest | "help" {
  const values = given(args);
  if (values.help === true) return "help";
  const problems: string[] = [];
  const count = (name: "trials" | "seed" | "jobs", byDefault: number, least: number): number => {
    const text = values[name] ?? String(byDefault);
    if (!/^\d{1,15}$/.test(text) || Number(text) < least) problems.push(`--${name} ${text}: must be a whole number from ${least}`);
    return Number(text);
  };
  const { json, keep } = values;
  const only = <Choice extends string>(name: "op" | "kind", all: readonly Choice[]): readonly Choice[] => {
    const text = values[name];
    const chosen = all.filter((choice) => text === undefined || choice === text);
    if (chosen.length === 0) problems.push(`--${name} ${text}: must be one of ${all.join(", ")}`);
    if (text !== undefined && values.every !== true) problems.push(`--${name} needs --every: trials choose by their seeds`);
    return chosen;
  };
  const stacks = stacksOf(values, repository, problems);
  if (json !== undefined && !fs.existsSync(path.dirname(path.resolve(folder, json)))) problems.push(`--json ${json}: there is no such folder`);
  const kept = keep === undefined ? undefined : path.resolve(folder, keep);
  if (kept !== undefined && fs.existsSync(kept) && fs.readdirSync(kept).length > 0) problems.push(`--keep ${keep}: is not empty; name a new folder`);
  const request: SoakRequest = {
    trials: count("trials", 10, 1),
    seed: count("seed", Math.floor(Math.random() * 2 ** 31), 0),
    every: values.every ?? false,
    scenes: only("op", scenes),
    kinds: only("kind", KINDS),
    stacks,
    jobs: count("jobs", 2, 1),
    json: json === undefined ? undefined : path.resolve(folder, json),
    keep: kept,
  };
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return request;
}

function stacksOf({ stack, cloud }: ReturnType<typeof given>, repository: string, problems: string[]): ReadonlyMap<string, string> {
  if (stack !== undefined && cloud !== undefined) problems.push("--cloud and --stack: only one of them can choose the stack");
  const named = stack === undefined ? usualStacks : [stack];
  const files = cloud === undefined ? named.map((name) => fileOf(name, repository, problems)) : [exampleOf(cloud, repository, problems)];
  return new Map(files.map((file) => [stackName(file), file]));
}

function fileOf(name: string, repository: string, problems: string[]): string {
  const file = committedStack(name, repository);
  if (file === undefined) problems.push(`--stack ${name}: must be a committed stack: production, staging, or one of tests/stacks`);
  return file ?? name;
}

function given(args: readonly string[]) {
  const text = { type: "string" } as const;
  const options = { trials: text, seed: text, stack: text, cloud: text, op: text, kind: text, jobs: text, json: text, keep: text, every: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;
  return understood(() => parseArgs({ args: [...args], options }).values);
}
