import { readdirSync, readFileSync } from "node:fs";

/** What a process and everything it started were doing at one moment. */
export interface Activity {
  /** A thread was running, waiting for a processor, or waiting for the disk. */
  readonly busy: boolean;
  /** Processor time of every thread, in nanoseconds. */
  readonly used: ReadonlyMap<string, bigint>;
}

/**
 * The activity of a process and its descendants, from /proc; `undefined` where the system does not tell (anything but Linux) or
 * the process is gone.
 */
export function activityOf(rootPid: number): Activity | undefined {
  const used = new Map<string, bigint>();
  let busy = false;
  const visit = (pid: number): void => {
    for (const thread of directory(`/proc/${pid}/task`)) {
      const folder = `/proc/${pid}/task/${thread}`;
      const state = stateOf(text(`${folder}/stat`));
      const time = text(`${folder}/schedstat`).split(" ")[0] ?? "";
      if (state === undefined || time === "") continue;
      busy ||= state === "R" || state === "D";
      used.set(`${pid}/${thread}`, BigInt(time));
      for (const child of childrenOf(folder)) visit(child);
    }
  };
  visit(rootPid);
  return used.size === 0 ? undefined : { busy, used };
}

/** The processes that a process started, and those that they started; none where the system does not tell. */
export function descendantsOf(pid: number): readonly number[] {
  const children = directory(`/proc/${pid}/task`).flatMap((thread) => childrenOf(`/proc/${pid}/task/${thread}`));
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

/** The arguments a process was started with, its command first. */
export function commandOf(pid: number): readonly string[] {
  return text(`/proc/${pid}/cmdline`).split("\0");
}

/** Nanoseconds of processor time between two moments. A thread that came or went counts as a millisecond. */
export function usedBetween(before: Activity, after: Activity): bigint {
  let sum = 0n;
  for (const [thread, time] of after.used) sum += time - (before.used.get(thread) ?? time - 1_000_000n);
  for (const thread of before.used.keys()) if (!after.used.has(thread)) sum += 1_000_000n;
  return sum;
}

function childrenOf(thread: string): readonly number[] {
  const children = text(`${thread}/children`).split(" ");
  return children.filter((child) => child.trim() !== "").map(Number);
}

// The command's name stands in parentheses and may hold anything, parentheses too.
function stateOf(stat: string): string | undefined {
  return stat.slice(stat.lastIndexOf(")") + 2).charAt(0) || undefined;
}

// A process may end between two readings; it then has no files.
function text(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function directory(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
