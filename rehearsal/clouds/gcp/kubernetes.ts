import type { CloudObject, Context, Placed } from "../../provider/behaviour";
import { object, type Properties, text } from "../../provider/properties";
import type { Controller, LoadBalancer, ManagedKubernetes } from "../kubernetes/managed";
import { regionAround } from "./place";
import { liveOf } from "./reference";
import * as tokens from "./tokens";

/** Minutes until a deployer's role is known to the cluster. Assumed: IAM says that changes take a while. */
const KNOWN_AFTER = 10 / 60;

/** Roles that let somebody into a cluster through IAM. */
const ADMITTING = ["roles/container.admin", "roles/container.clusterAdmin", "roles/container.developer"];

const STRANGER =
  "configured Kubernetes cluster is unreachable: unable to load schema information from the API server: the server has asked for the client to provide credentials";

/** Kubernetes as GKE Autopilot runs it: https://cloud.google.com/kubernetes-engine/docs/concepts/autopilot-overview */
export const managed: ManagedKubernetes = {
  brings: [
    ...["BackendConfig", "ComputeClass"].map((kind) => `cloud.google.com/${kind}`),
    ...["ManagedCertificate", "ServiceAttachment", "ServiceNetworkEndpointGroup", "GCPBackendPolicy", "HealthCheckPolicy"].map((kind) => `networking.gke.io/${kind}`),
    ...["PodMonitoring", "ClusterPodMonitoring", "Rules"].map((kind) => `monitoring.googleapis.com/${kind}`),
    ...["VolumeSnapshot", "VolumeSnapshotClass", "VolumeSnapshotContent"].map((kind) => `snapshot.storage.k8s.io/${kind}`),
  ],
  // https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer
  controllers: [{ classes: [undefined, "networking.gke.io/l4-regional-external", "networking.gke.io/l4-regional-internal"], make: networkLoadBalancer }],
  version: "masterVersion",
  balancer: { type: tokens.FORWARDING_RULE, address: "ipAddress" },
  refusal,
};

function refusal(_cluster: CloudObject, context: Context): string | undefined {
  const own = { objects: context.cloud("gcp") };
  const given = liveOf(own, tokens.PROJECT_MEMBER).filter(({ outputs }) => ADMITTING.includes(text(outputs, "role") ?? ""));
  if (given.length === 0 || given.some(({ createdAt }) => context.now - createdAt >= KNOWN_AFTER)) return undefined;
  return STRANGER;
}

// The rule holds the network, and a private one the subnetwork too: neither goes before it.
function networkLoadBalancer(...[inputs, cluster, context]: Parameters<Controller["make"]>): LoadBalancer {
  const random = context.random.for("load balancer");
  const internal = isInternal(inputs);
  const ipAddress = internal ? `10.128.${random.integer(250)}.${2 + random.integer(250)}` : `203.0.113.${1 + random.integer(254)}`;
  const name = `a${random.hex(31)}`;
  const project = text(cluster.outputs, "project") ?? "";
  const region = regionAround(text(cluster.outputs, "location") ?? "");
  const id = `projects/${project}/regions/${region}/forwardingRules/${name}`;
  const outputs = {
    ...{ name, project, region, ipAddress, ipProtocol: "TCP", loadBalancingScheme: internal ? "INTERNAL" : "EXTERNAL" },
    network: text(cluster.outputs, "network") ?? "",
    ...(internal && { subnetwork: text(cluster.outputs, "subnetwork") ?? "" }),
  };
  const placed: Placed = { type: tokens.FORWARDING_RULE, id, name: context.name, outputs, owner: context.id };
  return { ingress: { ip: ipAddress }, object: placed };
}

function isInternal(inputs: Properties): boolean {
  const annotations = object(inputs, "metadata.annotations");
  return annotations["networking.gke.io/load-balancer-type"] === "Internal" || text(inputs, "spec.loadBalancerClass") === "networking.gke.io/l4-regional-internal";
}
