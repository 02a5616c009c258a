import type { IngressAccess } from "../contract";

/**
 * A passthrough load balancer of the region: packets come to a node as the visitor sent them, and a node without a pod of the
 * gateway gets none. There is nobody in between whose word on the visitor would have to be taken.
 * https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer
 */
export function ingressOf(): IngressAccess {
  return {
    annotations: { "cloud.google.com/l4-rbs": "enabled" },
    clientAddress: "packet",
    trustedRanges: [],
  };
}
