import { baseTree, treeWith } from "../../toolchain/debian";
import type { Progress } from "../../toolchain/setup/progress.cjs";
import { coreDns, etcd, kubernetes, metricsServer, obtainPrograms, own } from "../programs";

/** What nodes are made of: folders in the user's cache that no node writes to. */
export interface NodeSoftware {
  /** The Debian that a node runs on: its container runtime, and what starts and supervises the rest. */
  readonly tree: string;
  /** Folders of programs, by the names that they have below `/opt`. */
  readonly programs: Readonly<Record<"kubernetes" | "etcd" | "coreDns" | "metricsServer" | "own", string>>;
}

// busybox is a shell, a client and a server in one static program, for whoever looks around on a node.
const packages = ["busybox-static", "containerd", "containernetworking-plugins", "iproute2", "iptables", "openssl", "runc", "runit", "tini"];

/** Finds it in the cache, or makes it there: a quarter of an hour the first time. */
export async function nodeSoftware(progress: Progress): Promise<NodeSoftware> {
  const { folder: tree } = await treeWith("node", await baseTree("trixie", progress), packages, {}, progress);
  const programs = {
    kubernetes: await obtainPrograms(kubernetes, progress),
    etcd: await obtainPrograms(etcd, progress),
    coreDns: await obtainPrograms(coreDns, progress),
    metricsServer: await obtainPrograms(metricsServer, progress),
    own: await obtainPrograms(own, progress),
  };
  return { tree, programs };
}
