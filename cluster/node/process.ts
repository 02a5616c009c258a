import * as fs from "node:fs";
import { processesIn } from "./cgroups";

/** The first process of a node, by its number on this machine; undefined where none runs. */
export function initIn(groups: readonly string[]): number | undefined {
  return processesIn(groups).find((pid) => {
    // Its numbers from this machine's namespace inwards: the first process of a container has one more.
    const numbers = /^NSpid:\s*(.*)$/m.exec(statusOf(pid))?.[1]?.split(/\s+/) ?? [];
    return numbers.length === 2 && numbers[1] === "1";
  });
}

function statusOf(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
}

/** Ends a process at once, if there still is one. */
export function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
