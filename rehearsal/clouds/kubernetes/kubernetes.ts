import type { Context } from "../../provider/behaviour";
import type { LoadBalancer, ManagedKubernetes } from "./managed";

const LOAD_BALANCER = "kubernetes:standing:LoadBalancer";

/** A cluster that no cloud runs: with what people install for load balancers, k3s's ServiceLB or MetalLB. */
export const managed: ManagedKubernetes = {
  brings: [],
  controllers: [{ classes: [undefined, "metallb.io/metallb"], make: (_inputs, _cluster, context) => address(context) }],
  version: "version",
  balancer: { type: LOAD_BALANCER, address: "ip" },
  refusal: () => undefined,
};

// Of the range for documentation: RFC 5737.
function address(context: Context): LoadBalancer {
  const ip = `198.51.100.${1 + context.random.for("load balancer").integer(254)}`;
  return { ingress: { ip }, object: { type: LOAD_BALANCER, id: ip, name: context.name, outputs: { ip }, owner: context.id } };
}
