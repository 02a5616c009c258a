import * as path from "node:path";
import type { Remains } from "../loss";
import { Store } from "../provider/store";
import { buildReport } from "../report/build";
import type { RehearsalReport } from "../report/report";
import { createStack } from "../createStack";
import { loseEverything } from "../simulatedClouds";
import type { Stage } from "../stage";
import { commands, exportState, play, readOutputs, unexpected } from "./play";

/** The secrets that data was written with, by the names of their copies and of the config that takes them. */
const writtenWith = ["encryptionKey", "passwordPeppers"] as const;

/** Create, lose everything but backups, files and keys, the stack's state as well, and stand a new platform up from those. */
export async function playRestore(stage: Stage): Promise<RehearsalReport> {
  const { view, scratch, runner, request, providers } = stage;
  const first = await play(stage, "Updating", commands.up);
  if (first.failure !== undefined) return buildReport(stage, { ...first, state: await exportState(stage) });
  const before = await secretsOf(stage);
  const remains = loseEverything(providers, scratch.cloud);
  const lost = await runner.run(["stack", "rm", "--yes", "--force", "--preserve-config"]);
  if (lost.code !== 0) throw new Error(`the engine could not forget the stack:\n${lost.text.trim()}`);
  view.say("Lost: the cluster, the database, the network and the stack's state. Left: backups, files, the data key, copies of secrets");

  const restored = newStack(stage);
  await createStack(restored);
  restored.stackFile.add(remains.config);
  for (const [group, values] of Object.entries(remains.config)) {
    for (const [key, value] of Object.entries(values)) view.say(`  pulumi config set --path '${group}.${key}' '${value}'`);
  }
  for (const name of writtenWith) {
    const set = await runner.run(["config", "set", "--secret", `moodle:${name}`], { input: before.get(name) });
    if (set.code !== 0) throw new Error(`the engine could not set moodle:${name}:\n${set.text.trim()}`);
    view.say(`  pulumi config set --secret moodle:${name}, from its copy`);
  }
  const up = await play(restored, "Restoring", commands.up);
  const outputs = await readOutputs(restored);
  const state = await exportState(restored);
  if (up.failure !== undefined) return buildReport(restored, { ...up, state, outputs, takenOver: remains.takenOver });
  const again = await play(restored, "Updating again", commands.up, 0);
  const failure = again.failure ?? unexpected(again.steps) ?? (await differences(restored, before, remains));
  return buildReport(restored, { ...up, state, outputs, takenOver: remains.takenOver, unchanged: again.changes.same ?? 0, failure });

  function newStack(of: Stage): Stage {
    const stack = `${request.stack}-restored`;
    const stackFile = of.stackFile.copyTo(path.join(scratch.project, `Pulumi.${stack}.yaml`));
    runner.select(stack);
    return { ...of, request: { ...request, stack }, stackFile };
  }
}

/** What pods would read the old data with: it must be what it was written with. */
async function differences(stage: Stage, before: ReadonlyMap<string, string>, { config, takenOver }: Remains): Promise<string | undefined> {
  const now = await secretsOf(stage);
  const held = [...new Store(stage.scratch.cloud, stage.providers[0] ?? "").read().values()];
  const snapshot = config["moodle:database"]?.restoreFrom;
  const lines = [
    ...writtenWith.filter((name) => now.get(name) !== before.get(name)).map((name) => `${name} is not the one the data was written with`),
    ...(held.some(({ outputs }) => outputs.snapshotIdentifier === snapshot) ? [] : [`no database comes from ${snapshot}`]),
    ...takenOver.filter((id) => !held.some((object) => object.id === id && object.retained === undefined)).map((id) => `${id} is gone`),
  ];
  return lines.length === 0 ? undefined : `The restored platform must read what the lost one wrote, but:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}

interface Exported {
  readonly deployment: { readonly resources: readonly { readonly urn: string; readonly outputs?: { readonly secretString?: { readonly plaintext?: string } } }[] };
}

/** The copies in the cloud's secret store, which a simulated one masks: the state has the same. */
async function secretsOf({ runner }: Stage): Promise<ReadonlyMap<string, string>> {
  const { text } = await runner.run(["stack", "export", "--show-secrets"]);
  const copies = (JSON.parse(text) as Exported).deployment.resources.flatMap(({ urn, outputs }) => {
    const name = /-secret-(\w+)$/.exec(urn)?.[1];
    const plaintext = outputs?.secretString?.plaintext;
    return name === undefined || plaintext === undefined ? [] : [[name, JSON.parse(plaintext) as string] as const];
  });
  return new Map(copies);
}
