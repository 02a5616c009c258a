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

type Conditional = (olds: Properties, news: Properties) => readonly string[];

/** What replaces a resource that lives in a region; moving it to another region always does. */
export function replacedBy(file: string, paths: readonly string[], when?: Conditional): ForceNew {
  return { paths: ["region", ...paths], when, source: sourceOf(file) };
}

/** What replaces a resource that belongs to no region. */
export function replacedEverywhereBy(file: string, paths: readonly string[]): ForceNew {
  return { paths, source: sourceOf(file) };
}

const V6 = "as of version 6 (late 2025)";
const V5 = "as of version 5, with inputs that came later added";

/** Files whose schema these tables were compared with, line by line. */
const READ: Readonly<Record<string, string>> = {
  "eks/cluster.go": V6,
  "elasticache/replication_group.go": V6,
  "ec2/vpc_nat_gateway.go": V6,
  "rds/instance.go": V5,
  "ec2/ebs_volume.go": V5,
  "efs/file_system.go": V5,
  "kms/key.go": V5,
  "secretsmanager/secret_version.go": V5,
};

// The Pulumi provider is generated from this one: a property replaces where its schema says ForceNew or RequiresReplace.
function sourceOf(file: string): string {
  return `terraform-provider-aws internal/service/${file}, ${READ[file] ?? "version 6, not compared line by line"}`;
}
