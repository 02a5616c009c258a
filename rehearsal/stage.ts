import type { ToolSource } from "../toolchain/tool";
import type { RehearsalRequest } from "./arguments";
import type { RunningClock } from "./clock/server";
import type { EngineRunner } from "./engine/runner";
import type { View } from "./progress/view";
import type { RealCluster } from "./real/cluster";
import type { Scratch } from "./scratch";
import type { StackFile } from "./stackFile";

/** Everything one rehearsal has at hand while it runs. */
export interface Stage {
  request: RehearsalRequest;
  /** `moodle:cloud` */
  cloud: string;
  /** The simulated providers, by their packages' names. */
  providers: readonly string[];
  /** What Kubernetes is, where it is not simulated. */
  real?: RealCluster;
  scratch: Scratch;
  /** The copy in the scratch folder. */
  stackFile: StackFile;
  engine: { version: string; source: ToolSource };
  runner: EngineRunner;
  clock: RunningClock;
  view: View;
}
