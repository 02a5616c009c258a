import type { Duration, Latency, Source } from "../provider/behaviour";

/** Minutes from `14:15`, minutes and seconds. */
export function minutes(clock: string): number {
  const [whole = "0", seconds = "0"] = clock.split(":");
  return Number(whole) + Number(seconds) / 60;
}

/** The times of an operation that nobody recorded: calls that only write a record. */
export const momentary: Latency = assumed("0:02", "0:02", "0:02");

/** Times by estimate. */
export function assumed(create: string, update: string, remove: string): Latency {
  return latency(minutes(create), update, remove, { basis: "assumed", from: "estimated; no run log was found" });
}

/** Creation from published run logs ("Creation complete after …"); changes and deletion by estimate. */
export function fromRunLogs(create: Duration, logs: string, update: string, remove: string): Latency {
  return latency(create, update, remove, { basis: "reported", from: `creation: ${logs}; update and deletion: estimated` });
}

function latency(create: Duration, update: string, remove: string, source: Source): Latency {
  return { create, update: minutes(update), delete: minutes(remove), source };
}
