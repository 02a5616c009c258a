import * as fs from "node:fs";
import * as path from "node:path";

import { withFileLock } from "./fileLock";

const FILE = "faults.json";

/** What a fault may do. */
export const KINDS = ["fail", "partial", "throttle", "hang", "slow", "kill-provider", "kill-engine", "kill-program"] as const;
const OPERATIONS = ["create", "update", "delete", "read", "invoke"] as const;

/** Something that is to go wrong. */
export interface Fault {
  /** Type token; `*` stands for any run of characters (`aws:rds/*`). */
  readonly type: string;
  /** Logical name, with `*` as above. Default: any. */
  readonly name?: string;
  readonly op: (typeof OPERATIONS)[number];
  /** The first matching call that is hit, counted from 1 over the cloud folder's life. Default 1. */
  readonly nth?: number;
  /** How many calls from then on. Default 1. */
  readonly times?: number;
  /**
   * `fail`: refused, nothing happens. `partial`: the object exists but is not ready. `throttle`: refused for too many
   * requests. `hang`: not ready until the provider gives up, by a custom timeout, after `minutes`, or after an hour. `slow`:
   * takes `minutes` longer. `kill-provider`, `kill-engine`, `kill-program`: that process is killed in the middle of the call,
   * and the cloud keeps what it has begun.
   */
  readonly kind: (typeof KINDS)[number];
  /** What the cloud says. Default: a sentence for the kind. */
  readonly message?: string;
  /**
   * Simulated minutes: how much longer (`slow`, required), or when it happens. Default: at once for a refusal, half way for a
   * death, after an hour for `hang`, which with `null` ends only by a custom timeout or a cancellation.
   */
  readonly minutes?: number | null;
}

/** @throws when the file is not a list of faults; the message has one line for each problem. */
export function parseFaults(text: string, source: string): readonly Fault[] {
  const parsed = parseJson(text, source);
  if (!Array.isArray(parsed)) throw new Error(`${source}: expected a list of faults, [{ "type": …, "op": …, "kind": … }].`);
  const texts = parsed.map((fault) => JSON.stringify(fault));
  const problems = parsed.flatMap((fault: unknown, index) => {
    const first = texts.indexOf(texts[index] ?? "");
    const twice = first === index ? [] : [`the same as fault ${first + 1}; "times" makes it hit more calls`];
    return [...problemsOf(fault), ...twice].map((problem) => `  fault ${index + 1}: ${problem}`);
  });
  if (problems.length > 0) throw new Error([`${source}: not usable as faults:`, ...problems].join("\n"));
  return parsed as Fault[];
}

/** The fault that hits this call, if any. Reads `<cloud folder>/faults.json` anew and counts the call. */
export function faultFor(cloudFolder: string, op: Fault["op"], type: string, name: string): Fault | undefined {
  const matching = faultsIn(cloudFolder).filter(
    (fault) => fault.op === op && matches(fault.type, type) && matches(fault.name ?? "*", name),
  );
  if (matching.length === 0) return undefined;
  return withFileLock(`${countFile(cloudFolder)}.lock`, () => firstHit(countFile(cloudFolder), matching));
}

/** The faults of a cloud folder that have hit no call so far. */
export function faultsWithoutHit(cloudFolder: string): readonly Fault[] {
  const counts = countsIn(countFile(cloudFolder));
  return faultsIn(cloudFolder).filter((fault) => (counts[JSON.stringify(fault)]?.hits ?? 0) === 0);
}

/** The fault in a few words: `fail at create 2 of aws:rds/*`. */
export function faultText({ kind, op, type, name, nth = 1 }: Fault): string {
  return `${kind} at ${op} ${nth} of ${type}${name === undefined ? "" : ` ${name}`}`;
}

function faultsIn(cloudFolder: string): readonly Fault[] {
  const file = path.join(cloudFolder, FILE);
  return fs.existsSync(file) ? parseFaults(fs.readFileSync(file, "utf8"), file) : [];
}

// Counts live beside the faults, not in the process: a provider that died must not start counting again.
function countFile(cloudFolder: string): string {
  return path.join(cloudFolder, `${FILE}.count`);
}

type Counts = Record<string, { readonly calls: number; readonly hits: number }>;

function countsIn(file: string): Counts {
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as Counts) : {};
}

// One fault a call: one that matches beside it has met the call without hitting it.
function firstHit(file: string, faults: readonly Fault[]): Fault | undefined {
  const counts = countsIn(file);
  let hit: Fault | undefined;
  for (const fault of faults) {
    const key = JSON.stringify(fault);
    const { calls, hits } = counts[key] ?? { calls: 0, hits: 0 };
    const first = fault.nth ?? 1;
    const isDue = hit === undefined && calls + 1 >= first && calls + 1 < first + (fault.times ?? 1);
    if (isDue) hit = fault;
    counts[key] = { calls: calls + 1, hits: isDue ? hits + 1 : hits };
  }
  fs.writeFileSync(file, JSON.stringify(counts));
  return hit;
}

function matches(pattern: string, subject: string): boolean {
  const expression = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${expression.join(".*")}$`).test(subject);
}

function problemsOf(fault: unknown): readonly string[] {
  if (typeof fault !== "object" || fault === null || Array.isArray(fault)) return ["expected an object"];
  const given = fault as Readonly<Record<string, unknown>>;
  const allowed = ["type", "name", "op", "nth", "times", "kind", "message", "minutes"];
  const problems = Object.keys(given)
    .filter((key) => !allowed.includes(key))
    .map((key) => `unknown key "${key}"; allowed are ${allowed.join(", ")}`);
  for (const key of ["type", "name", "message"]) {
    const value = given[key];
    const isText = value === undefined || typeof value === "string";
    if (!isText) problems.push(`"${key}" must be text, is ${JSON.stringify(value)}`);
  }
  if (given.type === undefined) problems.push('"type" is missing; for instance "aws:rds/instance:Instance" or "aws:rds/*"');
  problems.push(...choice(given.op, "op", OPERATIONS), ...choice(given.kind, "kind", KINDS));
  for (const key of ["nth", "times"]) problems.push(...count(given[key], key));
  const minutes = given.minutes;
  const isForEver = given.kind === "hang" && minutes === null;
  if (minutes !== undefined && !isForEver && (typeof minutes !== "number" || !(minutes >= 0))) {
    problems.push(`"minutes" must be a number from 0${given.kind === "hang" ? " or null" : ""}, is ${JSON.stringify(minutes)}`);
  }
  if (given.kind === "kill-program" && process.platform !== "linux") {
    problems.push('"kill-program" finds the program in /proc, which only Linux has; "kill-engine" and "kill-provider" work here');
  }
  if (given.kind === "slow" && minutes === undefined) problems.push('"slow" needs "minutes": how much longer it takes');
  return problems;
}

function choice(value: unknown, key: string, allowed: readonly string[]): readonly string[] {
  if (typeof value === "string" && allowed.includes(value)) return [];
  return [`"${key}" must be one of ${allowed.join(", ")}, is ${value === undefined ? "missing" : JSON.stringify(value)}`];
}

function count(value: unknown, key: string): readonly string[] {
  if (value === undefined || (Number.isInteger(value) && Number(value) >= 1)) return [];
  return [`"${key}" must be a whole number from 1, is ${JSON.stringify(value)}`];
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${source}: not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
