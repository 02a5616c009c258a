import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "./cluster";
import type { Keys } from "./keys";
import { createLogGroup } from "./logGroup";
import type { Scope } from "./scope";

/** What the CloudWatch add-on writes, by the groups it expects: pods, the cluster's own pods, nodes, and their figures. */
const kinds = ["application", "dataplane", "host", "performance"] as const;

export type PodLogs = Readonly<Record<(typeof kinds)[number], cloudwatch.LogGroup>>;

export function createPodLogs(foundation: Scope, { name }: Cluster, keys: Keys): PodLogs {
  const scope = foundation.drawer("PodLogs");
  return Object.fromEntries(
    kinds.map((kind) => [
      kind,
      createLogGroup(scope, `logs-${kind}`, keys, pulumi.interpolate`/aws/containerinsights/${name}/${kind}`),
    ]),
  ) as PodLogs;
}
