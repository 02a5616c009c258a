import * as fs from "node:fs";
import * as path from "node:path";
import type { StepMetadata } from "./engine/events";
import { isBookkeeping, nameOf, providerOf, type StateResource } from "./engine/state";
import { type Fault, faultText, KINDS } from "./provider/faults";
import { SeededRandom } from "./provider/random";
import type { Stage } from "./stage";

/** An operation that a fault may hit. */
export interface Operation {
  readonly op: "create" | "update" | "delete";
  readonly type: string;
  readonly urn: string;
}

const minutesLonger = 45;

/** One fault among the operations, the same for the same random numbers; `undefined` where there is no operation. */
export function randomFault(operations: readonly Operation[], random: SeededRandom): Fault | undefined {
  // The engine works side by side, in an order of the moment.
  const sorted = [...operations].sort((one, other) => (textOf(one) < textOf(other) ? -1 : 1));
  const chosen = sorted[random.for("operation").integer(Math.max(1, sorted.length))];
  const kind = KINDS[random.for("kind").integer(KINDS.length)];
  if (chosen === undefined || kind === undefined) return undefined;
  return faultAt(chosen, kind);
}

/** A fault of a kind at the first call of an operation. */
export function faultAt({ op, type, urn }: Operation, kind: Fault["kind"]): Fault {
  return { type, name: nameOf(urn), op, kind, ...(kind === "slow" ? { minutes: minutesLonger } : {}) };
}

/** Lets the seed of the request, if there is one, choose a fault for what comes next. */
export function chooseFault({ request, scratch, view }: Stage, operations: readonly Operation[]): void {
  if (request.seed === undefined) return;
  const fault = randomFault(operations, new SeededRandom(request.seed));
  if (fault === undefined) return;
  fs.writeFileSync(path.join(scratch.cloud, "faults.json"), JSON.stringify([fault]));
  view.say(`Seed ${request.seed}: ${faultText(fault)}`);
}

/** What the steps of a preview ask of these providers. */
export function operationsIn(steps: readonly StepMetadata[], providers: readonly string[]): readonly Operation[] {
  return steps.flatMap(({ op, type, urn }) => {
    const reached = (["create", "update", "delete"] as const).find((known) => op === known || op.startsWith(`${known}-`));
    return reached === undefined || !providers.includes(providerOf(type)) ? [] : [{ op: reached, type, urn }];
  });
}

/** What a stack asks of the providers when it is made. */
export function creationsOf(state: readonly StateResource[]): readonly Operation[] {
  return madeIn(state).map(({ type, urn }) => ({ op: "create", type, urn }));
}

/** What a destroy asks of the providers. */
export function deletionsOf(state: readonly StateResource[]): readonly Operation[] {
  const urns = new Set(state.map(({ urn }) => urn));
  return madeIn(state)
    .filter(({ deletedWith = "" }) => !urns.has(deletedWith))
    .map(({ type, urn }) => ({ op: "delete", type, urn }));
}

function madeIn(state: readonly StateResource[]): readonly StateResource[] {
  return state.filter((resource) => resource.custom && resource.external !== true && !isBookkeeping(resource));
}

function textOf({ op, urn }: Operation): string {
  return `${op} ${urn}`;
}
