import * as logging from "@pulumi/gcp/logging";
import * as pulumi from "@pulumi/pulumi";
import { inDays } from "../../components/config/duration";
import type { Cluster } from "./cluster";
import type { Network } from "./network";
import type { Scope } from "./scope";
import { after } from "./services";

export interface PodLogs {
  /** The bucket of logs, as an operator names it to read them. */
  readonly bucket: pulumi.Output<string>;
}

/**
 * A bucket of logs of this platform's own, kept as long as the plan says, and what fills it: pods, the cluster, and who talked to
 * whom. What the project keeps by itself is left as it is.
 */
export function createPodLogs(foundation: Scope, network: Network, { name }: Cluster): PodLogs {
  const scope = foundation.drawer("PodLogs");
  const { project } = scope;
  const { region, observability } = scope.plan;
  const bucket = new logging.ProjectBucketConfig(
    scope.named("logs"),
    {
      bucketId: scope.cloudName("logs"),
      project,
      location: region,
      description: `Logs of ${scope.name}`,
      retentionDays: inDays(observability.logRetention),
    },
    scope.child({ dependsOn: after(scope.apis, "logging") }),
  );
  const path = pulumi.interpolate`projects/${project}/locations/${region}/buckets/${bucket.bucketId}`;
  const sink = new logging.ProjectSink(
    scope.named("logs"),
    {
      name: scope.cloudName("logs"),
      project,
      destination: pulumi.interpolate`logging.googleapis.com/${path}`,
      filter: pulumi.interpolate`resource.labels.cluster_name="${name}" OR (log_id("compute.googleapis.com/vpc_flows") AND resource.labels.subnetwork_name="${network.subnet.name}")`,
      uniqueWriterIdentity: true,
    },
    scope.child(),
  );
  return { bucket: pulumi.all([path, sink.id]).apply(([filled]) => filled) };
}
