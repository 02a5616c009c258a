import type { CloudObject, Context } from "../../provider/behaviour";
import { type Properties, text } from "../../provider/properties";
import { clusterOf, type LoadBalancer, managedClouds, managedOf } from "./managed";

/** The load balancer the cluster gives a Service; `undefined` where no controller in it serves the Service's class. */
export function loadBalancerFor(inputs: Properties, context: Context): LoadBalancer | undefined {
  const cluster = clusterOf(context);
  if (cluster === undefined) return undefined;
  const wanted = text(inputs, "spec.loadBalancerClass");
  return managedOf(cluster)?.controllers.find(({ classes }) => classes.includes(wanted))?.make(inputs, cluster, context);
}

/** The load balancer a controller made for a Service with these outputs, if any. */
export function loadBalancerOf(service: string, outputs: Properties | undefined, context: Context): CloudObject | undefined {
  const address = addressOf(outputs);
  // By its address, since Services of two clusters may have the same id; by the Service alone before it has got one.
  return managedClouds()
    .flatMap(([provider, { balancer }]) => context.cloud(provider).ofType(balancer.type).map((object) => ({ object, itsAddress: text(object.outputs, balancer.address) })))
    .find(({ object, itsAddress }) => object.owner === service && (address === undefined || itsAddress === address))?.object;
}

export function putLoadBalancer({ object }: LoadBalancer, context: Context): void {
  context.put(object, providerOf(object.type));
}

export function dropLoadBalancer({ type, id }: CloudObject, context: Context): void {
  context.drop(type, id, providerOf(type));
}

function addressOf(outputs: Properties | undefined): string | undefined {
  const entry = "status.loadBalancer.ingress[0]";
  return text(outputs, `${entry}.hostname`) ?? text(outputs, `${entry}.ip`);
}

function providerOf(type: string): string {
  return type.split(":")[0] ?? "";
}
