import * as fs from "node:fs";

/** Everything that other processes can read of each process, save its memory. */
export function shownByProcesses(): readonly string[] {
  const pids = fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map((pid) => ["cmdline", "environ", "comm"].map((name) => readable(`/proc/${pid}/${name}`)).join(" "));
}

// A process may end between two readings.
function readable(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
