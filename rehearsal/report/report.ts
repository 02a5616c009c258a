import type { ToolSource } from "../../toolchain/tool";
import type { Command } from "../arguments";
import type { Upkeep } from "../provider/behaviour";
import type { Answer } from "../real/answer";
import type { StandingCluster } from "../real/cluster";
import type { TimedOperation } from "./criticalPath";
import type { Drifted } from "./drift";
import type { RecoveryStory } from "./recovery";

/** What a rehearsal found out. Holds no secret: those among the outputs are masked. */
export interface RehearsalReport {
  command: Command;
  stack: string;
  /** `aws` */
  cloud: string;
  /** What the cluster was, where it was a real one. Its minutes are real then. */
  real?: string;
  engine: { version: string; source: ToolSource };
  resources: ResourceCounts;
  /** Time on the simulated clock that the run took which the scene is about: the up, the destroy, what put things back. */
  simulatedMinutes: number;
  /** The least time the clouds themselves need for an up or a destroy; 0 for other scenes. See lowerBound.ts. */
  lowerBoundMinutes: number;
  /** What the same run took on this machine. */
  engineSeconds: number;
  criticalPath: TimedOperation[];
  orphans: Orphan[];
  retained: Retained[];
  /** What a refresh found to be other than the program left it. */
  drift?: Drifted[];
  /** How an accident was put in order. */
  recovery?: RecoveryStory;
  outputs: Record<string, unknown>;
  /** What the pods of a real cluster answered. */
  answer?: Answer;
  /** How many resources were destroyed after the rehearsal, so that nothing of it is left. */
  takenAway?: number;
  /** How a person goes on with a real cluster that stays. */
  standing?: StandingCluster;
  timeline: TimelineEntry[];
  tree: TreeNode[];
  /** Types whose latency is the default of their class, for want of a measured one. */
  assumed: string[];
  /** Faults that were asked for and hit no call, in words. */
  idleFaults: string[];
  /** Why the rehearsal failed, if it did. */
  failure?: string;
}

export interface ResourceCounts {
  created: number;
  updated: number;
  replaced: number;
  deleted: number;
  /** By the second update, which must change nothing. */
  unchanged: number;
}

/** Something that only one side knows: a simulated cloud, or the engine's state. */
export interface Orphan {
  knownTo: "cloud" | "state";
  provider: string;
  type: string;
  name: string;
  id: string;
}

/** What a cloud keeps by design after a deletion. */
export interface Retained extends Upkeep {
  provider: string;
  type: string;
  name: string;
  id: string;
  reason: string;
}

export interface TimelineEntry extends TimedOperation {
  op: string;
  /** `retried`: refused, and tried again later in the same rehearsal. */
  outcome: "ok" | "failed" | "partial" | "retried";
  critical: boolean;
}

/** A resource and what it is the parent of. */
export interface TreeNode {
  urn: string;
  type: string;
  name: string;
  children: TreeNode[];
}
