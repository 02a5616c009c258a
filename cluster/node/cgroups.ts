import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** The kernel's control groups on a machine: one hierarchy of folders (version 2), or one for each set of controllers (1). */
export interface ControlGroups {
  readonly version: 1 | 2;
  readonly hierarchies: readonly Hierarchy[];
}

export interface Hierarchy {
  /** Where it is mounted on every machine, as `/sys/fs/cgroup/memory`. */
  readonly mount: string;
  /** What it is mounted with, as `cpu,cpuacct` or `name=systemd`; empty for version 2. */
  readonly options: string;
  /** The group under which a node may have its own: version 1, the one that this process is in; version 2, the root, since a group of processes has no groups of controllers below it. */
  readonly parent: string;
}

const needed = ["cpu", "cpuset", "memory", "pids"];

/**
 * Reads what `/proc/self/mounts` and `/proc/self/cgroup` say.
 * @throws where a controller is missing that Kubernetes can't do without
 */
export function controlGroups(mounts: string, own: string, controllersOf = (mount: string) => fs.readFileSync(path.join(mount, "cgroup.controllers"), "utf8")): ControlGroups {
  const mounted = mounts.split("\n").map((line) => line.split(" "));
  const unified = mounted.find(([, place, type]) => type === "cgroup2" && place === "/sys/fs/cgroup");
  if (unified) {
    const [, mount = ""] = unified;
    refuseWithout(controllersOf(mount).trim().split(" "));
    return { version: 2, hierarchies: [{ mount, options: "", parent: mount }] };
  }
  const hierarchies = own.split("\n").flatMap((line) => {
    const [, options = "", ...group] = line.split(":");
    const wanted = options.split(",");
    const [, mount] = mounted.find(([, , type, flags = ""]) => type === "cgroup" && wanted.every((one) => flags.split(",").includes(one))) ?? [];
    return options === "" || mount === undefined ? [] : [{ mount, options, parent: path.resolve(mount, `.${group.join(":")}`) }];
  });
  refuseWithout(hierarchies.flatMap(({ options }) => options.split(",")));
  return { version: 1, hierarchies };
}

function refuseWithout(controllers: readonly string[]): void {
  const missing = needed.filter((name) => !controllers.includes(name));
  if (missing.length > 0) throw new Error(`this machine has no control groups for ${missing.join(", ")}, which Kubernetes limits pods by`);
}

export const groupsOf = ({ hierarchies }: ControlGroups, name: string): string[] => hierarchies.map(({ parent }) => path.join(parent, name));

export function makeGroups(groups: ControlGroups, name: string): void {
  for (const folder of groupsOf(groups, name)) {
    fs.mkdirSync(folder);
    // A new group of version 1 may use no processor and no memory until it is told which.
    for (const setting of ["cpuset.cpus", "cpuset.mems"]) {
      const file = path.join(folder, setting);
      if (groups.version === 1 && fs.existsSync(file)) fs.writeFileSync(file, fs.readFileSync(path.join(path.dirname(folder), setting)));
    }
  }
}

/** Every process in groups and in all groups below them, by its number on this machine. */
export function processesIn(folders: readonly string[]): number[] {
  const found = new Set<number>();
  for (const folder of folders.flatMap(withAllBelow)) {
    const numbers = ifThere(() => fs.readFileSync(path.join(folder, "cgroup.procs"), "utf8"))?.split("\n") ?? [];
    for (const number of numbers) if (number !== "" && number !== "0") found.add(Number(number));
  }
  return [...found].sort((one, other) => one - other);
}

/** Takes groups and all below them away; they have no process any more, or only such as are about to end. */
export async function removeGroups(folders: readonly string[]): Promise<void> {
  for (const folder of folders.flatMap(withAllBelow).reverse()) {
    for (let attempt = 0; ; attempt++) {
      try {
        fs.rmdirSync(folder);
        break;
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === "ENOENT") break;
        if (code !== "EBUSY" || attempt === 100) throw error;
        await wait(50);
      }
    }
  }
}

// Parents before their children.
function withAllBelow(folder: string): string[] {
  const entries = ifThere(() => fs.readdirSync(folder, { withFileTypes: true }));
  const below = entries?.filter((entry) => entry.isDirectory()) ?? [];
  return entries === undefined ? [] : [folder, ...below.flatMap(({ name }) => withAllBelow(path.join(folder, name)))];
}

// A group may go while it is looked at.
function ifThere<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (["ENOENT", "ENODEV"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}
