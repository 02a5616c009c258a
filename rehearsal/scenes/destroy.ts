import { isWork } from "../progress/model";
import { answerOf } from "../real/answer";
import { chooseFault, deletionsOf } from "../randomFault";
import { buildReport } from "../report/build";
import type { RehearsalReport } from "../report/report";
import type { Stage } from "../stage";
import { commands, exportState, play, readOutputs } from "./play";

/** Create, ask real pods, lift the protection by consent as an operator would, and destroy. */
export async function playDestroy(stage: Stage): Promise<RehearsalReport> {
  const up = await play(stage, "Updating", commands.up);
  if (up.failure !== undefined) return buildReport(stage, { ...up, state: await exportState(stage) });
  const answer = await answerOf(stage, await readOutputs(stage));
  stage.stackFile.consentToEverything();
  const lifted = await play(stage, "Lifting protection", commands.up);
  const before = await exportState(stage);
  if (lifted.failure !== undefined) return buildReport(stage, { ...lifted, state: before });
  const expected = before.filter(({ type }) => isWork({ op: "delete", type })).length;
  chooseFault(stage, deletionsOf(before));
  const destroy = await play(stage, "Destroying", commands.destroy, expected);
  const changes = { ...destroy.changes, create: up.changes.create ?? 0, update: lifted.changes.update ?? 0 };
  return buildReport(stage, { ...destroy, changes, answer, state: before, after: await exportState(stage) });
}
