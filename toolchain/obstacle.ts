import { spawnSync } from "node:child_process";
import * as fs from "node:fs";

/** Why software from Debian packages can't run isolated on this machine; undefined where it can. */
export function obstacle(): string | undefined {
  if (process.platform !== "linux" || !fs.existsSync("/usr/bin/apt-get")) return "it needs Debian or a system made from it: the software comes from Debian packages";
  if (process.getuid?.() !== 0) return "it needs root: programs run in file systems and process namespaces of their own";
  const allowed = spawnSync("unshare", ["--mount", "--pid", "--fork", "mount", "-t", "tmpfs", "tmpfs", "/tmp"]).status === 0;
  if (!allowed) return "it needs to mount file systems and to make namespaces, which containers may do only where they are told so";
  return undefined;
}
