import type { CommandEnd } from "./engine/runner";
import { reasonsOf } from "./engine/reasons";
import { stateFrom, type StateResource } from "./engine/state";
import type { EngineEvent, StepMetadata } from "./engine/events";
import { isWork } from "./progress/model";
import { chooseFault, deletionsOf, operationsIn } from "./randomFault";
import { buildReport, type Performance } from "./report/build";
import type { RehearsalReport } from "./report/report";
import { titleOf } from "./simulatedClouds";
import type { Stage } from "./stage";

// More than any stack has: the simulated time must not depend on the processors of this machine.
const parallel = ["--parallel", "512"];
const streaming = { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" };

/** Preview, create, and update again. */
export async function playUp(stage: Stage): Promise<RehearsalReport> {
  const preview = await play(stage, "Previewing", ["preview", "--json", ...parallel]);
  if (preview.failure !== undefined) return buildReport(stage, { ...preview, changes: {}, state: [] });
  chooseFault(stage, operationsIn(preview.steps, stage.providers));
  const up = await play(stage, "Updating", ["up", "--yes", "--skip-preview", "--json", ...parallel], workIn(preview.steps));
  const state = await exportState(stage);
  const outputs = await readOutputs(stage);
  if (up.failure !== undefined) return buildReport(stage, { ...up, state, outputs });
  const again = await play(stage, "Updating again", ["up", "--yes", "--skip-preview", "--json", ...parallel], 0);
  const failure = again.failure ?? unexpected(again.steps);
  return buildReport(stage, { ...up, state, outputs, unchanged: again.changes.same ?? 0, failure });
}

/** Create, lift the protection by consent as an operator would, and destroy. */
export async function playDestroy(stage: Stage): Promise<RehearsalReport> {
  const up = await play(stage, "Updating", ["up", "--yes", "--skip-preview", "--json", ...parallel]);
  if (up.failure !== undefined) return buildReport(stage, { ...up, state: await exportState(stage) });
  stage.stackFile.consentToEverything();
  const lifted = await play(stage, "Lifting protection", ["up", "--yes", "--skip-preview", "--json", ...parallel]);
  const before = await exportState(stage);
  if (lifted.failure !== undefined) return buildReport(stage, { ...lifted, state: before });
  const expected = before.filter(({ type }) => isWork({ op: "delete", type })).length;
  chooseFault(stage, deletionsOf(before));
  const destroy = await play(stage, "Destroying", ["destroy", "--yes", "--skip-preview", "--json", ...parallel], expected);
  const changes = { ...destroy.changes, create: up.changes.create ?? 0, update: lifted.changes.update ?? 0 };
  return buildReport(stage, { ...destroy, changes, state: before, after: await exportState(stage) });
}

type Played = Omit<Performance, "state">;

/** One run of the engine under the eyes of the person. */
async function play(stage: Stage, title: string, args: readonly string[], expected?: number): Promise<Played & { steps: StepMetadata[] }> {
  const { view, clock, runner, request, cloud } = stage;
  const start = clock.now();
  const steps: StepMetadata[] = [];
  let changes: Record<string, number> = {};
  const onEvent = (event: EngineEvent) => {
    view.event(event);
    const step = event.resourcePreEvent?.metadata;
    if (step) steps.push(step);
    changes = event.summaryEvent?.resourceChanges ?? changes;
  };
  view.begin(`${title}: ${request.stack} on simulated ${titleOf(cloud)}`, () => clock.now() - start, expected);
  let outcome = "interrupted";
  try {
    const end = await runner.run(args, { onEvent, environment: streaming });
    const failure = failureOf(title, end);
    outcome = failure === undefined ? `${changesText(changes)} in ${end.seconds.toFixed(1)} s` : "failed";
    return { start, end: clock.now(), engineSeconds: end.seconds, changes, steps, failure };
  } finally {
    view.end(outcome);
  }
}

function failureOf(title: string, end: CommandEnd): string | undefined {
  return end.code === 0 ? undefined : `${title} failed (exit code ${end.code}):\n${reasonsOf(end).join("\n")}`;
}

function unexpected(steps: readonly StepMetadata[]): string | undefined {
  const changed = steps.filter(({ op }) => op !== "same" && op !== "read");
  if (changed.length === 0) return undefined;
  const lines = changed.map(({ op, urn, diffs }) => `  ${op} ${urn}${diffs?.length ? ` (${diffs.join(", ")})` : ""}`);
  return `The second update must change nothing, but it did:\n${lines.join("\n")}`;
}

function changesText(changes: Record<string, number>): string {
  return Object.entries(changes).map(([op, count]) => `${count} ${op}`).join(", ") || "nothing to do";
}

function workIn(steps: readonly StepMetadata[]): number {
  return new Set(steps.filter(isWork).map(({ op, urn }) => `${op} ${urn}`)).size;
}

async function exportState({ runner }: Stage): Promise<StateResource[]> {
  const { code, text } = await runner.run(["stack", "export"]);
  if (code !== 0) throw new Error(`the engine's state can't be read:\n${text.trim()}`);
  return stateFrom(text);
}

// Without --show-secrets the engine masks them.
async function readOutputs({ runner }: Stage): Promise<Record<string, unknown>> {
  const { code, text } = await runner.run(["stack", "output", "--json"]);
  return code === 0 ? (JSON.parse(text) as Record<string, unknown>) : {};
}
