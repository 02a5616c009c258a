import { isBookkeeping } from "../engine/state";
import type { RehearsalReport } from "../report/report";
import { exportState } from "../scenes/play";
import type { Stage } from "../stage";
import { takeAway } from "./takeAway";

/** Plays a scene on a real cluster, and takes away what it leaves there unless that is to be kept. */
export async function playForReal(stage: Stage, scene: (stage: Stage) => Promise<RehearsalReport>): Promise<RehearsalReport> {
  const report = await scene(stage);
  const goesAnyway = report.failure !== undefined && stage.real?.own === true;
  if (stage.request.keep !== undefined || goesAnyway) return report;
  const state = await exportState(stage);
  return state.every(isBookkeeping) ? report : takeAway(stage, report);
}
