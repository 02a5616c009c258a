import type { EngineEvent, StepMetadata } from "../engine/events";
import { nameOf } from "../engine/state";

/** A resource the engine is working on. */
export interface RunningStep {
  urn: string;
  name: string;
  type: string;
  op: string;
  /** Simulated minutes on the clock when it began. */
  since: number;
}

/** A resource the engine is done with. */
export interface FinishedStep extends RunningStep {
  failed: boolean;
  until: number;
}

/** What one run of the engine has done so far, from its events. */
export class ProgressModel {
  readonly running = new Map<string, RunningStep>();
  failed = 0;
  private readonly done = new Set<string>();

  constructor(private readonly now: () => number) {}

  get finished(): number {
    return this.done.size;
  }

  /** @returns the step that this event ended, if any; what stays as it is does not count as a step */
  take(event: EngineEvent): FinishedStep | undefined {
    const begun = event.resourcePreEvent?.metadata;
    if (begun && isWork(begun)) this.running.set(begun.urn, stepOf(begun, this.now()));
    const ended = event.resOutputsEvent?.metadata ?? event.resOpFailedEvent?.metadata;
    if (!ended || !isWork(ended)) return undefined;
    const step = this.running.get(ended.urn) ?? stepOf(ended, this.now());
    this.running.delete(ended.urn);
    const failed = event.resOpFailedEvent !== undefined;
    if (failed) this.failed++;
    // A component ends twice: when it is registered, and when its outputs are.
    else if (this.done.has(`${ended.op} ${ended.urn}`)) return undefined;
    else this.done.add(`${ended.op} ${ended.urn}`);
    return { ...step, failed, until: this.now() };
  }
}

function stepOf({ urn, type, op }: StepMetadata, since: number): RunningStep {
  return { urn, type, op, name: nameOf(urn), since };
}

/** Whether the engine has anything to do for this step; the stack itself is only the frame. */
export function isWork({ op, type }: Pick<StepMetadata, "op" | "type">): boolean {
  return op !== "same" && op !== "read" && op !== "refresh" && type !== "pulumi:pulumi:Stack";
}
