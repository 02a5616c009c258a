import * as path from "node:path";
import { at, type Value } from "../provider/properties";
import { Store } from "../provider/store";
import { buildReport } from "../report/build";
import type { RehearsalReport } from "../report/report";
import { createStack } from "../createStack";
import { lossOf } from "../simulatedClouds";
import type { Stage } from "../stage";
import { commands, exportState, play, readOutputs, unexpected } from "./play";

/** The secrets that data was written with, by the names of their copies and of the config that takes them. */
const writtenWith = ["encryptionKey", "passwordPeppers"] as const;

/** Create, lose everything but backups, files and keys, the stack's state as well, and stand a new platform up from those. */
export async function playRestore(stage: Stage): Promise<RehearsalReport> {
  const { view, scratch, runner, request, providers, cloud } = stage;
  const { lose, copyAt } = lossOf(cloud);
  const first = await play(stage, "Updating", commands.up);
  if (first.failure !== undefined) return buildReport(stage, { ...first, state: await exportState(stage) });
  const before = await copiesIn(stage, copyAt);
  const remains = lose(scratch.cloud);
  const lost = await runner.run(["stack", "rm", "--yes", "--force", "--preserve-config"]);
  if (lost.code !== 0) throw new Error(`the engine could not forget the stack:\n${lost.text.trim()}`);
  view.say(`Lost: ${remains.story}`);

  const restored = newStack(stage);
  await createStack(restored);
  restored.stackFile.add(remains.config);
  for (const [group, values] of Object.entries(remains.config)) {
    for (const [key, value] of Object.entries(values)) view.say(`  pulumi config set --path '${group}.${key}' '${value}'`);
  }
  for (const name of writtenWith) {
    const copy = before.get(name);
    if (copy === undefined) throw new Error(`the platform to be lost has no copy of ${name}`);
    const set = await runner.run(["config", "set", "--secret", `moodle:${name}`], { input: copy });
    if (set.code !== 0) throw new Error(`the engine could not set moodle:${name}:\n${set.text.trim()}`);
    view.say(`  pulumi config set --secret moodle:${name}, from its copy`);
  }
  const up = await play(restored, "Restoring", commands.up);
  const outputs = await readOutputs(restored);
  const state = await exportState(restored);
  if (up.failure !== undefined) return buildReport(restored, { ...up, state, outputs, takenOver: remains.takenOver });
  const again = await play(restored, "Updating again", commands.up, 0);
  const failure = again.failure ?? unexpected(again.steps) ?? (await differences());
  return buildReport(restored, { ...up, state, outputs, takenOver: remains.takenOver, unchanged: again.changes.same ?? 0, failure });

  /** What pods would read the old data with: it must be what it was written with. */
  async function differences(): Promise<string | undefined> {
    const now = await copiesIn(restored, copyAt);
    const held = [...new Store(scratch.cloud, providers[0] ?? "").read().values()];
    const { takenOver, origin } = remains;
    const lines = [
      ...writtenWith.filter((name) => now.get(name) !== before.get(name)).map((name) => `${name} is not the one the data was written with`),
      ...(held.some(({ outputs }) => at(outputs, origin.path) === origin.value) ? [] : [`no database comes from ${origin.value}`]),
      ...takenOver.filter((id) => !held.some((object) => object.id === id && object.retained === undefined)).map((id) => `${id} is gone`),
    ];
    return lines.length === 0 ? undefined : `The restored platform must read what the lost one wrote, but:\n${lines.map((line) => `  ${line}`).join("\n")}`;
  }

  function newStack(of: Stage): Stage {
    const stack = `${request.stack}-restored`;
    const stackFile = of.stackFile.copyTo(path.join(scratch.project, `Pulumi.${stack}.yaml`));
    runner.select(stack);
    return { ...of, request: { ...request, stack }, stackFile };
  }
}

interface Exported {
  readonly deployment: { readonly resources: readonly { readonly urn: string; readonly inputs?: Value }[] };
}

/** The copies in the cloud's secret store, which a simulated one masks: the state has the same. */
async function copiesIn({ runner }: Stage, copyAt: string): Promise<ReadonlyMap<string, string>> {
  const { text } = await runner.run(["stack", "export", "--show-secrets"]);
  const copies = (JSON.parse(text, inClear) as Exported).deployment.resources.flatMap(({ urn, inputs }) => {
    const name = /-secret-(\w+)$/.exec(urn)?.[1];
    const copy = at(inputs, copyAt);
    return name !== undefined && typeof copy === "string" ? [[name, copy] as const] : [];
  });
  return new Map(copies);
}

// The engine writes a secret as an object with its JSON in it, or its parts so.
function inClear(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("plaintext" in value)) return value;
  return JSON.parse(String(value.plaintext), inClear);
}
