import * as fs from "node:fs";
import * as path from "node:path";
import { reasonsOf } from "../engine/reasons";
import { Interrupted } from "../interruption";
import { type Fault, faultsWithoutHit, faultText } from "../provider/faults";
import { faultAt, type Operation } from "../randomFault";
import { putInOrder } from "../recovery";
import { inScratch } from "../rehearse";
import { copyScratch } from "../scratch";
import type { Stage } from "../stage";
import type { SoakRequest } from "./arguments";
import { type Base, Bases, commandOf, type Scene } from "./base";
import { brokenPromises } from "./promises";
import { sideBySide } from "./sideBySide";
import type { Playing } from "./soak";

/** A stack's life in which every operation of a scene goes wrong once in one way. */
export interface Life {
  readonly stack: string;
  readonly scene: Scene;
  readonly kind: Fault["kind"];
}

/** How a life went. */
export interface LifeResult extends Life {
  /** Operations of the scene, when nothing goes wrong. */
  readonly operations: number;
  /** Those of them that were hit. */
  readonly hit: number;
  /** How often the engine's command ran. */
  readonly runs: number;
  readonly steps: readonly string[];
  readonly broken: readonly string[];
  readonly seconds: number;
}

const mostRuns = 60;
/** In simulated minutes. More than nothing, for time stands still while anything is about to begin. */
const aMoment = 0.1;
const streaming = { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" };

/**
 * Lives all lives. The engine goes on past what fails, so that a run hits everything that does not stand on something that was
 * hit, and the next run what stands on that.
 */
export async function everyOperation(request: SoakRequest, options: Playing, onResult: (result: LifeResult) => void): Promise<readonly LifeResult[]> {
  const bases = new Bases(path.join(options.folder, "bases"), request.stacks, options);
  const lives = [...request.stacks.keys()].flatMap((stack) => request.scenes.flatMap((scene) => request.kinds.map((kind) => ({ stack, scene, kind }))));
  return sideBySide(request.jobs, lives, async (life) => {
    const base = await bases.before(life.stack, life.scene);
    const result = await live(life, base, request, options);
    onResult(result);
    return result;
  });
}

async function live(life: Life, base: Base, request: SoakRequest, options: Playing): Promise<LifeResult> {
  const began = performance.now();
  const keep = request.keep !== undefined;
  const folder = path.join(request.keep ?? options.folder, `${life.stack}-${life.scene}-${life.kind}`);
  const scratch = copyScratch(base.scratch, folder, keep);
  const faults = base.operations.map((operation) => atOnce(operation, life.kind));
  fs.writeFileSync(path.join(scratch.cloud, "faults.json"), JSON.stringify(faults));
  const hitSoFar = (): number => faults.length - faultsWithoutHit(scratch.cloud).length;
  const steps: string[] = [];
  let runs = 0;
  const ran = (): void => options.view.say(`  ${life.kind} at ${life.scene} of ${life.stack}: run ${++runs}, ${hitSoFar()} of ${faults.length} operations hit`);
  const broken = await inScratch(scratch, { ...base.request, keep: keep ? folder : undefined }, options, async (stage) => {
    try {
      const failure = await toItsEnd(stage, life.scene, (step) => void steps.push(step), ran);
      return [...failure, ...idle(stage), ...(await brokenPromises(stage, life.scene, base.passwords, true))];
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      return [error instanceof Error ? error.message : String(error)];
    }
  }, base.minutes);
  const hit = hitSoFar();
  if (broken.length === 0 || !keep) fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  return { ...life, operations: faults.length, hit, runs, steps, broken, seconds: (performance.now() - began) / 1000 };
}

// A death comes a moment after the first of those that begin together has begun, and hits all that are under way by then.
function atOnce(operation: Operation, kind: Fault["kind"]): Fault {
  return { ...faultAt(operation, kind), ...(kind.startsWith("kill-") ? { minutes: aMoment } : {}) };
}

/** @returns why the command never came to its end, if it did not */
async function toItsEnd(stage: Stage, scene: Scene, did: (step: string) => void, ran: () => void): Promise<readonly string[]> {
  let left: number | undefined;
  for (let run = 1; run <= mostRuns; run++) {
    const end = await stage.runner.run([...commandOf[scene], "--continue-on-error", "--json"], { environment: streaming });
    ran();
    if (end.code === 0) return [];
    const reasons = reasonsOf(end).join("; ");
    did(`pulumi ${commandOf[scene][0]}: ${end.code === null ? "was killed" : reasons}`);
    const now = faultsWithoutHit(stage.scratch.cloud).length;
    if (now === left) return [`it failed although nothing new was hit: ${reasons}`];
    left = now;
    await putInOrder(stage, commandOf[scene], did);
  }
  return [`it did not come to its end in ${mostRuns} runs`];
}

function idle({ scratch }: Stage): readonly string[] {
  return faultsWithoutHit(scratch.cloud).map((fault) => `was never hit: ${faultText(fault)}`);
}

/** A life in a line, with what is to be known of one that failed. */
export function lifeText({ stack, scene, kind, operations, hit, runs, steps, broken, seconds }: LifeResult): string {
  const outcome = broken.length > 0 ? "FAILED" : "stands";
  const line = `${kind} at ${hit} of ${operations} operations (${scene}) of ${stack}: ${outcome} after ${runs} runs (${seconds.toFixed(1)} s)`;
  if (broken.length === 0) return line;
  return [
    line,
    ...steps.map((step) => `    ${step}`),
    ...broken.map((promise) => `    broken: ${promise}`),
    `    again: npm run soak -- --every --stack ${stack} --op ${scene} --kind ${kind}`,
  ].join("\n");
}
