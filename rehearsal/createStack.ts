import { standingKubeconfig } from "./provider/standingCluster";
import { existing } from "./simulatedClouds";
import type { Stage } from "./stage";

const madeUp = "made up for the rehearsal";

const kubeconfig = "moodle:kubeconfig";

/** Of the form that the config asks for. */
const madeUpCopies: Readonly<Record<string, string>> = {
  "moodle:encryptionKey": "made-up-for-the-rehearsal-only--",
  "moodle:passwordPeppers": `{"1":"${madeUp}"}`,
  [kubeconfig]: standingKubeconfig,
};

/** Creates the engine's stack of a stack file of ours, marked as a rehearsal, with made-up secrets in place of the owner's. */
export async function createStack({ stackFile, runner, cloud, real }: Stage): Promise<void> {
  const taken = stackFile.takeSecrets();
  const secrets = cloud === existing ? [...new Set([...taken, kubeconfig])] : taken;
  stackFile.add(real?.keys ?? {});
  stackFile.markAsRehearsal();
  const { code, text } = await runner.run(["stack", "init"]);
  if (code !== 0) throw new Error(`the engine could not create a stack:\n${text.trim()}`);
  const copies: Readonly<Record<string, string>> = { ...madeUpCopies, ...(real && { [kubeconfig]: real.kubeconfig }) };
  for (const key of secrets) {
    const set = await runner.run(["config", "set", "--secret", "--path", key], { input: copies[key] ?? madeUp });
    if (set.code !== 0) throw new Error(`the engine could not set ${key}:\n${set.text.trim()}`);
  }
}
