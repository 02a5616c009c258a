import { inSeconds, type Duration } from "../config/duration";

/** How long whoever waits for a release waits, in seconds. */
export interface ReleaseTiming {
  /** The install-or-upgrade job. Its failure must be seen before Helm's patience ends, with time for pods to start after it. */
  readonly job: number;
  /** Helm, for the job and all pods. */
  readonly helm: number;
  /** The engine, for Helm. */
  readonly engine: number;
}

/** Seconds the engine waits on: for Helm to say what is wrong. */
const grace = 900;

/** @param limit of the whole release. */
export function releaseTiming(limit: Duration): ReleaseTiming {
  const helm = inSeconds(limit);
  return { job: Math.floor((helm * 5) / 6), helm, engine: helm + grace };
}
