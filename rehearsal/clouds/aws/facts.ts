import type { Duration, ForceNew, Latency, Source } from "../../provider/behaviour";
import type { Properties } from "../../provider/properties";

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

/**
 * The version of terraform-provider-aws, from which the Pulumi provider is generated, whose source every table was compared
 * with: a path is in a table where the schema in `file` says ForceNew or RequiresReplace, and in `when` where its CustomizeDiff
 * or ModifyPlan decides. The installed SDK is of a later version. What it has more (`kubeApiServerConfig` and its like of a
 * cluster, `authTokenWo` of a cache, `warningEventCategories` of a database, `warmUpConfiguration` of an alarm) is in no table;
 * its documentation, with which a test compares them, says of none that it replaces.
 */
const FORCE_NEW_VERSION = "v6.58.0";

interface Sometimes {
  readonly when: (olds: Properties, news: Properties) => readonly string[];
  readonly inWords: string;
}

/** What replaces a resource that lives in a region; moving it to another region always does. `file` is as in {@link FORCE_NEW_VERSION}. */
export function replacedBy(file: string, paths: readonly string[], sometimes?: Sometimes): ForceNew {
  return { ...replacedEverywhereBy(file, ["region", ...paths]), ...sometimes };
}

/** What replaces a resource that belongs to no region. */
export function replacedEverywhereBy(file: string, paths: readonly string[]): ForceNew {
  return { paths, source: `terraform-provider-aws ${FORCE_NEW_VERSION}, internal/service/${file}` };
}
