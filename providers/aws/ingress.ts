import type { CloudPlan } from "../../components/plan/cloudPlan";
import type { IngressAccess } from "../contract";

const annotation = (name: string) => `service.beta.kubernetes.io/aws-load-balancer-${name}`;

/**
 * A network load balancer of Auto Mode, straight to the pods.
 *
 * The visitor's address comes in the PROXY protocol. The other way, keeping it on the packets, makes replies leave a pod
 * for an address outside the network, which a node rewrites unless its class says otherwise; and a pod that calls the
 * site's own name may be answered by itself, which it does not recognise.
 */
export function ingressOf({ network }: CloudPlan): IngressAccess {
  return {
    loadBalancerClass: "eks.amazonaws.com/nlb",
    annotations: {
      [annotation("scheme")]: "internet-facing",
      [annotation("nlb-target-type")]: "ip",
      // A zone without a pod of the gateway still answers.
      [annotation("attributes")]: "load_balancing.cross_zone.enabled=true",
      [annotation("target-group-attributes")]: "proxy_protocol_v2.enabled=true,preserve_client_ip.enabled=false",
    },
    clientAddress: "proxy protocol",
    trustedRanges: network.zones.map(({ publicRange }) => publicRange),
  };
}
