import type { CloudPlan } from "../../components/plan/cloudPlan";
import type { Egress } from "../contract";
import { cachePort } from "./cache";
import { databasePort } from "./database";
import { cutRanges, nameServerIn } from "./ranges";

/**
 * Where pods ask for names: the cache on their node, which Autopilot always has, the node's metadata server where Cloud DNS
 * answers for the cluster, and the cluster's own server. https://cloud.google.com/kubernetes-engine/docs/how-to/nodelocal-dns-cache
 */
const nameServersOfNodes = ["169.254.20.10", "169.254.169.254"];

/**
 * What pods must reach. Shared files are not among it: the node mounts them, not the pod. Nor is an endpoint of identities:
 * the object store takes a key, and nothing else of Google's is asked.
 */
export function egressOf({ network, objectStore }: CloudPlan): Egress[] {
  const { data, services } = cutRanges(network.range);
  return [
    ...[nameServerIn(services), ...nameServersOfNodes].flatMap((server): Egress[] => [
      { reason: "Names", cidr: `${server}/32`, port: 53, protocol: "UDP" },
      { reason: "Names, where an answer is long", cidr: `${server}/32`, port: 53, protocol: "TCP" },
    ]),
    { reason: "Database", cidr: data, port: databasePort, protocol: "TCP" },
    { reason: "Caches", cidr: data, port: cachePort, protocol: "TCP" },
    ...(objectStore
      ? ([{ reason: "Object store, whose public addresses change", cidr: "0.0.0.0/0", port: 443, protocol: "TCP" }] as const)
      : []),
  ];
}
