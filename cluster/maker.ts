import type { Progress } from "../toolchain/setup/progress.cjs";

/** Facts of a cluster that is up, by name, for people. */
export type Facts = Readonly<Record<string, string>>;

/** A way to make clusters; each knows those that it made itself. */
export interface Maker {
  /** Starts a cluster, unless it is up. */
  up(name: string, progress: Progress): Promise<Facts>;
  /** Ends a cluster and takes away what it left. @returns whether there was anything */
  down(name: string): Promise<boolean>;
  /** Undefined where it is not up. */
  status(name: string, progress: Progress): Promise<Facts | undefined>;
}
