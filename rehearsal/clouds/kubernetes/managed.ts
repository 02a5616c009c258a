import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";

import type { CloudObject, Context, Placed } from "../../provider/behaviour";
import type { Properties } from "../../provider/properties";
import { serverHost } from "./kubeconfig";

/** A load balancer that a controller makes for a Service. */
export interface LoadBalancer {
  /** As in `status.loadBalancer.ingress`. */
  readonly ingress: Properties;
  /** What it is in the cluster's own cloud. Its owner is the Service. */
  readonly object: Placed;
}

/** What gives Services of some classes their load balancer. */
export interface Controller {
  /** `loadBalancerClass`es it serves; `undefined` among them: Services that name none. */
  readonly classes: readonly (string | undefined)[];
  /** `inputs` are those of the Service. Throw {@link CloudError} where the cloud refuses. */
  make(inputs: Properties, cluster: CloudObject, context: Context): LoadBalancer;
}

/** What a cloud's own Kubernetes does in its own way: what `rehearsal/clouds/<cloud>/kubernetes.ts` exports as `managed`. */
export interface ManagedKubernetes {
  /** Kinds that every cluster has without anybody's chart: `karpenter.sh/NodePool`. */
  readonly brings: readonly string[];
  readonly controllers: readonly Controller[];
  /** The cluster's output that says which version it runs. */
  readonly version: string;
  /** What load balancers are in this cloud, and the output that has the address of `status.loadBalancer.ingress`. */
  readonly balancer: { readonly type: string; readonly address: string };
  /** In the words of the API server, why it lets no deployer in yet; `undefined` once it does. */
  refusal(cluster: CloudObject, context: Context): string | undefined;
}

const FOLDER = path.join(__dirname, "..");

/** What the cluster's cloud does in its own way; `undefined` for a cluster of no cloud. */
export function managedOf(cluster: CloudObject): ManagedKubernetes | undefined {
  return managedIn(cluster.type.split(":")[0] ?? "");
}

/** The cluster of a provider's configuration, once it answers. */
export function clusterOf(context: Context): CloudObject | undefined {
  const host = serverHost(context.config);
  return host === undefined ? undefined : context.holderOf(host);
}

/** Every simulated cloud that runs Kubernetes itself, by provider. */
export function managedClouds(): readonly (readonly [provider: string, managed: ManagedKubernetes])[] {
  return readdirSync(FOLDER).flatMap((provider) => {
    const managed = managedIn(provider);
    return managed === undefined ? [] : [[provider, managed] as const];
  });
}

function managedIn(provider: string): ManagedKubernetes | undefined {
  const file = path.join(FOLDER, provider, "kubernetes.ts");
  if (!existsSync(file)) return undefined;
  return (createRequire(__filename)(file) as { managed: ManagedKubernetes }).managed;
}
