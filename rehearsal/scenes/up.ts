import { answerOf } from "../real/answer";
import { chooseFault, operationsIn } from "../randomFault";
import { buildReport } from "../report/build";
import type { RehearsalReport } from "../report/report";
import type { Stage } from "../stage";
import { commands, exportState, play, readOutputs, unexpected, workIn } from "./play";

/** Preview, create, and update again; real pods are asked then. */
export async function playUp(stage: Stage): Promise<RehearsalReport> {
  const preview = await play(stage, "Previewing", commands.preview);
  if (preview.failure !== undefined) return buildReport(stage, { ...preview, changes: {}, state: [] });
  chooseFault(stage, operationsIn(preview.steps, stage.providers));
  const up = await play(stage, "Updating", commands.up, workIn(preview.steps));
  const state = await exportState(stage);
  const outputs = await readOutputs(stage);
  if (up.failure !== undefined) return buildReport(stage, { ...up, state, outputs });
  const again = await play(stage, "Updating again", commands.up, 0);
  const failure = again.failure ?? unexpected(again.steps);
  const answer = failure === undefined ? await answerOf(stage, outputs) : undefined;
  return buildReport(stage, { ...up, state, outputs, answer, unchanged: again.changes.same ?? 0, failure });
}
