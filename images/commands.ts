import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Progress } from "../toolchain/setup/progress.cjs";
import type { ImageRequest } from "./arguments";
import { Builder } from "./builder";
import { writeContext } from "./context";
import { readLine, type Line } from "./line";
import { lockPath, lockText, problemsOf, readLock, tagOf, type Lock } from "./lock";
import { makeLock } from "./makeLock";
import { registryOf } from "./registry";
import { checkOut } from "./sources";

/** What came of a command: facts by name, and what a person has to do something about. */
export interface Outcome {
  readonly facts: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
}

type Of<Command extends ImageRequest["command"]> = Extract<ImageRequest, { command: Command }>;

/** Writes the lock of a line. */
export async function lock({ line, from }: Of<"lock">, progress: Progress, file = lockPath(line)): Promise<Outcome> {
  const made = await progress.during(`Resolving what Moodle ${line} wants`, () => makeLock(readLine(line), from));
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, lockText(made.lock));
  const commits = made.lock.sources.map(({ name, version, commit }) => [name, `${version} ${commit}`] as const);
  return { facts: Object.fromEntries(commits), problems: made.problems.map((problem) => `absent from the lock: ${problem}`) };
}

/** Builds the image of a line, or writes its context, from its lock. */
export async function build({ line, from, base, context }: Of<"build">, progress: Progress, file = lockPath(line)): Promise<Outcome> {
  const { wanted, locked, problems } = checked(line, file);
  if (problems.length > 0) return { facts: {}, problems };
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "image-"));
  try {
    const target = context ?? path.join(folder, "context");
    fs.mkdirSync(target, { recursive: true });
    if (fs.readdirSync(target).length > 0) throw new Error(`${target} is not empty`);
    const builder = context === undefined ? await Builder.find() : undefined;
    const sources = await progress.during(`Checking out what the lock of Moodle ${line} names`, () => checkOut(locked, from, folder));
    writeContext(target, { ...sources, lock: lockText(locked) });
    const tag = tagOf(locked);
    if (builder === undefined) return { facts: { context: target, base: base ?? wanted.base, tag }, problems: [] };
    const image = await builder.build(target, base ?? wanted.base, localName(tag), progress);
    return { facts: { image, tag }, problems: [] };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Pushes the image that was built from the lock. */
export async function publish({ line, to }: Of<"publish">, here: string, progress: Progress, file = lockPath(line)): Promise<Outcome> {
  const { locked, problems } = checked(line, file);
  if (problems.length > 0) return { facts: {}, problems };
  const tag = tagOf(locked);
  const builder = await Builder.find();
  const repository = "stack" in to ? await registryOf(to.stack, here) : to.place;
  const digest = await builder.push(localName(tag), `${repository}:${tag}`, progress);
  return { facts: repository.startsWith("oci:") ? { digest, tag } : { reference: `${repository}@${digest}`, tag }, problems: [] };
}

function checked(line: string, file: string): { wanted: Line; locked: Lock; problems: string[] } {
  const wanted = readLine(line);
  const locked = readLock(file);
  return { wanted, locked, problems: problemsOf(wanted, locked) };
}

const localName = (tag: string): string => `localhost/moodle:${tag}`;
