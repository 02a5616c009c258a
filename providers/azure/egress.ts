import type { CloudPlan } from "../../components/plan/cloudPlan";
import type { Egress } from "../contract";
import { cachePort } from "./cache";
import { nameServer } from "./cluster";
import { databasePort } from "./database";
import { rangesOf } from "./network";

/**
 * What pods must reach. Shared files are not among it: the node mounts them, not the pod.
 */
export function egressOf(plan: CloudPlan): Egress[] {
  const { database, endpoints } = rangesOf(plan);
  return [
    { reason: "Names", cidr: `${nameServer}/32`, port: 53, protocol: "UDP" },
    { reason: "Names, where an answer is long", cidr: `${nameServer}/32`, port: 53, protocol: "TCP" },
    { reason: "Database", cidr: database, port: databasePort, protocol: "TCP" },
    { reason: "Caches", cidr: endpoints, port: cachePort, protocol: "TCP" },
    ...(plan.objectStore
      ? ([
          { reason: "Object store", cidr: endpoints, port: 443, protocol: "TCP" },
          { reason: "Tokens of the pod's identity, from Entra ID, whose public addresses change", cidr: "0.0.0.0/0", port: 443, protocol: "TCP" },
        ] as const)
      : []),
  ];
}
