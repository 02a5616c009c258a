/** The socket in the cloud folder on which a rehearsal's clock listens. */
export const SOCKET = "clock.sock";

/** The file in the cloud folder of a rehearsal in real time: the milliseconds since 1970 at which it began. */
export const REAL_START = "began";

/** Simulated time travels in whole milliseconds, so that sums are exact. */
export const MS_PER_MINUTE = 60_000;

/**
 * One line of JSON from a provider. `begin` and `sleep` are answered; `ms: null` sleeps until woken. `wake` ends a sleep early.
 */
export interface ClockRequest {
  readonly op: "begin" | "sleep" | "wake" | "end";
  /** A number of the provider's own choosing, one for each call. */
  readonly call: number;
  readonly ms?: number | null;
}

/** One line of JSON to a provider: the call goes on at this simulated millisecond. */
export interface ClockReply {
  readonly call: number;
  readonly now: number;
}
