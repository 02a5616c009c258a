import type { ForceNew } from "../../provider/behaviour";
import type { Properties } from "../../provider/properties";

export { assumed, fromRunLogs, minutes, momentary } from "../latencies";

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
