import * as fs from "node:fs";
import * as path from "node:path";
import { type Fault, faultsWithoutHit } from "../provider/faults";
import { SeededRandom } from "../provider/random";
import { type Operation, randomFault } from "../randomFault";
import { recover } from "../recovery";
import { inScratch, type RehearsalOptions } from "../rehearse";
import { copyScratch } from "../scratch";
import type { Stage } from "../stage";
import { type Base, type Bases, commandOf, type Scene, scenes } from "./base";
import { brokenPromises } from "./promises";

/** What goes wrong, and in what. */
export interface TrialPlan {
  readonly seed: number;
  readonly stack: string;
  readonly scene: Scene;
  readonly faults: readonly Fault[];
  /** Whether to ask the engine at the end if anything is left to do, which takes seconds. */
  readonly thorough: boolean;
}

/** How a trial went. */
export interface TrialResult extends TrialPlan {
  /** What the recovery did. */
  readonly steps: readonly string[];
  /** How often the command had to run again. */
  readonly runs: number;
  /** How many of the faults hit nothing. */
  readonly idle: number;
  /** Promises that did not hold; empty: the trial passed. */
  readonly broken: readonly string[];
  readonly seconds: number;
}

const streaming = { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" };

/** The seeds of a soak. The first is the soak's own, so that one trial with a trial's seed is that trial. */
export function seedsFrom(seed: number, trials: number): readonly number[] {
  const random = new SeededRandom(`soak ${seed}`);
  return Array.from({ length: trials }, (_, index) => (index === 0 ? seed : random.for(String(index)).integer(2 ** 31)));
}

/** The same plan for the same seed and program. */
export async function planTrial(seed: number, stacks: readonly string[], bases: Bases): Promise<TrialPlan> {
  const random = new SeededRandom(`trial ${seed}`);
  const stack = pick(stacks, random.for("stack"));
  const scene = pick(scenes, random.for("scene"));
  const { operations } = await bases.before(stack, scene);
  return { seed, stack, scene, faults: faultsAmong(operations, random), thorough: random.for("thorough").integer(5) === 0 };
}

/** Plays a trial in a folder of its own, which is removed unless it failed and is to be kept. */
export async function playTrial(plan: TrialPlan, base: Base, folder: string, keep: boolean, options: RehearsalOptions): Promise<TrialResult> {
  const began = performance.now();
  const scratch = copyScratch(base.scratch, folder, keep);
  fs.writeFileSync(path.join(scratch.cloud, "faults.json"), JSON.stringify(plan.faults));
  const request = { ...base.request, keep: keep ? folder : undefined };
  let passed = false;
  try {
    const acted = await inScratch(scratch, request, options, (stage) => act(stage, plan, base), base.minutes);
    passed = acted.broken.length === 0;
    return { ...plan, ...acted, seconds: (performance.now() - began) / 1000 };
  } finally {
    if (passed || !keep) fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

type Acted = Pick<TrialResult, "steps" | "runs" | "broken" | "idle">;

async function act(stage: Stage, { scene, thorough }: TrialPlan, { passwords }: Base): Promise<Acted> {
  const command = commandOf[scene];
  const { code } = await stage.runner.run([...command, "--json"], { environment: streaming });
  const steps: string[] = [];
  const recovery = code === 0 ? undefined : await recover(stage, command, (step) => void steps.push(step));
  const runs = recovery?.runs ?? 0;
  const broken = recovery?.failure === undefined ? await brokenPromises(stage, scene, passwords, thorough) : [`it did not come to its end in ${runs} more runs: ${recovery.failure}`];
  return { steps, runs, broken, idle: faultsWithoutHit(stage.scratch.cloud).length };
}

const again = 2;
const moments = 3;

// Two faults: at two places, or twice at the same place, the second time when it is tried again.
function faultsAmong(operations: readonly Operation[], random: SeededRandom): readonly Fault[] {
  const first = randomFault(operations, random.for("first"));
  if (first === undefined) return [];
  if (random.for("count").integer(10) < 7) return [early(first, random.for("first"))];
  const second = randomFault(operations, random.for("second"));
  if (second === undefined || random.for("place").integer(2) === 0) return [first, { ...first, kind: second?.kind ?? first.kind, minutes: second?.minutes, nth: again }];
  return second.op === first.op && second.type === first.type && second.name === first.name ? [first] : [first, second];
}

// A death comes half way through a call, or right at its beginning.
function early(fault: Fault, random: SeededRandom): Fault {
  return fault.kind.startsWith("kill-") && random.for("moment").integer(moments) === 0 ? { ...fault, minutes: 0 } : fault;
}

function pick<Item>(items: readonly Item[], random: SeededRandom): Item {
  const item = items[random.integer(items.length)];
  if (item === undefined) throw new Error("there is nothing to choose from");
  return item;
}
