import type { Progress } from "../../toolchain/setup/progress.cjs";
import { baseTree, treeWith, type Tree } from "../../toolchain/debian";

// Nobody here may raise a limit, and buildah would otherwise try.
const limits = '[containers]\ndefault_ulimits = ["nofile=1024:4096", "nproc=4096:4096"]\n';

/** A Debian with the servers that Moodle needs at the versions that the clouds run, openssl, and buildah. */
export async function serviceTree(progress: Progress): Promise<Tree> {
  const packages = ["buildah", "netavark", "openssl", "postgresql-17", "valkey-server"];
  return treeWith("services", await baseTree("trixie", progress), packages, { "etc/containers/containers.conf": limits }, progress);
}
