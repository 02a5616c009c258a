import type { Progress } from "../toolchain/setup/progress.cjs";
import type { ClusterRequest, Way } from "./arguments";
import { temporary } from "./temporary";
import { dockerAnswers, kind } from "./kind";
import { existingKubeconfig } from "./kubeconfigFile";
import type { Facts, Maker } from "./maker";
import type { Lifetime } from "./node/node";
import { packages } from "./packages";

/** What makes clusters, by the names that `--with` takes. */
export const makers: Readonly<Record<Way, Maker>> = { packages, kind };

/** What came of a command. */
export interface Outcome {
  readonly done: boolean;
  readonly facts: Facts;
}

export async function perform({ command, name, way }: ClusterRequest, progress: Progress): Promise<Outcome> {
  switch (command) {
    case "up":
      return { done: true, facts: await up(name, way, progress) };
    case "down":
      return { done: true, facts: { cluster: name, state: (await down(name)) ? "ended" : "there was none" } };
    case "status": {
      const facts = await statusOf(name, progress);
      return { done: facts !== undefined, facts: { ...(facts ?? { cluster: name }), state: facts === undefined ? "not up" : "up" } };
    }
    case "kubeconfig":
      return { done: true, facts: { kubeconfig: existingKubeconfig(name) } };
  }
}

/** Starts a cluster. One that is up stays what it is, whatever else this machine could make. */
export async function up(name: string, way: Way | undefined, progress: Progress, lifetime?: Lifetime): Promise<Facts> {
  const existing = (await statusOf(name, progress))?.["made with"] as Way | undefined;
  if (existing !== undefined && way !== undefined && existing !== way) {
    throw new Error(`The cluster ${name} is up and made with ${existing}: end it by \`npm run cluster -- down --name ${name}\`, or give another --name`);
  }
  return makers[existing ?? way ?? ((await dockerAnswers()) ? "kind" : "packages")].up(name, progress, lifetime);
}

/** Ends a cluster, whatever it was made with. @returns whether there was one */
export async function down(name: string): Promise<boolean> {
  const ended = [await packages.down(name), await kind.down(name)].includes(true);
  temporary.forget(name);
  return ended;
}

/** Facts of a cluster; undefined where it is not up. */
export async function statusOf(name: string, progress: Progress): Promise<Facts | undefined> {
  return (await packages.status(name)) ?? (await kind.status(name, progress));
}
