import * as fs from "node:fs";
import * as path from "node:path";
import { clusterFolder } from "./node/run";

const markOf = (name: string): string => path.join(clusterFolder(name), "temporary");

/** Which clusters a command made for itself and is going to end: one that is found when that command is no more was left behind. */
export const temporary = {
  note(name: string): void {
    fs.mkdirSync(clusterFolder(name), { recursive: true });
    fs.writeFileSync(markOf(name), "");
  },

  /** The cluster stays, or is gone. */
  forget(name: string): void {
    if (!temporary.has(name)) return;
    fs.rmSync(markOf(name));
    if (fs.readdirSync(clusterFolder(name)).length === 0) fs.rmdirSync(clusterFolder(name));
  },

  has: (name: string): boolean => fs.existsSync(markOf(name)),
};
