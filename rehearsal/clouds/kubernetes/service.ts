import { type CloudObject, type Context, NotReady } from "../../provider/behaviour";
import { isObject, list, object, type Properties, text } from "../../provider/properties";
import { hasEndpoints } from "./endpoints";
import { loadBalancerFor } from "./loadBalancers";

/** The provider's default wait for a Service. */
const PATIENCE_MINUTES = 10;
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";

/** Waits for ready endpoints and, with `type: LoadBalancer`, for the address, as the real provider does. */
export async function settleService(inputs: Properties, context: Context): Promise<Properties | undefined> {
  const spec = object(inputs, "spec");
  const wantsBalancer = text(spec, "type") === "LoadBalancer";
  const balancer = wantsBalancer ? loadBalancerFor(inputs, context) : undefined;
  if (balancer?.object !== undefined) context.put(balancer.object, balancer.provider);
  const selector = selectorOf(spec);
  const namespace = text(inputs, "metadata.namespace") ?? "default";
  const ready = (): boolean => selector === undefined || hasEndpoints(selector, namespace, context);
  const status = balancer === undefined ? {} : { status: { loadBalancer: { ingress: [balancer.ingress] } } };
  const complete = (): boolean => ready() && (!wantsBalancer || balancer !== undefined);
  if (await context.until(complete, context.timeout ?? PATIENCE_MINUTES)) return status;
  const reasons = [
    ...(ready() ? [] : ["Service does not target any Pods. Selected Pods may not be ready, or field '.spec.selector' may not match labels on any Pods"]),
    ...(wantsBalancer && balancer === undefined ? ["Service was not allocated an IP address; does your cloud provider support this?"] : []),
  ];
  const failed = `resource "${context.urn}" was successfully created, but the Kubernetes API server reported that it failed to fully initialize or become live: '${text(inputs, "metadata.name") ?? ""}' timed out waiting to be Ready`;
  throw new NotReady([failed, ...reasons], status);
}

/** The load balancer a controller made for this object, if any. */
export function loadBalancerOf({ type, id, outputs }: CloudObject, context: Context): CloudObject | undefined {
  if (type !== "kubernetes:core/v1:Service") return undefined;
  const host = list(outputs, "status.loadBalancer.ingress").filter(isObject).map((entry) => text(entry, "hostname"))[0];
  const candidates = context.cloud("aws").ofType(BALANCER).filter(({ owner }) => owner === id);
  return candidates.find((candidate) => host === undefined || text(candidate.outputs, "dnsName") === host);
}

export function dropLoadBalancer(balancer: CloudObject, context: Context): void {
  context.drop(balancer.type, balancer.id, "aws");
}

function selectorOf(spec: Properties): Properties | undefined {
  const selector = object(spec, "selector");
  const waits = text(spec, "type") !== "ExternalName" && text(spec, "clusterIP") !== "None";
  return waits && Object.keys(selector).length > 0 ? selector : undefined;
}
