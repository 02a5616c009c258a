import type { Upkeep } from "../../provider/behaviour";

/** A backup that outlives what it is of. Billed is what it holds, which only a real project knows. */
export function backupUpkeep(gibibytes: number, remove: string): Upkeep {
  return { monthly: { why: `billed by what it holds, at most ${gibibytes} GiB` }, remove };
}
