import * as fs from "node:fs";
import * as path from "node:path";
import type { Tree } from "../../toolchain/debian";

/** The numbers of a user of that Debian, and of its group. */
export function idsOf(tree: Tree, user: string): [number, number] {
  const users = fs.readFileSync(path.join(tree.folder, "etc/passwd"), "utf8").split("\n");
  const [, , uid, gid] = users.find((line) => line.startsWith(`${user}:`))?.split(":") ?? [];
  if (uid === undefined || gid === undefined) throw new Error(`${tree.folder} knows no user ${user}`);
  return [Number(uid), Number(gid)];
}
