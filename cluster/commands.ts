import type { Progress } from "../toolchain/setup/progress.cjs";
import type { ClusterRequest, Way } from "./arguments";
import { dockerAnswers, kind } from "./kind";
import { existingKubeconfig } from "./kubeconfigFile";
import type { Facts, Maker } from "./maker";
import { packages } from "./packages";

const makers: Readonly<Record<Way, Maker>> = { packages, kind };

/** What came of a command. */
export interface Outcome {
  readonly done: boolean;
  readonly facts: Facts;
}

export async function perform({ command, name, way }: ClusterRequest, progress: Progress): Promise<Outcome> {
  switch (command) {
    case "up":
      return { done: true, facts: await up(name, way, progress) };
    case "down": {
      const ended = [await packages.down(name), await kind.down(name)].includes(true);
      return { done: true, facts: { cluster: name, state: ended ? "ended" : "there was none" } };
    }
    case "status": {
      const facts = await statusOf(name, progress);
      return { done: facts !== undefined, facts: { ...(facts ?? { cluster: name }), state: facts === undefined ? "not up" : "up" } };
    }
    case "kubeconfig":
      return { done: true, facts: { kubeconfig: existingKubeconfig(name) } };
  }
}

// One that is up stays what it is, whatever else this machine could make.
async function up(name: string, way: Way | undefined, progress: Progress): Promise<Facts> {
  const existing = (await statusOf(name, progress))?.["made with"] as Way | undefined;
  if (existing !== undefined && way !== undefined && existing !== way) {
    throw new Error(`The cluster ${name} is up and made with ${existing}: end it by \`npm run cluster -- down --name ${name}\`, or give another --name`);
  }
  return makers[existing ?? way ?? ((await dockerAnswers()) ? "kind" : "packages")].up(name, progress);
}

async function statusOf(name: string, progress: Progress): Promise<Facts | undefined> {
  return (await packages.status(name)) ?? (await kind.status(name, progress));
}
