import { setCommand, type Problem } from "../components/config/problem";
import { inGiB } from "../components/config/size";
import type { BlockDiskPlan } from "../components/plan/cloudPlan";
import type { UnsupportedError } from "./errors";

/** An adapter's own way to refuse something by a key. */
export type Unsupported = (key: string, feature: string, alternative: string) => UnsupportedError;

/** A version that a plan asks of something, and those there are. */
export interface AskedVersion {
  readonly key: string;
  readonly what: string;
  readonly version: string;
  readonly from: { readonly versions: readonly string[]; readonly best: string };
}

/** Versions that are not among those there are. */
export function versionProblems(asked: readonly AskedVersion[], unsupported: Unsupported): readonly Problem[] {
  return asked
    .filter(({ version, from: { versions } }) => !versions.includes(version))
    .map(({ key, what, version, from: { versions, best } }) => unsupported(key, `${what} ${version}, only ${versions.join(", ")}`, setCommand(key, best)));
}

/** What a disk may do, in operations and MiB a second. */
export interface DiskLimits {
  readonly iops: number;
  readonly throughput: number;
}

/** A kind of disk whose performance is bought apart from its size; every one does 3000 operations and 125 MiB a second. */
export interface DiskKind {
  readonly mostIops: number;
  readonly mostIopsOfGiB: number;
  readonly mostThroughput: number;
  readonly mostThroughputOfIops: number;
}

export function limitsOf({ size, iops }: BlockDiskPlan, kind: DiskKind): DiskLimits {
  return {
    iops: Math.floor(Math.max(3000, Math.min(kind.mostIops, inGiB(size) * kind.mostIopsOfGiB))),
    throughput: Math.floor(Math.max(125, Math.min(kind.mostThroughput, Math.max(3000, iops) * kind.mostThroughputOfIops))),
  };
}

/** What a plan asks of a disk beyond its limits. */
export function diskProblems({ size, iops, throughput }: BlockDiskPlan, most: DiskLimits, unsupported: Unsupported): readonly Problem[] {
  const problems: Problem[] = [];
  if (iops > most.iops) {
    const key = "moodle:files.disk.iops";
    problems.push(unsupported(key, `${iops} operations a second on a disk of ${size}, at most ${most.iops}`, setCommand(key, String(most.iops))));
  }
  if (throughput > most.throughput) {
    const key = "moodle:files.disk.throughput";
    problems.push(unsupported(key, `${throughput} MiB/s with ${iops} operations a second, at most ${most.throughput}`, setCommand(key, String(most.throughput))));
  }
  return problems;
}
