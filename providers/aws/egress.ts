import type { CloudPlan } from "../../components/plan/cloudPlan";
import type { Egress } from "../contract";
import { cachePort } from "./cache";
import { nameServer } from "./cluster";
import { databasePort } from "./database";

/**
 * What pods must reach. Shared files are not among it: the node mounts them, not the pod.
 */
export function egressOf({ network, objectStore }: CloudPlan): Egress[] {
  return [
    { reason: "Names", cidr: `${nameServer}/32`, port: 53, protocol: "UDP" },
    { reason: "Names, where an answer is long", cidr: `${nameServer}/32`, port: 53, protocol: "TCP" },
    { reason: "Credentials of the pod's identity", cidr: "169.254.170.23/32", port: 80, protocol: "TCP" },
    ...network.zones.flatMap(({ number, dataRange }): Egress[] => [
      { reason: `Database, zone ${number}`, cidr: dataRange, port: databasePort, protocol: "TCP" },
      { reason: `Caches, zone ${number}`, cidr: dataRange, port: cachePort, protocol: "TCP" },
    ]),
    ...(objectStore
      ? ([
          { reason: "Object store, whose public addresses change", cidr: "0.0.0.0/0", port: 443, protocol: "TCP" },
        ] as const)
      : []),
  ];
}
