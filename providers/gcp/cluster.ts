import * as container from "@pulumi/gcp/container";
import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId";
import { stackCredentials } from "./credentials";
import { createIdentity, grantOnProject, type Identity } from "./identity";
import { kubeconfigOf, type ClusterAddress } from "./kubeconfig";
import { clusterWindow } from "./maintenance";
import { slug } from "./names";
import { secondary, type Network } from "./network";
import type { Scope } from "./scope";
import { after } from "./services";

export interface Cluster {
  readonly cluster: container.Cluster;
  /** The cluster's name, known before the cluster. */
  readonly name: pulumi.Output<string>;
  readonly provider: Provider;
  /** Secret. */
  readonly kubeconfig: pulumi.Output<string>;
  /** What pods need of the cluster before they can run. */
  readonly ready: readonly pulumi.Resource[];
}

/** Who the cluster's machines are: they write logs and figures, and nothing else. */
export function createNodeIdentity(foundation: Scope): Identity & { readonly permissions: readonly pulumi.Resource[] } {
  const scope = foundation.drawer("Nodes");
  const identity = createIdentity(scope, "nodes", "The cluster's machines");
  return { ...identity, permissions: [grantOnProject(scope, "nodes", "roles/container.defaultNodeServiceAccount", identity.member)] };
}

/** Managed Kubernetes in Autopilot: nodes, network, storage drivers and load balancers are Google's own business. */
export function createCluster(foundation: Scope, network: Network, nodes: ReturnType<typeof createNodeIdentity>): Cluster {
  const scope = foundation.drawer("Cluster");
  const { plan: whole, project } = scope;
  const { cluster: plan, region, maintenance, blockDisk } = whole;
  const reach = reachOf(plan.endpointRanges);
  // What replaces the cluster must rename it, or a preview would take everything in the old one for what is in the new one.
  const suffix = new RandomId(scope.named("cluster"), { byteLength: 4, keepers: { subnet: network.subnet.id } }, scope.child());
  const name = scope.cloudName("cluster", "cluster", suffix.hex);
  const cluster = createControlPlane();
  const access = [...new Set(plan.deployers)].map(createAccess);
  const kubeconfig = pulumi.secret(
    pulumi
      .all([cluster.name, addressOf()])
      .apply(([clusterName, address]) => kubeconfigOf({ name: clusterName, address, tool: plan.credentials, credentials: stackCredentials() })),
  );
  const provider = new Provider(
    scope.named("kubernetes"),
    {
      kubeconfig,
      // Without it a preview that does not know the kubeconfig yet plans to replace everything in the cluster.
      clusterIdentifier: cluster.id,
      deleteUnreachable: true,
      kubeClientSettings: { timeout: 60 },
    },
    // Nobody may talk to the cluster before the deployer's access exists, nor after it is gone.
    { parent: scope.parent, dependsOn: access },
  );
  return { cluster, name, provider, kubeconfig, ready: blockDisk ? [createMachineClass()] : [] };

  function createControlPlane() {
    return new container.Cluster(
      scope.named("cluster"),
      {
        name,
        project,
        location: region,
        enableAutopilot: true,
        minMasterVersion: plan.version,
        releaseChannel: { channel: "REGULAR" },
        network: network.network.id,
        subnetwork: network.subnet.id,
        ipAllocationPolicy: { clusterSecondaryRangeName: secondary.pods, servicesSecondaryRangeName: secondary.services },
        privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: reach.kind !== "ranges" },
        controlPlaneEndpointsConfig: {
          dnsEndpointConfig: { allowExternalTraffic: reach.kind === "everybody" },
          ipEndpointsConfig: { enabled: reach.kind === "ranges" },
        },
        ...(reach.kind === "ranges" && {
          masterAuthorizedNetworksConfig: {
            cidrBlocks: reach.ranges.map((cidrBlock) => ({ cidrBlock, displayName: "cluster.endpointRanges" })),
            gcpPublicCidrsAccessEnabled: false,
          },
        }),
        workloadIdentityConfig: { workloadPool: `${project}.svc.id.goog` },
        clusterAutoscaling: {
          autoProvisioningDefaults: { serviceAccount: nodes.account.email },
          ...(blockDisk && { defaultComputeClassEnabled: true }),
        },
        // The gateway's own chart brings the kinds of the Gateway API, and two owners would undo each other's.
        gatewayApiConfig: { channel: "CHANNEL_DISABLED" },
        rbacBindingConfig: { enableInsecureBindingSystemAuthenticated: false, enableInsecureBindingSystemUnauthenticated: false },
        loggingConfig: { enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"] },
        maintenancePolicy: { recurringWindow: clusterWindow(maintenance) },
        // Holds nothing that is not elsewhere: what does is protected.
        deletionProtection: false,
        resourceLabels: scope.labels("cluster"),
      },
      scope.child({
        // Permissions go last: machines that may not report never become ready.
        dependsOn: [...nodes.permissions, ...after(scope.apis, "container")],
        customTimeouts: { create: "45m", update: "90m", delete: "45m" },
      }),
    );
  }

  function addressOf(): pulumi.Output<ClusterAddress> {
    if (reach.kind === "ranges") {
      return pulumi
        .all([cluster.endpoint, cluster.masterAuth])
        .apply(([endpoint, { clusterCaCertificate }]) => ({ host: endpoint, authority: clusterCaCertificate }));
    }
    return cluster.controlPlaneEndpointsConfig.apply(({ dnsEndpointConfig }) => ({ host: dnsEndpointConfig.endpoint ?? "" }));
  }

  /** Of this cluster alone, although such a role can be granted on a project only. */
  function createAccess(member: string) {
    return grantOnProject(scope, `deployer-${slug(member)}`, "roles/container.admin", member, {
      title: "This cluster alone",
      expression: pulumi.interpolate`resource.name.startsWith("projects/${project}/locations/${region}/clusters/${name}")`,
    });
  }

  /**
   * What pods run on unless they say otherwise: machines that a Hyperdisk can be attached to, which those that Autopilot takes
   * by itself are not. https://cloud.google.com/kubernetes-engine/docs/concepts/about-custom-compute-classes
   */
  function createMachineClass() {
    return new CustomResource(
      scope.named("machines"),
      {
        apiVersion: "cloud.google.com/v1",
        kind: "ComputeClass",
        metadata: { name: "default" },
        spec: {
          priorities: [{ machineFamily: "n4" }, { machineFamily: "c4" }, { machineFamily: "c3" }],
          nodePoolAutoCreation: { enabled: true },
          whenUnsatisfiable: "DoNotScaleUp",
        },
      },
      { parent: scope.parent, provider, deletedWith: cluster },
    );
  }
}

type Reach = { readonly kind: "nobody" } | { readonly kind: "everybody" } | { readonly kind: "ranges"; readonly ranges: readonly string[] };

/**
 * The endpoint with a name asks who somebody is, and cannot ask from where; the one with an address asks both. So the first
 * serves those inside, or everybody, and the second whoever is in a range.
 */
function reachOf(ranges: readonly string[]): Reach {
  if (ranges.length === 0) return { kind: "nobody" };
  return ranges.includes("0.0.0.0/0") ? { kind: "everybody" } : { kind: "ranges", ranges };
}
