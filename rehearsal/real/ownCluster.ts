import * as fs from "node:fs";
import type { Way } from "../../cluster/arguments";
import { down, makers, statusOf, up } from "../../cluster/commands";
import { nodeOf } from "../../cluster/kind";
import { obtainKubectl } from "../../cluster/kubectl";
import { obstacleToNodes } from "../../cluster/packages";
import { temporary } from "../../cluster/temporary";
import { cacheFolder } from "../../toolchain/setup/cache.cjs";
import { withLock } from "../../toolchain/setup/lock.cjs";
import type { Progress } from "../../toolchain/setup/progress.cjs";
import type { RealCluster } from "./cluster";
import { buildImages } from "./images";
import { keysFor } from "./keys";

/** What the cluster is called. */
export const name = "rehearsal";
const remove = `npm run cluster -- down --name ${name}`;
/** On the node of a cluster that makes no volumes for many pods. */
const folder = "/srv/moodle";

interface Made {
  readonly view: Progress;
  readonly signal: AbortSignal;
  /** Whether the cluster stays. Not where this throws. */
  readonly keep: boolean;
  /** By default as `npm run cluster` decides. */
  readonly way?: Way;
}

/**
 * Makes a cluster of one node with the images that a stack's pods need, has it used and takes it away. What a rehearsal that was
 * killed left of it goes first.
 *
 * @throws where this machine can't make one, and where the cluster is another's
 */
export async function onOwnCluster<Result>({ view, signal, keep, way: wanted }: Made, use: (real: RealCluster) => Promise<Result>): Promise<Result> {
  const problem = obstacleToNodes();
  if (problem !== undefined) throw new Error(`No cluster with Moodle's image can be made here: ${problem}.\nA cluster of yours, with an image that it can pull, needs none of that: --real --kubeconfig FILE --stack FILE`);
  return withLock(cacheFolder("locks", `cluster-of-${name}`), isBusy, async () => {
    await takeWhatWasLeft(view);
    let stays = false;
    try {
      const images = await buildImages(view);
      signal.throwIfAborted();
      temporary.note(name);
      const facts = await up(name, wanted, view, keep ? "machine" : "process");
      const [way, kubeconfig = ""] = [facts["made with"] as Way, facts.kubeconfig];
      signal.throwIfAborted();
      const inside = makers[way].inside(name);
      const loaded = await images.bringTo(inside, view);
      signal.throwIfAborted();
      if (way === "kind") await inside(["mkdir", "-p", folder]);
      const kubectl = facts.kubectl ?? (await obtainKubectl(view, signal));
      const result = await use({
        title: `a real cluster of one node (${way})`,
        kubeconfig: fs.readFileSync(kubeconfig, "utf8"),
        kubectl,
        own: true,
        keys: keysFor(loaded, filesOn[way]),
        standing: keep ? { kubeconfig, kubectl, remove } : undefined,
      });
      stays = keep;
      return result;
    } catch (error) {
      // What a terminal's Ctrl-C ended fails before it is asked why.
      signal.throwIfAborted();
      throw error;
    } finally {
      if (stays) temporary.forget(name);
      else await view.during("Taking the cluster away", () => down(name));
    }
  });
}

/** Where the volume for files comes from: kind's own class makes none for several pods. */
const filesOn: Readonly<Record<Way, object>> = {
  packages: { storageClass: "node" },
  kind: { local: { path: folder, node: nodeOf(name) }, writableBy: "job" },
};

function isBusy(pid: number | undefined): never {
  throw new Error(`Another rehearsal (process ${pid ?? "unknown"}) has the cluster ${name}: let it end first`);
}

async function takeWhatWasLeft(view: Progress): Promise<void> {
  if (temporary.has(name)) await view.during("Taking away the cluster of a rehearsal that was killed", () => down(name));
  else if ((await statusOf(name, view)) !== undefined) throw new Error(`There is a cluster ${name}, which a rehearsal kept: \`${remove}\` takes it away`);
}
