import { changeByHand } from "../handMade";
import { buildReport } from "../report/build";
import { driftIn, type Drifted } from "../report/drift";
import type { RehearsalReport } from "../report/report";
import { handMadeChangesFor } from "../simulatedClouds";
import type { Stage } from "../stage";
import { commands, exportState, play, type Played, readOutputs, unexpected } from "./play";

/** Create, let somebody change things by hand, look what a refresh finds, and put it all back. */
export async function playDrift(stage: Stage): Promise<RehearsalReport> {
  const up = await play(stage, "Updating", commands.up);
  if (up.failure !== undefined) return buildReport(stage, { ...up, state: await exportState(stage) });
  const changed = changeEverything(stage);
  const found = await play(stage, "Looking for drift", commands.previewRefresh);
  const drift = driftIn(found.results);
  const refresh = await play(stage, "Taking the cloud's word for it", commands.refresh);
  const back = await play(stage, "Putting it back", commands.up);
  const again = await play(stage, "Updating again", commands.up, 0);
  const [state, outputs] = [await exportState(stage), await readOutputs(stage)];
  const failure = firstFailure(found, refresh, back, again) ?? unseen(changed, drift) ?? unexpected(again.steps);
  return buildReport(stage, { ...back, state, outputs, drift, unchanged: again.changes.same ?? 0, failure });
}

/** What somebody changed, and what they would say of it. */
interface Changed {
  what: string;
  type: string;
  name: string;
}

function changeEverything({ providers, scratch, view }: Stage): Changed[] {
  return handMadeChangesFor(providers).flatMap(({ provider, change }) => {
    const object = changeByHand(scratch.cloud, provider, change);
    if (object === undefined) return [];
    view.say(`By hand, in the simulated cloud: ${change.what}`);
    return [{ what: change.what, type: object.type, name: object.name }];
  });
}

function firstFailure(...runs: readonly Played[]): string | undefined {
  return runs.find(({ failure }) => failure !== undefined)?.failure;
}

function unseen(changed: readonly Changed[], drift: readonly Drifted[]): string | undefined {
  const missed = changed.filter(({ type, name }) => !drift.some((found) => found.type === type && found.name === name));
  if (missed.length === 0) return undefined;
  return `The refresh must find everything that was changed by hand, but it missed:\n${missed.map(({ what }) => `  ${what}`).join("\n")}`;
}
