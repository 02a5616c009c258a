import type { IngressAccess } from "../contract";

/** Minutes after which a silent connection is forgotten. The most Azure allows; its own four end a long request. */
const idleMinutes = 30;

/**
 * A standard load balancer. It passes packets on as they come: the visitor's address is still on them, as long as the node they
 * reach has a pod of the gateway, which `externalTrafficPolicy: Local` sees to.
 */
export function ingressOf(): IngressAccess {
  return {
    annotations: { "service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout": String(idleMinutes) },
    clientAddress: "packet",
    // No connection is the load balancer's own.
    trustedRanges: [],
  };
}
