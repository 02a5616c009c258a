import * as fs from "node:fs";
import { obstacle } from "../toolchain/obstacle";
import { cacheFolder } from "../toolchain/setup/cache.cjs";
import { withLock } from "../toolchain/setup/lock.cjs";
import type { Progress } from "../toolchain/setup/progress.cjs";
import type { Facts, Maker } from "./maker";
import { type Lifetime, Node } from "./node/node";
import { clusterNames, Run } from "./node/run";
import { kubeconfigFile } from "./kubeconfigFile";

// Without it what pods send to a Service on their own bridge would not be led on. A node can't load it for the machine.
const bridgeRules = "/proc/sys/net/bridge/bridge-nf-call-iptables";

/** Makes nodes from Go modules and Debian packages. */
export const packages = {
  async up(name, progress, lifetime = "machine") {
    const problem = obstacleToNodes();
    if (problem !== undefined) throw new Error(`No node can be made from packages here: ${problem}.\nWhere Docker is at hand, \`--with kind\` needs none of that.`);
    const started = Date.now();
    return locked(name, progress, async () => {
      const node = (await runningNode(name)) ?? (await startAnew(name, lifetime, progress));
      return { ...factsOf(node), took: `${Math.round((Date.now() - started) / 1000)} s` };
    });
  },

  async down(name) {
    const runs = Run.all(name);
    await endAll(name, runs);
    return runs.length > 0;
  },

  async status(name) {
    const node = await runningNode(name);
    return node && factsOf(node);
  },

  inside: (name) => async (command, stdinFile) => {
    const node = await runningNode(name);
    if (node === undefined) throw new Error(`the cluster ${name} is not up`);
    return node.inside(command, stdinFile);
  },
} satisfies Maker;

/** Why no node can be made from packages on this machine; undefined where it can. */
export function obstacleToNodes(): string | undefined {
  return obstacle() ?? (fs.existsSync(bridgeRules) ? undefined : "the kernel's module br_netfilter is not loaded, which `modprobe br_netfilter` does");
}

function factsOf(node: Node): Facts {
  return { cluster: node.name, "made with": "packages", kubeconfig: kubeconfigFile(node.name), kubectl: node.run.kubectl, logs: node.run.logs };
}

function locked<T>(name: string, progress: Progress, work: () => Promise<T>): Promise<T> {
  const waiting = (pid: number | undefined) => progress.say(`Waiting for another process (${pid ?? "unknown"}) that is starting ${name} …`);
  return withLock(lockOf(name), waiting, work);
}

const lockOf = (name: string): string => cacheFolder("locks", `cluster-${name}`);

async function runningNode(name: string): Promise<Node | undefined> {
  for (const run of Run.all(name)) {
    const node = await Node.of(name, run);
    if (node !== undefined) return node;
  }
  return undefined;
}

// What is there and does not answer was killed while it started, or broke.
async function startAnew(name: string, lifetime: Lifetime, progress: Progress): Promise<Node> {
  await endAll(name, Run.all(name));
  await sweep();
  const node = await Node.start(name, lifetime, progress);
  fs.copyFileSync(node.run.kubeconfig, kubeconfigFile(name));
  return node;
}

// The file goes first: whatever ends this process, it leads to no cluster that is not there.
async function endAll(name: string, runs: readonly Run[]): Promise<void> {
  if (runs.length > 0) fs.rmSync(kubeconfigFile(name), { force: true });
  for (const run of runs) await run.end();
}

/** Starts a node that ends with this process. */
export function temporaryNode(name: string, progress: Progress): Promise<Node> {
  return locked(name, progress, async () => {
    await sweep();
    return Node.start(name, "process", progress);
  });
}

// Takes away what is left of nodes that no longer run: they were killed, or the machine was. One that is being started is locked, and
// was before it left anything.
async function sweep(): Promise<void> {
  for (const name of clusterNames()) {
    const runs = Run.all(name);
    if (fs.existsSync(lockOf(name))) continue;
    if (runs.every(({ init }) => init === undefined)) await endAll(name, runs);
  }
}
