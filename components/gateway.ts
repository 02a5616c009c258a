import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { Service, type Namespace } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { CloudFoundation, IngressAccess, LoadBalancerAddress } from "../providers/contract";
import type { PlatformPlan } from "./plan/platformPlan";

export interface GatewayArgs {
  readonly plan: PlatformPlan;
  readonly foundation: CloudFoundation;
  readonly ingress: IngressAccess;
  readonly namespace: Namespace;
  /** The controller: it brings the kinds of objects made here. */
  readonly controller: pulumi.Resource;
}

/** Where a route attaches. */
export interface GatewayListeners {
  readonly name: string;
  readonly namespace: string;
  readonly https: string;
  readonly http: string;
}

/** Envoy may not bind ports below 1024: a listener's container port is its own plus this. */
const containerPortOffset = 10_000;

const gatewayApi = "gateway.networking.k8s.io/v1";
const envoyApi = "gateway.envoyproxy.io/v1alpha1";

/**
 * The way in: a Gateway whose HTTP listener is valid at once, its proxies, and the load balancer before them. The load
 * balancer's Service is made here and not by the controller, so that its address is an output and its deletion is waited
 * for; one that is left behind keeps the network from being deleted.
 */
export class Gateway extends pulumi.ComponentResource {
  readonly listeners: GatewayListeners;
  readonly address: pulumi.Output<LoadBalancerAddress>;

  constructor(name: string, { plan, foundation, ingress, ...args }: GatewayArgs, opts: pulumi.ComponentResourceOptions) {
    super("moodle:platform:Gateway", name, {}, opts);
    const { provider, cluster } = foundation.kubernetes;
    const inCluster = { parent: this, provider, deletedWith: cluster, dependsOn: [args.controller] };
    const namespace = args.namespace.metadata.name;
    const { gatewayNamespace, proxies } = plan.clusterServices;
    const { hostname, allowedRanges } = plan.foundation.ingress;

    const proxy = createProxyConfig();
    const gateway = createGateway(createClass());
    createClientPolicy();
    const service = createLoadBalancer();

    this.listeners = { name: "public", namespace: gatewayNamespace, https: "https", http: "http" };
    this.address = service.status.apply((status) => addressIn(status.loadBalancer?.ingress));
    this.registerOutputs({ address: this.address });

    function createProxyConfig() {
      return new CustomResource(
        `${name}-proxies`,
        {
          apiVersion: envoyApi,
          kind: "EnvoyProxy",
          metadata: { name: "public", namespace },
          spec: {
            provider: {
              type: "Kubernetes",
              kubernetes: {
                envoyService: { type: "ClusterIP" },
                envoyDeployment: {
                  replicas: proxies,
                  pod: {
                    topologySpreadConstraints: [
                      {
                        maxSkew: 1,
                        topologyKey: "topology.kubernetes.io/zone",
                        whenUnsatisfiable: "ScheduleAnyway",
                        labelSelector: { matchLabels: proxyLabels(gatewayNamespace) },
                      },
                    ],
                  },
                },
                ...(proxies > 1 && { envoyPDB: { minAvailable: proxies - 1 } }),
              },
            },
          },
        },
        inCluster,
      );
    }

    function createClass() {
      return new CustomResource(
        `${name}-class`,
        {
          apiVersion: gatewayApi,
          kind: "GatewayClass",
          metadata: { name: "envoy" },
          spec: {
            controllerName: "gateway.envoyproxy.io/gatewayclass-controller",
            parametersRef: {
              group: "gateway.envoyproxy.io",
              kind: "EnvoyProxy",
              name: proxy.metadata.name,
              namespace: proxy.metadata.namespace,
            },
          },
        },
        inCluster,
      );
    }

    function createGateway(gatewayClass: CustomResource) {
      const everyNamespace = { namespaces: { from: "All" } };
      return new CustomResource(
        `${name}-public`,
        {
          apiVersion: gatewayApi,
          kind: "Gateway",
          metadata: { name: "public", namespace },
          spec: {
            gatewayClassName: gatewayClass.metadata.name,
            listeners: [
              { name: "http", protocol: "HTTP", port: 80, allowedRoutes: everyNamespace },
              {
                name: "https",
                protocol: "HTTPS",
                port: 443,
                hostname,
                allowedRoutes: everyNamespace,
                tls: { mode: "Terminate", certificateRefs: [{ kind: "Secret", name: certificateSecret(plan) }] },
              },
            ],
          },
        },
        inCluster,
      );
    }

    function createClientPolicy() {
      return new CustomResource(
        `${name}-clients`,
        {
          apiVersion: envoyApi,
          kind: "ClientTrafficPolicy",
          metadata: { name: "public", namespace },
          spec: {
            targetRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", name: gateway.metadata.name }],
            // Load balancers forget connections that are silent for minutes, and a long request is.
            tcpKeepalive: { idleTime: "60s", interval: "60s", probes: 3 },
            ...(ingress.clientAddress === "proxy protocol" && { proxyProtocol: {} }),
            ...(ingress.clientAddress === "header" && {
              clientIPDetection: { xForwardedFor: { trustedCIDRs: ingress.trustedRanges } },
            }),
            tls: { minVersion: "1.2" },
          },
        },
        inCluster,
      );
    }

    // Not `deletedWith` the cluster: it owns a load balancer outside of it.
    function createLoadBalancer() {
      return new Service(
        `${name}-load-balancer`,
        {
          metadata: { name: "public", namespace, annotations: ingress.annotations },
          spec: {
            type: "LoadBalancer",
            ...(ingress.loadBalancerClass && { loadBalancerClass: ingress.loadBalancerClass }),
            ...(ingress.clientAddress === "packet" && { externalTrafficPolicy: "Local" }),
            loadBalancerSourceRanges: [...allowedRanges],
            selector: proxyLabels(gatewayNamespace),
            ports: [
              { name: "http", port: 80, targetPort: 80 + containerPortOffset },
              { name: "https", port: 443, targetPort: 443 + containerPortOffset },
            ],
          },
        },
        {
          parent: inCluster.parent,
          provider,
          dependsOn: [gateway],
          // The first proxies may wait for a node, and the cloud for the load balancer.
          customTimeouts: { create: "20m", delete: "20m" },
        },
      );
    }
  }
}

/** The engine waits for the address: a Service without one has failed. */
function addressIn(entries: readonly LoadBalancerAddress[] | undefined): LoadBalancerAddress {
  const { hostname, ip } = entries?.[0] ?? {};
  return hostname ? { hostname } : { ip };
}

/** The labels the controller gives the proxies of the Gateway `public`. */
function proxyLabels(gatewayNamespace: string) {
  return {
    "gateway.envoyproxy.io/owning-gateway-name": "public",
    "gateway.envoyproxy.io/owning-gateway-namespace": gatewayNamespace,
  };
}

/** The Secret with the certificate, in the gateway's namespace. */
export function certificateSecret({ clusterServices }: PlatformPlan): string {
  return clusterServices.tls.secretName ?? "site-certificate";
}
