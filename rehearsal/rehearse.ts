import * as fs from "node:fs";
import * as path from "node:path";
import { prepareEngine } from "../toolchain/engine";
import { obtainHelm } from "../toolchain/helm";
import type { RehearsalRequest } from "./arguments";
import { startClock, startRealClock } from "./clock/server";
import { EngineRunner } from "./engine/runner";
import { rehearsalEnvironment } from "./environment";
import type { Interruption } from "./interruption";
import { writeEnvironmentFile } from "./kept";
import type { View } from "./progress/view";
import { parseFaults } from "./provider/faults";
import { installProviders } from "./provider/install";
import type { RealCluster } from "./real/cluster";
import { onRealCluster } from "./real/onRealCluster";
import { playForReal } from "./real/playForReal";
import type { RehearsalReport } from "./report/report";
import { playDestroy } from "./scenes/destroy";
import { playDrift } from "./scenes/drift";
import { playRecovery } from "./scenes/recover";
import { playRestore } from "./scenes/restore";
import { playUp } from "./scenes/up";
import { createStack } from "./createStack";
import { createScratch, type Scratch } from "./scratch";
import { providersFor } from "./simulatedClouds";
import type { Stage } from "./stage";
import { StackFile } from "./stackFile";

export interface RehearsalOptions {
  /** The folder of Pulumi.yaml. */
  repository: string;
  view: View;
  interruption: Interruption;
  /** Instead of a simulated cluster. */
  real?: RealCluster;
}

/**
 * Stands a stack up on simulated clouds, or on a real cluster, with the real engine, and says how it went.
 *
 * @throws when the rehearsal could not begin, or was interrupted; a platform that fails is a report with its failure
 */
export function rehearse(request: RehearsalRequest, options: RehearsalOptions): Promise<RehearsalReport> {
  const scene = scenes[request.command];
  if (request.real === undefined) return onStage(request, options, scene);
  return onRealCluster({ ...request, real: request.real }, options, (real) => onStage(request, { ...options, real }, (stage) => playForReal(stage, scene)));
}

const scenes: Record<RehearsalRequest["command"], (stage: Stage) => Promise<RehearsalReport>> = {
  up: playUp,
  destroy: playDestroy,
  drift: playDrift,
  recover: playRecovery,
  restore: playRestore,
};

/**
 * Sets a stage up for a stack: engine, simulated clouds, clock, an empty state. Unless the request keeps them, all files and
 * processes are gone when this settles, whatever happened.
 */
export async function onStage<Result>(
  request: RehearsalRequest,
  options: RehearsalOptions,
  play: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  if (request.faults !== undefined) parseFaults(fs.readFileSync(request.faults, "utf8"), request.faults);
  const stackFile = new StackFile(request.stackFile);
  providersFor(cloudOf(stackFile));
  refuseElsewhere(request.stackFile, stackFile);
  const scratch = createScratch({ ...request, repository: options.repository });
  try {
    return await inScratch(scratch, request, options, async (stage) => {
      await createStack(stage);
      return play(stage);
    });
  } finally {
    scratch.remove();
  }
}

/**
 * Sets a stage up in a folder that may hold a stack already. All processes are gone when this settles.
 *
 * @param from simulated minutes to begin at: later than anything the folder's clouds hold was made
 */
export async function inScratch<Result>(
  scratch: Scratch,
  request: RehearsalRequest,
  { view, interruption, real }: RehearsalOptions,
  play: (stage: Stage) => Promise<Result>,
  from = 0,
): Promise<Result> {
  const stackFile = new StackFile(scratch.stackFile);
  const cloud = cloudOf(stackFile);
  const providers = providersFor(cloud);
  const helm = await obtainHelm(view, interruption.signal);
  const engine = await prepareEngine(scratch.folder, view, interruption.signal);
  installProviders(path.join(scratch.folder, "home"), providers, real && ["kubernetes"]);
  const environment = rehearsalEnvironment(scratch, engine.environment, helm.binary, real);
  const runner = new EngineRunner(
    { project: scratch.project, engine: engine.root, environment, stack: request.stack },
    interruption,
  );
  const clock = real ? startRealClock(scratch.cloud) : await startClock(scratch.cloud, { watch: () => runner.pid, from });
  try {
    if (request.keep !== undefined) writeEnvironmentFile(scratch, environment);
    return await play({ request, cloud, providers, real, scratch, stackFile, engine, runner, clock, view });
  } finally {
    await clock.stop();
  }
}

function refuseElsewhere(file: string, stackFile: StackFile): void {
  const named = stackFile.namedElsewhere();
  if (named.length === 0) return;
  throw new Error(
    `${file} names ${named.join(", ")}: no simulated cloud holds that. Take it out of a copy of the file to rehearse the platform; ` +
      "npm run rehearse -- restore shows how it is restored.",
  );
}

function cloudOf(stackFile: StackFile): string {
  return stackFile.text("moodle:cloud") ?? "aws";
}
