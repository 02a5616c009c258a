import type { EngineEvent, StepMetadata } from "../engine/events";
import { reasonsOf } from "../engine/reasons";
import type { CommandEnd } from "../engine/runner";
import { stateFrom, type StateResource } from "../engine/state";
import { isWork } from "../progress/model";
import type { Performance } from "../report/build";
import { titleOf } from "../simulatedClouds";
import type { Stage } from "../stage";

// More than any stack has: the simulated time must not depend on the processors of this machine.
const parallel = ["--parallel", "512"];
const apply = ["--yes", "--skip-preview", "--json", ...parallel];

/** The engine's commands, as a rehearsal gives them. */
export const commands = {
  preview: ["preview", "--json", ...parallel],
  up: ["up", ...apply],
  destroy: ["destroy", ...apply],
  refresh: ["refresh", ...apply],
  previewRefresh: ["refresh", "--preview-only", "--json", ...parallel],
} satisfies Record<string, readonly string[]>;

const environment = {
  PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true",
  // Every command says --yes where it means it; this would be the same, and clashes with --preview-only.
  PULUMI_SKIP_CONFIRMATIONS: "false",
};

/** How one run of the engine went. */
export interface Played extends Omit<Performance, "state"> {
  /** What it began, in order. */
  steps: StepMetadata[];
  /** What it ended, in order. */
  results: StepMetadata[];
}

/** One run of the engine under the eyes of the person. */
export async function play(stage: Stage, title: string, args: readonly string[], expected?: number): Promise<Played> {
  const { view, clock, runner, request, cloud } = stage;
  const start = clock.now();
  const steps: StepMetadata[] = [];
  const results: StepMetadata[] = [];
  let changes: Record<string, number> = {};
  const onEvent = (event: EngineEvent) => {
    view.event(event);
    const [step, result] = [event.resourcePreEvent?.metadata, event.resOutputsEvent?.metadata];
    if (step) steps.push(step);
    if (result) results.push(result);
    changes = event.summaryEvent?.resourceChanges ?? changes;
  };
  view.begin(`${title}: ${request.stack} on ${stage.real?.title ?? `simulated ${titleOf(cloud)}`}`, () => clock.now() - start, expected);
  let outcome = "interrupted";
  try {
    const end = await runner.run(args, { onEvent, environment });
    const failure = failureOf(title, end);
    outcome = failure === undefined ? `${changesText(changes)} in ${end.seconds.toFixed(1)} s` : "failed";
    return { start, end: clock.now(), engineSeconds: end.seconds, changes, steps, results, failure };
  } finally {
    view.end(outcome);
  }
}

function failureOf(title: string, end: CommandEnd): string | undefined {
  if (end.code === 0) return undefined;
  return `${title} ${end.code === null ? "was killed" : `failed (exit code ${end.code})`}:\n${reasonsOf(end).join("\n")}`;
}

/** What a second update did, which must do nothing; `undefined` when it kept to that. */
export function unexpected(steps: readonly StepMetadata[]): string | undefined {
  const changed = steps.filter(({ op }) => op !== "same" && op !== "read");
  if (changed.length === 0) return undefined;
  const lines = changed.map(({ op, urn, diffs }) => `  ${op} ${urn}${diffs?.length ? ` (${diffs.join(", ")})` : ""}`);
  return `The second update must change nothing, but it did:\n${lines.join("\n")}`;
}

function changesText(changes: Record<string, number>): string {
  return Object.entries(changes).map(([op, count]) => `${count} ${op}`).join(", ") || "nothing to do";
}

/** How many resources the steps create, change or delete. */
export function workIn(steps: readonly StepMetadata[]): number {
  return new Set(steps.filter(isWork).map(({ op, urn }) => `${op} ${urn}`)).size;
}

export async function exportState(stage: Stage): Promise<StateResource[]> {
  return stateFrom(await exportText(stage));
}

/** The engine's state as it gives it away, secrets encrypted. */
export async function exportText({ runner }: Stage): Promise<string> {
  const { code, text } = await runner.run(["stack", "export"]);
  if (code !== 0) throw new Error(`the engine's state can't be read:\n${text.trim()}`);
  return text;
}

// Without --show-secrets the engine masks them.
export async function readOutputs({ runner }: Stage): Promise<Record<string, unknown>> {
  const { code, text } = await runner.run(["stack", "output", "--json"]);
  return code === 0 ? (JSON.parse(text) as Record<string, unknown>) : {};
}
