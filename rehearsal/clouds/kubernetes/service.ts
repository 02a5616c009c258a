import { type Context, NotReady } from "../../provider/behaviour";
import { object, type Properties, text } from "../../provider/properties";
import { hasEndpoints } from "./endpoints";
import { dropLoadBalancer, loadBalancerFor, loadBalancerOf, putLoadBalancer } from "./loadBalancers";

/** The provider's default wait for a Service. */
const PATIENCE_MINUTES = 10;
const NO_PODS =
  "Service does not target any Pods. Selected Pods may not be ready, or field '.spec.selector' may not match labels on any Pods";
const NO_ADDRESS = "Service was not allocated an IP address; does your cloud provider support this?";

/** Waits for ready endpoints and, with `type: LoadBalancer`, for the address, as the real provider does. */
export async function settleService(inputs: Properties, context: Context): Promise<Properties | undefined> {
  const spec = object(inputs, "spec");
  const wantsBalancer = text(spec, "type") === "LoadBalancer";
  const balancer = wantsBalancer ? loadBalancerFor(inputs, context) : undefined;
  const obsolete = wantsBalancer ? undefined : loadBalancerOf(context.id, context.previous, context);
  if (obsolete !== undefined) dropLoadBalancer(obsolete, context);
  if (balancer !== undefined) putLoadBalancer(balancer, context);
  const selector = selectorOf(spec);
  const namespace = text(inputs, "metadata.namespace") ?? "default";
  const ready = (): boolean => selector === undefined || hasEndpoints(selector, namespace, context);
  const status = balancer === undefined ? {} : { status: { loadBalancer: { ingress: [balancer.ingress] } } };
  const complete = (): boolean => ready() && (!wantsBalancer || balancer !== undefined);
  if (await context.until(complete, context.patience(PATIENCE_MINUTES))) return status;
  const late = notLive(context, `'${text(inputs, "metadata.name") ?? ""}' timed out waiting to be Ready`);
  const pods = ready() ? [] : [NO_PODS];
  throw new NotReady([late, ...pods, ...(wantsBalancer && balancer === undefined ? [NO_ADDRESS] : [])], status);
}

/** The provider's words for an object that exists and is not ready. */
export function notLive({ urn }: Context, why: string): string {
  const reported = "the Kubernetes API server reported that it failed to fully initialize or become live";
  return `resource "${urn}" was successfully created, but ${reported}: ${why}`;
}

function selectorOf(spec: Properties): Properties | undefined {
  const selector = object(spec, "selector");
  const waits = text(spec, "type") !== "ExternalName" && text(spec, "clusterIP") !== "None";
  return waits && Object.keys(selector).length > 0 ? selector : undefined;
}
