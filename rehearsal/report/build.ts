import type { Command } from "../arguments";
import { isBookkeeping, nameOf, type StateResource } from "../engine/state";
import { faultsWithoutHit, faultText } from "../provider/faults";
import { inventory, type InventoryItem } from "../provider/inventory";
import { readJournal, type JournalEntry } from "../provider/journal";
import { type Answer, wrongAnswer } from "../real/answer";
import type { Stage } from "../stage";
import { latencyOf, necessitiesOf } from "../simulatedClouds";
import { creationOrder, criticalPath, deletionOrder } from "./criticalPath";
import type { Drifted } from "./drift";
import { leftovers } from "./leftovers";
import { lowerBound } from "./lowerBound";
import type { RecoveryStory } from "./recovery";
import type { RehearsalReport, ResourceCounts, TimelineEntry } from "./report";
import { resourceTree } from "./tree";

/** One run of the engine, as far as the report is concerned. */
export interface Performance {
  /** Simulated minutes on the clock. */
  start: number;
  end: number;
  engineSeconds: number;
  /** Resources by what the engine did to them. */
  changes: Record<string, number>;
  unchanged?: number;
  failure?: string;
  /** The resources the run was about: those created, or those that were there before a destroy. */
  state: readonly StateResource[];
  /** What is left of them after a destroy. */
  after?: readonly StateResource[];
  outputs?: Record<string, unknown>;
  /** What it uses without owning it, by the clouds' own names. */
  takenOver?: readonly string[];
  /** What the pods of a real cluster answered. */
  answer?: Answer;
  drift?: Drifted[];
  recovery?: RecoveryStory;
}

// A scene that repairs something makes only a part.
const bounded: readonly Command[] = ["up", "destroy"];

export function buildReport(stage: Stage, performance: Performance): RehearsalReport {
  const { request, cloud, engine, scratch } = stage;
  const { state, start, end } = performance;
  const destroying = performance.after !== undefined;
  const journal = readJournal(scratch.cloud).filter((entry) => isTimed(entry) && entry.start >= start && entry.end <= end);
  const operations = journal.map((entry) => ({ ...entry, start: entry.start - start, end: entry.end - start }));
  const path = criticalPath(operations, destroying ? deletionOrder(operations) : creationOrder(state));
  return {
    command: request.command,
    stack: request.stack,
    cloud,
    real: stage.real?.title,
    engine: { version: engine.version, source: engine.source },
    resources: countsOf(performance),
    simulatedMinutes: rounded(end - start),
    lowerBoundMinutes: stage.real === undefined && bounded.includes(request.command) ? rounded(boundOf(stage, state, destroying ? "delete" : "create")) : 0,
    engineSeconds: rounded(performance.engineSeconds),
    criticalPath: path.map(({ urn, name, type, start: from, end: to }) => ({ urn, name, type, start: rounded(from), end: rounded(to) })),
    ...leftovers(scratch.cloud, performance.after ?? state, performance.takenOver),
    drift: performance.drift,
    recovery: performance.recovery,
    outputs: performance.outputs ?? {},
    answer: performance.answer,
    standing: stage.real?.standing,
    timeline: operations.map((entry) => entryOf(entry, path.includes(entry), operations)),
    tree: resourceTree(state),
    assumed: [...new Set(journal.filter(({ assumed }) => assumed).map(({ type }) => type))].sort(),
    idleFaults: faultsWithoutHit(scratch.cloud).map(faultText),
    failure: performance.failure ?? wrongAnswer(performance.answer),
  };
}

function isTimed({ op, urn }: JournalEntry): boolean {
  return urn !== "" && (op === "create" || op === "update" || op === "delete");
}

function entryOf(entry: JournalEntry, critical: boolean, all: readonly JournalEntry[]): TimelineEntry {
  const { urn, type, name, op, start, end } = entry;
  const again = all.some((other) => other.urn === urn && other.op === op && other.start >= end && other !== entry);
  const outcome = entry.outcome === "failed" && again ? "retried" : entry.outcome;
  return { urn, type, name, op, start: rounded(start), end: rounded(end), outcome, critical };
}

function countsOf({ changes, unchanged = 0 }: Performance): ResourceCounts {
  const { create = 0, update = 0, replace = 0, delete: deleted = 0 } = changes;
  return { created: create, updated: update, replaced: replace, deleted, unchanged };
}

function boundOf({ providers, scratch }: Stage, state: readonly StateResource[], op: "create" | "delete"): number {
  const inputs = new Map(inventory(scratch.cloud).map((item: InventoryItem) => [item.urn, item.inputs]));
  const resources = state
    .filter((resource) => resource.custom && !resource.external && !isBookkeeping(resource))
    .map(({ urn, type }) => ({ type, name: nameOf(urn), minutes: latencyOf(type, op, inputs.get(urn) ?? {}) }));
  return lowerBound(resources, necessitiesOf(providers));
}

// To the tenth of a second: finer is noise to a person.
function rounded(minutes: number): number {
  return Math.round(minutes * 1000) / 1000;
}
