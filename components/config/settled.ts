import { createHash } from "node:crypto";
import { z } from "zod";
import { ConfigError } from "./configError";
import { declarations } from "./declarations";
import type { RawConfig } from "./given";
import { statefulResources, type StatefulResource } from "./groups/dataLoss";
import type { Change, Held } from "./key";
import { keyPath, quoted, removeCommand, setCommand, type Problem } from "./problem";
import { writtenWith } from "./rules/restoring";
import { inMiB, isSize, type Size } from "./size";

const settledValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Null: not set. */
export type SettledValue = z.infer<typeof settledValue>;

/** What a stack holds on to, as its output `settled` keeps it between two updates. */
const settledOutput = z.object({
  /** By key; of those that were held when the stack was last updated. */
  values: z.record(z.string(), settledValue),
  /** What of the platform held data then. */
  resources: z.array(z.enum(statefulResources)).readonly(),
});
export type Settled = z.infer<typeof settledOutput>;

/**
 * @param output what the last update left as `settled`; undefined: there is nothing to hold on to yet.
 * @throws ConfigError where it cannot be read: taken for nothing, it would let every change pass that it is there to refuse.
 */
export function settledFrom(output: unknown): Settled | undefined {
  const read = settledOutput.optional().safeParse(output);
  if (read.success) return read.data;
  const wrong = read.error.issues.map(({ path, message }) => [path.map(String).join("."), message].filter(Boolean).join(": "));
  const message = `cannot be read, so what this stack holds on to is not known: ${wrong.join("; ")}`;
  throw new ConfigError([{ key: "the stack's output settled", message, remedy: putRight }]);
}

const putRight =
  "use the version of this program that last updated the stack; or put its output settled right in what pulumi stack export gives, and pulumi stack import it";

/** A key that a live stack holds on to, and what it is now. */
export interface HeldKey {
  readonly key: string;
  readonly value: SettledValue;
  /** Whether the stack file says so; else it is a default. */
  readonly given: boolean;
  readonly held: Held;
  /** Why, from the declaration. */
  readonly note: string | undefined;
  /** The command that sets it. */
  readonly set: (value: string) => string;
}

/**
 * @param values of the groups in which nothing is wrong; those with a mistake are left out.
 * @param tree what the stack file says.
 * @param own what changing a key does on the chosen cloud, by key, where that is not what its declaration says.
 */
export function heldKeys(schema: z.ZodObject, values: Tree, tree: Tree, own: Readonly<Record<string, Change>> = {}): HeldKey[] {
  return declarations(schema).flatMap(({ key, path, change: declared }) => {
    const change = own[key] ?? declared;
    if (!change?.held || !(String(path[0]) in values)) return [];
    const value = settledValue.parse(at(values, path) ?? null);
    return [{ key, value, given: at(tree, path) !== undefined, held: change.held, note: change.note, set: (to) => setCommand(key, to) }];
  });
}

type Tree = Readonly<Record<string, unknown>>;

function at(tree: Tree, path: readonly string[]): unknown {
  return path.reduce<unknown>((outer, name) => (outer as Tree | undefined)?.[name], tree);
}

/** Secrets that data was written with, by a fingerprint: they are too long to be guessed from it. */
export function heldSecrets({ values }: RawConfig): HeldKey[] {
  return writtenWith.map((name) => {
    const key = keyPath([name]);
    const secret = values[key];
    const value = secret ? `fingerprint ${createHash("sha256").update(secret).digest("hex").slice(0, 12)}` : null;
    const note = "what was written with it could not be read any more";
    return { key, value, given: secret !== undefined, held: { as: "value", of: ["keys"] }, note, set: () => `pulumi config set --secret ${key}` };
  });
}

/** A key of a cloud's own provider that says where everything is: held like the choice of the cloud. */
export function heldPlace(key: string, place: string | undefined): HeldKey {
  const note = "everything would be built anew elsewhere";
  return { key, value: place ?? null, given: true, held: { as: "value" }, note, set: (to) => `pulumi config set ${key} ${quoted(to)}` };
}

/**
 * @param keys as they would be now.
 * @param consents what may be lost.
 * @returns a problem for each key that would take from a live stack what it holds on to.
 */
export function settledProblems(keys: readonly HeldKey[], settled: Settled, consents: readonly StatefulResource[]): Problem[] {
  const problems = keys.flatMap((now) => {
    const before = settled.values[now.key];
    const cost = settled.resources.filter((resource) => now.held.of?.includes(resource) ?? true);
    if (before === undefined || before === now.value || cost.length === 0) return [];
    const refused = refusal(now, before, cost.filter((resource) => !consents.includes(resource)));
    return refused ? [{ key: now.key, given: now.given, ...refused }] : [];
  });
  // Defaults follow it: what nobody said is no mistake of its own.
  const environment = problems.find(({ key }) => key === keyPath(["environment"]));
  return problems.filter((problem) => !environment || problem.given).map(({ given: _, ...problem }) => problem);
}

function refusal(now: HeldKey, before: SettledValue, cost: readonly StatefulResource[]): Omit<Problem, "key"> | undefined {
  const is = `is now ${shown(now.value)}; this stack has ${shown(before)}`;
  const back = before === null ? removeCommand(now.key) : now.set(String(before));
  if (!isComparable(now.held, before)) return { message: `${is}, with which it cannot be compared`, remedy: putRight };
  switch (now.held.as) {
    case "value":
    case "on":
      if (cost.length === 0 || (now.held.as === "on" && now.value === true)) return undefined;
      return {
        message: `${is} and keeps it: ${now.note ?? ""}`,
        remedy: `${back}, or restore into a new stack; if all of it may be lost, moodle:allowDataLoss needs ${cost.join(", ")}`,
      };
    case "size":
      return isSize(before) && inMiB(now.value as Size) < inMiB(before) ? { message: `${is}, which can only grow`, remedy: back } : undefined;
    case "version":
      return isLower(now.value, before) ? { message: `${is}, and there is no way back`, remedy: back } : undefined;
    case "minor version":
      if (isLower(now.value, before)) return { message: `${is}, and there is no way back`, remedy: back };
      if (!isLower(next(before), now.value)) return undefined;
      return { message: `${is}, and goes up one minor version at a time`, remedy: now.set(next(before)) };
  }
}

/** Where there was none, nothing can shrink or go back. */
function isComparable({ as }: Held, before: SettledValue): boolean {
  if (before === null || as === "value" || as === "on") return true;
  return as === "size" ? isSize(before) : /^\d+(\.\d+)*$/.test(String(before));
}

function shown(value: SettledValue): string {
  return value === null ? "none" : JSON.stringify(value);
}

function parts(version: SettledValue): number[] {
  return String(version).split(".").map(Number);
}

function isLower(version: SettledValue, than: SettledValue): boolean {
  const [one, other] = [parts(version), parts(than)];
  const differs = one.findIndex((part, index) => part !== other[index]);
  return differs >= 0 && (one[differs] ?? 0) < (other[differs] ?? 0);
}

/** @returns the minor version after this one. */
function next(version: SettledValue): string {
  const [major = 0, minor = 0] = parts(version);
  return `${major}.${minor + 1}`;
}
