import * as fs from "node:fs";
import { processesIn } from "../../../cluster/node/cgroups";

/** What a node might change of the machine it runs on: interfaces, mounts, rules for addresses, and settings of the kernel. */
export function machine(): Record<string, string> {
  const settings = ["vm/overcommit_memory", "vm/panic_on_oom", "kernel/panic", "kernel/panic_on_oops", "kernel/hostname", "net/ipv4/ip_forward", "net/netfilter/nf_conntrack_max"];
  return {
    interfaces: fs.readdirSync("/sys/class/net").sort().join(" "),
    routes: read("/proc/net/route"),
    mounts: read("/proc/self/mounts"),
    ...Object.fromEntries(settings.map((name) => [name, read(`/proc/sys/${name}`)])),
  };
}

/** The processes of a node, by their numbers on this machine, each with the time it was started. */
export function processesOf(groups: readonly string[]): string[] {
  return processesIn(groups).map((pid) => `${pid} ${startOf(pid)}`);
}

/** All that is left of a node: groups, processes among those it had, and its folder. */
export function leftOf(groups: readonly string[], processes: readonly string[], folder: string): string[] {
  const running = processes.filter((one) => `${one.split(" ")[0]} ${startOf(Number(one.split(" ")[0]))}` === one);
  return [...[...groups, folder].filter((place) => fs.existsSync(place)), ...running];
}

// The 22nd word; the second is a name in parentheses, which may hold spaces. One that ended, and that nobody has asked about yet, runs no more.
function startOf(pid: number): string {
  const [state, ...words] = read(`/proc/${pid}/stat`).split(") ")[1]?.split(" ") ?? [];
  return state === "Z" ? "gone" : (words[18] ?? "gone");
}

function read(file: string): string {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
}
