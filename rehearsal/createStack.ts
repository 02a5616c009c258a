import type { Stage } from "./stage";

/** Creates the engine's stack of a stack file of ours, marked as a rehearsal, with made-up secrets in place of the owner's. */
export async function createStack({ stackFile, runner }: Stage): Promise<void> {
  const secrets = stackFile.takeSecrets();
  stackFile.markAsRehearsal();
  const { code, text } = await runner.run(["stack", "init"]);
  if (code !== 0) throw new Error(`the engine could not create a stack:\n${text.trim()}`);
  for (const key of secrets) {
    const set = await runner.run(["config", "set", "--secret", "--path", key], { input: "made up for the rehearsal" });
    if (set.code !== 0) throw new Error(`the engine could not set ${key}:\n${set.text.trim()}`);
  }
}
