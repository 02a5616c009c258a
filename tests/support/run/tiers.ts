import * as fs from "node:fs";
import * as path from "node:path";
import { obstacleToCheckov } from "../../../toolchain/checkov";
import { obstacle } from "../../../toolchain/obstacle";

export const repository = path.resolve(__dirname, "../../..");

/** A group of spec files that run in the same way. Cheap tiers come first, so that a mistake shows early. */
export interface Tier {
  name: string;
  folders: readonly string[];
  /** Longest a single test may take. */
  timeoutSeconds: number;
  /** Spec files that take minutes get a process each, so that two run at a time. */
  processPerFile: boolean;
  /** What has to be there before its tests start, so that it is made once. */
  preparation?: Preparation;
  /** Why this machine can't run it, where it can't. */
  obstacle?: () => string | undefined;
  /** It needs what not everybody has, or more time than a change should wait for: it runs only where somebody names its files. */
  onRequest?: boolean;
  /** Longest a process of it may take, where that is more than for others. */
  processSeconds?: number;
}

/**
 * `tools`: the engine and Helm; `scannerTools` and `pythonScanner`: what looks at rendered objects; `software`: servers from Debian packages, and the image that our
 * Dockerfile builds; `node`: a Kubernetes.
 */
export type Preparation = "tools" | "scannerTools" | "pythonScanner" | "software" | "node";

/** A spec file belongs to the first tier that lists its folder; `pure` takes the rest. */
export const tiers: readonly Tier[] = [
  { name: "pure", folders: [], timeoutSeconds: 30, processPerFile: false },
  { name: "graph", folders: ["tests/graph", "tests/providers", "tests/support"], timeoutSeconds: 120, processPerFile: false },
  { name: "scanners", folders: ["tests/charts/scanners"], timeoutSeconds: 120, processPerFile: true, preparation: "scannerTools" },
  { name: "checkov", folders: ["tests/charts/checkov"], timeoutSeconds: 120, processPerFile: true, preparation: "pythonScanner", obstacle: obstacleToCheckov },
  { name: "chart", folders: ["tests/charts"], timeoutSeconds: 120, processPerFile: false, preparation: "tools" },
  { name: "image", folders: ["tests/images"], timeoutSeconds: 120, processPerFile: true, preparation: "software", obstacle },
  { name: "moodle", folders: ["tests/moodle"], timeoutSeconds: 2400, processPerFile: true, obstacle, onRequest: true, processSeconds: 7200 },
  { name: "cluster", folders: ["tests/cluster"], timeoutSeconds: 600, processPerFile: true, preparation: "node", obstacle, onRequest: true, processSeconds: 3600 },
  { name: "walk", folders: ["tests/walk"], timeoutSeconds: 600, processPerFile: true },
  { name: "cloud scanners", folders: ["tests/clouds/scanners"], timeoutSeconds: 900, processPerFile: true, preparation: "scannerTools", onRequest: true },
  { name: "cloud checkov", folders: ["tests/clouds/checkov"], timeoutSeconds: 900, processPerFile: true, preparation: "pythonScanner", obstacle: obstacleToCheckov, onRequest: true },
  { name: "clouds", folders: ["tests/clouds"], timeoutSeconds: 600, processPerFile: true, preparation: "tools", onRequest: true },
  { name: "rehearsal", folders: ["tests/rehearsal"], timeoutSeconds: 600, processPerFile: true, preparation: "tools" },
];

export function tierOf(file: string): Tier {
  const relative = path.relative(repository, file);
  const [pure, ...others] = tiers;
  const found = others.find((tier) => tier.folders.some((folder) => relative.startsWith(`${folder}/`))) ?? pure;
  if (found === undefined) throw new Error("no tier is declared");
  return found;
}

/** Every spec file under a folder, or the file itself; sorted. */
export function specsUnder(place: string): string[] {
  if (!fs.existsSync(place)) throw new Error(`${place}: no such file or folder`);
  if (!fs.statSync(place).isDirectory()) return [path.resolve(place)];
  return fs
    .readdirSync(path.resolve(place), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".spec.ts"))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes(`${path.sep}node_modules${path.sep}`))
    .sort();
}
