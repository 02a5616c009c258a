import { setTimeout as pause } from "node:timers/promises";

import { activityOf, usedBetween } from "./processActivity";

const WINDOW_MS = 8;
const WINDOWS = 2;
const PATIENCE_MS = 400;
const NEXT_TO_NOTHING = 0.02;
const SILENCE_MS = 150;

/**
 * Resolves once the processes under `watch()` have nothing left to do without another provider's answer; `false` as soon as
 * `disturbed()`.
 *
 * Two moments 8 ms apart, twice, in which no thread ran, wanted to run or used any processor time: work that was handed from
 * one process to another inside a window shows up as time used by either. On a loaded machine a thread that waits for its turn
 * is seen as such, however long it waits. Timers that tick without doing anything are let pass after 0.4 s, if they use less than 2 %
 * of a processor. Where the system does not tell, 150 ms without any call have to do.
 */
export async function quiet(watch: () => number | undefined, disturbed: () => boolean): Promise<boolean> {
  const began = performance.now();
  let still = 0;
  let before = sample(watch);
  let at = performance.now();
  while (still < WINDOWS) {
    if (before === undefined) return silence(disturbed);
    await pause(WINDOW_MS);
    if (disturbed()) return false;
    const after = sample(watch);
    const now = performance.now();
    if (after === undefined) return silence(disturbed);
    const used = Number(usedBetween(before, after));
    const allowed = now - began > PATIENCE_MS ? (now - at) * 1e6 * NEXT_TO_NOTHING : 0;
    still = !before.busy && !after.busy && used <= allowed ? still + 1 : 0;
    [before, at] = [after, now];
  }
  return true;
}

function sample(watch: () => number | undefined): ReturnType<typeof activityOf> {
  const pid = watch();
  return pid === undefined ? undefined : activityOf(pid);
}

async function silence(disturbed: () => boolean): Promise<boolean> {
  await pause(SILENCE_MS);
  return !disturbed();
}
