import * as path from "node:path";
import { Interrupted } from "../interruption";
import { faultText } from "../provider/faults";
import type { RehearsalOptions } from "../rehearse";
import type { SoakRequest } from "./arguments";
import { Bases, type Scene } from "./base";
import { sideBySide } from "./sideBySide";
import { planTrial, playTrial, seedsFrom, type TrialResult } from "./trial";

/** Where stacks are played. */
export interface Playing extends RehearsalOptions {
  /** Whoever gives it removes it. */
  readonly folder: string;
}

/** What a soak needs besides the request. */
export interface SoakOptions extends Playing {
  /** Is told of each trial when it is through. */
  readonly onResult: (result: TrialResult, number: number) => void;
}

/** Plays the trials, some side by side. After an interruption, those that are through. */
export async function soak(request: SoakRequest, options: SoakOptions): Promise<readonly TrialResult[]> {
  const bases = new Bases(path.join(options.folder, "bases"), request.stacks, options);
  let through = 0;
  return sideBySide(request.jobs, seedsFrom(request.seed, request.trials), async (seed) => {
    const result = await trial(seed, request, bases, options);
    options.onResult(result, ++through);
    return result;
  });
}

// What stops a trial without an interruption is the trial's failure: the others go on.
async function trial(seed: number, request: SoakRequest, bases: Bases, options: SoakOptions): Promise<TrialResult> {
  const plan = await planTrial(seed, [...request.stacks.keys()], bases);
  const base = await bases.before(plan.stack, plan.scene);
  const folder = path.join(request.keep ?? options.folder, `trial-${seed}`);
  try {
    return await playTrial(plan, base, folder, request.keep !== undefined, options);
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    return { ...plan, steps: [], runs: 0, idle: 0, seconds: 0, broken: [error instanceof Error ? error.message : String(error)] };
  }
}

/** A scene in a word or two. */
export const sceneText = { create: "first up", update: "changing up", delete: "destroy" } as const satisfies Record<Scene, string>;

/** A trial in a line, with what is to be known of one that failed. */
export function resultText(result: TrialResult, stackGiven: string | undefined): string {
  const { seed, stack, scene, faults, runs, steps, broken, seconds } = result;
  const outcome = broken.length > 0 ? "FAILED" : runs === 0 ? "went on" : `recovered in ${runs} more ${runs === 1 ? "run" : "runs"}`;
  const line = `${sceneText[scene]} of ${stack}: ${faults.map(faultText).join(" and ")}: ${outcome} (seed ${seed}, ${seconds.toFixed(1)} s)`;
  if (broken.length === 0) return line;
  const only = stackGiven === undefined ? "" : ` --stack ${stackGiven}`;
  return [
    line,
    ...steps.map((step) => `    ${step}`),
    ...broken.map((promise) => `    broken: ${promise}`),
    `    again: npm run soak -- --trials 1 --seed ${seed}${only}`,
  ].join("\n");
}
