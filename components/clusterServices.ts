import { Namespace } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { CloudFoundation, DnsRecord, OwnIngress } from "../providers/contract";
import { Certificates } from "./certificates";
import { Gateway, type GatewayListeners } from "./gateway";
import type { PlatformPlan } from "./plan/platformPlan";
import { publishedChart } from "./publishedChart";

export interface ClusterServicesArgs {
  readonly plan: PlatformPlan;
  readonly foundation: CloudFoundation;
}

/** How visitors get to the site's pods. */
export interface WayIn {
  /** Namespace of the pods that pass requests on. */
  readonly from: string;
  /** Where the site's route attaches; undefined: somebody else makes the route. */
  readonly gateway?: GatewayListeners;
}

/** What the cluster needs before Moodle: a way in, certificates, and the site's name pointing at them. */
export class ClusterServices extends pulumi.ComponentResource {
  readonly wayIn: WayIn;
  /** What a release must wait for: the kinds of objects it makes exist. */
  readonly ready: readonly pulumi.Resource[];
  /** The record that points the site's name at the load balancer, made or to be made by hand; undefined: none is ours. */
  readonly record?: pulumi.Output<DnsRecord>;

  constructor(name: string, { plan, foundation }: ClusterServicesArgs, opts: pulumi.ComponentResourceOptions) {
    super("moodle:platform:ClusterServices", name, {}, opts);
    const { ingress } = foundation;
    if (isOwn(ingress)) {
      this.wayIn = { from: ingress.namespace };
      this.ready = [];
      this.registerOutputs({});
      return;
    }
    const { clusterServices, foundation: cloud } = plan;
    const inCluster = {
      parent: this,
      provider: foundation.kubernetes.provider,
      deletedWith: foundation.kubernetes.cluster,
    };
    const namespace = new Namespace(
      `${name}-gateway-namespace`,
      { metadata: { name: clusterServices.gatewayNamespace } },
      inCluster,
    );
    const controller = publishedChart(
      `${name}-envoy-gateway`,
      clusterServices.envoyGateway,
      { namespace: namespace.metadata.name, values: { deployment: { replicas: clusterServices.proxies } } },
      // Waits for the cluster alone: drivers and permissions are for pods that mount and fetch.
      inCluster,
    );
    const gateway = new Gateway(`${name}-gateway`, { plan, foundation, ingress, namespace, controller }, { parent: this });
    new Certificates(
      `${name}-certificates`,
      { plan, foundation, gatewayNamespace: namespace, controller },
      { parent: this },
    );
    this.wayIn = { from: clusterServices.gatewayNamespace, gateway: gateway.listeners };
    this.ready = [controller];
    this.record = foundation.dns.publish(cloud.ingress.hostname, gateway.address, { parent: this });
    this.registerOutputs({ record: this.record });
  }
}

/** Whether the cluster lets visitors in by itself. */
export function isOwn(ingress: CloudFoundation["ingress"]): ingress is OwnIngress {
  return "namespace" in ingress;
}
