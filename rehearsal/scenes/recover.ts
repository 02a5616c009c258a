import * as fs from "node:fs";
import * as path from "node:path";
import { type Finding, findingOf, guardFindings } from "../../guard/findings";
import { type Accident, accidentOn, accidents, defaultAccident } from "../accidents";
import { nameOf, pendingFrom, stateFrom } from "../engine/state";
import { locksIn, recover } from "../recovery";
import { buildReport } from "../report/build";
import { findingLines } from "../report/recovery";
import type { RehearsalReport } from "../report/report";
import { casualtiesOf, holdingsIn, titleOf } from "../simulatedClouds";
import type { Stage } from "../stage";
import { commands, exportState, exportText, play, readOutputs, unexpected } from "./play";

/** Let an accident happen, look at what it left, put it in order step by step, and go on until nothing is left to do. */
export async function playRecovery(stage: Stage): Promise<RehearsalReport> {
  const { request, view, clock, scratch, providers, cloud } = stage;
  const of = request.of ?? defaultAccident;
  const accident = accidentOn(of, casualtiesOf(providers), titleOf(cloud));
  if (accident.stands) {
    const up = await play(stage, "Updating", commands.up);
    if (up.failure !== undefined) return buildReport(stage, { ...up, state: await exportState(stage) });
  }
  view.say(accident.story);
  const began = performance.now();
  const command = await commandOf(stage, accident);
  fs.writeFileSync(path.join(scratch.cloud, "faults.json"), JSON.stringify([accident.fault]));
  const hit = await play(stage, accident.doing === "refresh" ? "Refreshing" : "Updating", command);
  const refusal = locksIn(scratch.folder).length === 0 ? undefined : (await play(stage, "Updating, with the lock in place", commands.up)).failure;
  const findings = await findingsIn(stage);
  for (const line of ["The guard finds:", ...findingLines(findings), "Putting it in order:"]) view.say(line);
  const { steps, failure } = await recover(stage, commands.up.filter((argument) => argument !== "--json"), (step) => view.say(`  ${step}`));
  const again = await play(stage, "Updating again", commands.up, 0);
  const state = await exportState(stage);
  return buildReport(stage, {
    start: hit.start,
    end: clock.now(),
    engineSeconds: (performance.now() - began) / 1000,
    changes: { create: again.changes.same ?? 0 },
    unchanged: again.changes.same ?? 0,
    state,
    outputs: await readOutputs(stage),
    recovery: { of, story: accident.story, said: [hit.failure, refusal].flatMap((text) => text ?? []), findings, steps, runbook: accidents[of].runbook },
    failure: failure ?? again.failure ?? unexpected(again.steps) ?? (await unsettled(stage)) ?? (hit.failure === undefined ? "The accident did not happen." : undefined),
  });
}

async function commandOf(stage: Stage, { doing }: Accident): Promise<readonly string[]> {
  if (typeof doing === "string") return commands[doing];
  const { what, type, nameEnds } = doing.replace;
  const found = (await exportState(stage)).find((resource) => resource.type === type && nameOf(resource.urn).endsWith(nameEnds));
  if (found === undefined) throw new Error(`the stack has not what is to be replaced: ${what} (${type}); name another accident with --of`);
  return [...commands.up, "--replace", found.urn];
}

/** What the guard says, which an operator asks before anything else. */
async function findingsIn(stage: Stage): Promise<readonly Finding[]> {
  const { request, providers, scratch } = stage;
  const { stack } = request;
  const locked = locksIn(scratch.folder).length === 0 ? [] : [findingOf("locked", { type: "pulumi:pulumi:Stack", name: stack }, stack)];
  return [...locked, ...guardFindings(await exportText(stage), holdingsIn(providers, scratch.cloud, stack), stack)];
}

async function unsettled(stage: Stage): Promise<string | undefined> {
  const exported = await exportText(stage);
  const left = [
    ...locksIn(stage.scratch.folder).map((lock) => `the lock ${lock}`),
    ...pendingFrom(exported).map(({ type, resource }) => `${type} ${resource.urn}`),
    ...stateFrom(exported).filter((resource) => resource.delete === true).map(({ urn }) => `the deletion of ${urn}`),
  ];
  return left.length === 0 ? undefined : `The recovery must leave nothing open, but it left:\n${left.map((line) => `  ${line}`).join("\n")}`;
}
