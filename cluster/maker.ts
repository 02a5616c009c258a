import type { Progress } from "../toolchain/setup/progress.cjs";
import type { Inside } from "./node/loadImage";
import type { Lifetime } from "./node/node";

/** Facts of a cluster that is up, by name, for people. */
export type Facts = Readonly<Record<string, string>>;

/** A way to make clusters; each knows those that it made itself. */
export interface Maker {
  /** Starts a cluster, unless it is up. Not every maker can have it end with this process. */
  up(name: string, progress: Progress, lifetime?: Lifetime): Promise<Facts>;
  /** Ends a cluster and takes away what it left. @returns whether there was anything */
  down(name: string): Promise<boolean>;
  /** Undefined where it is not up. */
  status(name: string, progress: Progress): Promise<Facts | undefined>;
  /** The node of a cluster that is up. */
  inside(name: string): Inside;
}
