import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { goBuild } from "../toolchain/goBuild";
import { madeOnce } from "../toolchain/madeOnce";
import { cacheFolder } from "../toolchain/setup/cache.cjs";
import type { Progress } from "../toolchain/setup/progress.cjs";
import type { GoModule } from "../toolchain/tool";

/** Go programs at one version, built from a module under `programs/`. */
export interface Programs {
  readonly title: string;
  readonly version: string;
  readonly module: GoModule;
}

const kubernetesVersion = "1.35.4";
const componentBase = "k8s.io/component-base/version";

function programs(title: string, version: string, folder: string, packages: readonly string[], cost: string, variables: GoModule["variables"] = {}): Programs {
  return { title, version, module: { folder: path.join(__dirname, "programs", folder), packages, tags: [], variables, cost: `${cost} on two cores, once` } };
}

export const kubernetes = programs(
  "Kubernetes",
  kubernetesVersion,
  "kubernetes",
  ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet", "kube-proxy", "kubectl"].map((name) => `k8s.io/kubernetes/cmd/${name}`),
  "about 5 minutes",
  {
    [`${componentBase}.gitVersion`]: `v${kubernetesVersion}`,
    [`${componentBase}.gitMajor`]: "1",
    [`${componentBase}.gitMinor`]: "35",
    [`${componentBase}.gitTreeState`]: "clean",
  },
);

export const etcd = programs("etcd", "3.6.16", "etcd", ["go.etcd.io/etcd/server/v3"], "half a minute");

export const coreDns = programs("CoreDNS", "1.14.6", "coreDns", ["github.com/coredns/coredns"], "2 minutes");

/** What the autoscaler asks for what pods use. */
export const metricsServer = programs("metrics-server", "0.9.0", "metricsServer", ["sigs.k8s.io/metrics-server/cmd/metrics-server"], "2 minutes");

/** Programs of this repository. */
export const own = programs("pause and door", "1", "own", ["./pause", "./door"], "seconds");

export const kind = programs("kind", "0.31.0", "kind", ["sigs.k8s.io/kind"], "a minute");

/** @returns the folder in the user's cache that holds them, built there once */
export function obtainPrograms(wanted: Programs, progress: Progress): Promise<string> {
  const { title, version, module } = wanted;
  return madeOnce(placeOf(wanted), title, progress, (folder) => goBuild(`${title} ${version}`, module, `${folder}/`, progress));
}

/** @returns the same folder where they were built already */
export function builtPrograms(wanted: Programs): string | undefined {
  const folder = placeOf(wanted);
  return fs.existsSync(folder) ? folder : undefined;
}

function placeOf({ version, module }: Programs): string {
  return cacheFolder("programs", `${path.basename(module.folder)}-${version}-${keyOf(module)}-${process.platform}-${process.arch}`);
}

// All that the module's folder says, and how it is built.
function keyOf({ folder, ...build }: GoModule): string {
  const hash = createHash("sha256").update(JSON.stringify(build));
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  for (const name of names) {
    const file = path.join(folder, name);
    if (fs.statSync(file).isFile()) hash.update(`\0${name}\0`).update(fs.readFileSync(file));
  }
  return hash.digest("hex").slice(0, 12);
}
