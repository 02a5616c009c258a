import { runCommand } from "../../toolchain/command";
import { isBookkeeping } from "../engine/state";
import { leftovers } from "../report/leftovers";
import type { RehearsalReport } from "../report/report";
import { commands, exportState, play } from "../scenes/play";
import type { Stage } from "../stage";
import { kubectlFor } from "./answer";
import { namespaces } from "./namespaces";

/** Destroys the platform after the rehearsal, by consent as an operator would. @returns the report with what came of it */
export async function takeAway(stage: Stage, report: RehearsalReport): Promise<RehearsalReport> {
  const failure = await consent(stage, report.failure !== undefined);
  const destroy = failure === undefined ? await play(stage, "Destroying", commands.destroy) : undefined;
  const failed = failure ?? destroy?.failure ?? (await left(stage));
  const also = failed === undefined ? [] : [`What the rehearsal made could not be taken away: ${failed}`];
  return { ...report, takenAway: failed === undefined ? (destroy?.changes.delete ?? 0) : undefined, failure: [report.failure, ...also].filter((text) => text !== undefined).join("\n\n") || undefined };
}

// An update that failed would fail again, and what is not whole holds nothing that could be lost.
async function consent(stage: Stage, afterFailure: boolean): Promise<string | undefined> {
  if (!afterFailure) {
    stage.stackFile.consentToEverything();
    return (await play(stage, "Lifting protection", commands.up)).failure;
  }
  const { code, text } = await stage.runner.run(["state", "unprotect", "--all", "--yes"]);
  return code === 0 ? undefined : `protection could not be lifted: ${text.trim()}`;
}

/** What is there that should not be, in words; undefined where there is nothing. */
async function left(stage: Stage): Promise<string | undefined> {
  const { real, scratch } = stage;
  const state = (await exportState(stage)).filter((resource) => !isBookkeeping(resource));
  const { orphans } = leftovers(scratch.cloud, state);
  const known = [...state.map(({ urn }) => urn), ...orphans.map(({ type, id }) => `${type} ${id}`)];
  if (real === undefined || known.length > 0) return known.length > 0 ? `left are ${known.join(", ")}` : undefined;
  const [program = "", ...args] = kubectlFor(real, scratch.folder);
  const { stdout } = await runCommand(program, [...args, "get", "namespaces", ...Object.values(namespaces), "--ignore-not-found", "--output", "name"]);
  return stdout.trim() === "" ? undefined : `left are ${stdout.trim().split("\n").join(", ")}`;
}
