import type { Duration, ForceNew, Latency, Source } from "../../provider/behaviour";
import type { Properties } from "../../provider/properties";

/** Minutes from `14:15`, minutes and seconds. */
export function minutes(clock: string): number {
  const [whole = "0", seconds = "0"] = clock.split(":");
  return Number(whole) + Number(seconds) / 60;
}

/** The times of an operation that nobody recorded: calls that only write a record. */
export const momentary: Latency = assumed("0:02", "0:02", "0:02");

/** Compute Engine answers each change with an operation, which the provider asks for every few seconds. */
export const operation: Latency = assumed("0:11", "0:11", "0:11");

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

/**
 * The version of terraform-provider-google whose source every table was compared with: a path is in a table where the schema in
 * `file` says ForceNew, and in `when` where its CustomizeDiff decides. The Pulumi provider is generated from its beta sibling.
 */
const FORCE_NEW_VERSION = "v7.45.0";

interface Sometimes {
  readonly when: (olds: Properties, news: Properties) => readonly string[];
  readonly inWords: string;
}

/** What replaces a resource of a project; moving it to another project always does. `file` is as in {@link FORCE_NEW_VERSION}. */
export function replacedBy(file: string, paths: readonly string[], sometimes?: Sometimes): ForceNew {
  return { ...replacedEverywhereBy(file, ["project", ...paths]), ...sometimes };
}

/** What replaces a resource that does not say its project. */
export function replacedEverywhereBy(file: string, paths: readonly string[], sometimes?: Sometimes): ForceNew {
  return { paths, source: `terraform-provider-google ${FORCE_NEW_VERSION}, google/services/${file}`, ...sometimes };
}
