import type { IngressAccess, OwnIngress } from "../contract";
import type { ExistingSettings } from "./config";

/** What the cluster's own load balancer wants, or that none is asked for. */
export function ingressOf({ ingress }: ExistingSettings): IngressAccess | OwnIngress {
  if (ingress.class === "none") return { namespace: ingress.namespace };
  const { loadBalancerClass, annotations, clientAddress, trustedRanges } = ingress;
  return { ...(loadBalancerClass !== undefined && { loadBalancerClass }), annotations, clientAddress, trustedRanges };
}
