import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { cacheFolder } from "../../toolchain/setup/cache.cjs";
import { controlGroups, groupsOf, makeGroups, processesIn, removeGroups, type ControlGroups } from "./cgroups";
import { initIn, kill } from "./process";

const endSeconds = 20;
const pollMilliseconds = 20;
const recordName = "record.json";
const completeName = "complete";

interface Record {
  readonly groups: readonly string[];
  readonly port: number;
  /** The kubectl of the same version. */
  readonly kubectl: string;
}

/** Folders that belong to a cluster, whatever it is made with. */
export const clusterFolder = (name: string): string => cacheFolder("cluster", name);

/** The names of all clusters that left something in the cache. */
export function clusterNames(): string[] {
  const folder = cacheFolder("cluster");
  return fs.existsSync(folder) ? fs.readdirSync(folder) : [];
}

/**
 * One start of a node: its folder, and the groups its processes are in. Each has others, and they are written down before they are
 * made, so that what was killed at any moment can be found and taken away, and can't come to life in its successor.
 */
export class Run {
  private constructor(
    readonly folder: string,
    private readonly record: Record,
  ) {}

  static begin(name: string, port: number, kubectl: string): { run: Run; groups: ControlGroups } {
    const id = `run-${randomBytes(4).toString("hex")}`;
    const folder = path.join(clusterFolder(name), id);
    const groups = controlGroups(fs.readFileSync("/proc/self/mounts", "utf8"), fs.readFileSync("/proc/self/cgroup", "utf8"));
    const group = `moodle-${name}-${id}`;
    const record = { groups: groupsOf(groups, group), port, kubectl };
    fs.mkdirSync(folder, { recursive: true });
    for (const part of ["node", "lib", "log", "scratch"]) fs.mkdirSync(path.join(folder, part), { mode: 0o755 });
    fs.writeFileSync(path.join(folder, recordName), JSON.stringify(record));
    makeGroups(groups, group);
    return { run: new Run(folder, record), groups };
  }

  /** Every start of a node that left something, also where it was killed before it wrote that down. */
  static all(name: string): Run[] {
    const folder = clusterFolder(name);
    if (!fs.existsSync(folder)) return [];
    const ids = fs.readdirSync(folder).filter((entry) => entry.startsWith("run-"));
    return ids.map((id) => {
      const file = path.join(folder, id, recordName);
      return new Run(path.join(folder, id), fs.existsSync(file) ? parsed(fs.readFileSync(file, "utf8")) : nothing);
    });
  }

  get groups(): readonly string[] {
    return this.record.groups;
  }

  get port(): number {
    return this.record.port;
  }

  get kubectl(): string {
    return this.record.kubectl;
  }

  /** For whoever talks to its API server from this machine. */
  get kubeconfig(): string {
    return path.join(this.folder, "kubeconfig");
  }

  /** Where its programs write what they print. */
  get logs(): string {
    return path.join(this.folder, "log");
  }

  /** The number of its first process on this machine; undefined where it does not run. */
  get init(): number | undefined {
    return initIn(this.groups);
  }

  /** Whether it once was up. */
  get complete(): boolean {
    return fs.existsSync(path.join(this.folder, completeName));
  }

  setComplete(): void {
    fs.writeFileSync(path.join(this.folder, completeName), "");
  }

  /** Ends it and takes away all there is of it. Its mounts and its network go with its first process. */
  async end(): Promise<void> {
    const deadline = Date.now() + endSeconds * 1000;
    const { init } = this;
    if (init !== undefined) kill(init);
    for (let left = processesIn(this.groups); left.length > 0; left = processesIn(this.groups)) {
      if (Date.now() > deadline) throw new Error(`processes of ${this.folder} do not end: ${left.join(", ")}`);
      await wait(pollMilliseconds);
      // The first process had not begun to be one, or there never was one.
      if (this.init === undefined) left.forEach(kill);
    }
    await removeGroups(this.groups);
    fs.rmSync(this.folder, { recursive: true, force: true });
    removeIfEmpty(path.dirname(this.folder));
  }
}

function removeIfEmpty(folder: string): void {
  try {
    fs.rmdirSync(folder);
  } catch (error) {
    if (!["ENOTEMPTY", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

const nothing: Record = { groups: [], port: 0, kubectl: "" };

// Who was killed while writing it had made no groups yet.
function parsed(text: string): Record {
  try {
    return JSON.parse(text) as Record;
  } catch {
    return nothing;
  }
}
