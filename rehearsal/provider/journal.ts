import { appendFileSync, existsSync, readFileSync } from "node:fs";
import * as path from "node:path";

/** The calls that reach the cloud. Checks, diffs and previews do not, and are not in the journal. */
export type JournalOperation = "create" | "update" | "delete" | "read" | "invoke";

/** One finished call. Never holds a property value. */
export interface JournalEntry {
  readonly provider: string;
  readonly op: JournalOperation;
  /** Type token; the function's token for an invoke. */
  readonly type: string;
  /** Logical name; empty for an invoke. */
  readonly name: string;
  readonly urn: string;
  readonly id: string;
  /** Simulated minutes since the rehearsal's clock started. */
  readonly start: number;
  readonly end: number;
  readonly outcome: "ok" | "failed" | "partial";
  readonly error?: string;
  /** True when the latency is the default of the type's class, for lack of an entry with a source. */
  readonly assumed?: boolean;
}

const FILE = "journal.ndjson";

/** Adds a line to `<cloud folder>/journal.ndjson`. */
export function record(cloudFolder: string, entry: JournalEntry): void {
  appendFileSync(path.join(cloudFolder, FILE), `${JSON.stringify(entry)}\n`);
}

/** The finished calls so far, in the order they ended. A line still being written is left out. */
export function readJournal(cloudFolder: string): readonly JournalEntry[] {
  const file = path.join(cloudFolder, FILE);
  if (!existsSync(file)) return [];
  const text = readFileSync(file, "utf8");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  return whole
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as JournalEntry);
}
