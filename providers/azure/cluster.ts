import * as containerservice from "@pulumi/azure-native/containerservice";
import * as managedidentity from "@pulumi/azure-native/managedidentity";
import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import { stackCredentials } from "./credentials";
import { kubeconfigOf } from "./kubeconfig";
import { clusterWindow } from "./maintenance";
import { createName } from "./names";
import type { Network } from "./network";
import type { PodLogs } from "./podLogs";
import { grant, grantToDeployer } from "./roles";
import type { Scope } from "./scope";
import { systemNodeSizes } from "./skus";

export interface Cluster {
  readonly cluster: containerservice.ManagedCluster;
  readonly provider: Provider;
  /** Secret. */
  readonly kubeconfig: pulumi.Output<string>;
  /** Object ID of who attaches disks. */
  readonly identity: pulumi.Output<string>;
  /** Object ID of who pulls images. */
  readonly nodes: pulumi.Output<string>;
  /** Whose word on a pod's identity Azure takes. */
  readonly issuer: pulumi.Output<string>;
}

/** Where Services get their addresses. Fixed, because AKS cannot change it. */
export const serviceRange = "172.20.0.0/16";
export const nameServer = "172.20.0.10";
/** Where pods get theirs: 256 for each of 256 nodes, in no subnet. */
export const podRange = "172.24.0.0/16";

/** Managed Kubernetes that makes its own nodes. Entra ID says who somebody is, and Azure's roles what they may. */
export function createCluster(foundation: Scope, network: Network, { workspace }: PodLogs): Cluster {
  const scope = foundation.drawer("Cluster");
  const { cluster: plan, environment } = scope.plan;
  const production = environment === "production";
  const machine = systemNodeSizes.find(({ name }) => name === scope.settings.systemNodeSize) ?? systemNodeSizes[production ? 1 : 0];
  const identity = new managedidentity.UserAssignedIdentity(scope.named("cluster"), scope.at("cluster"), scope.child());
  const mayUseNetwork = grant(scope, "cluster-network", { role: "networkContributor", on: network.network.id, to: identity.principalId });
  const cluster = createControlPlane();
  createWindows();
  const access = [...new Set(plan.deployers)].map((deployer) =>
    grantToDeployer(scope, `deployer-${deployer.toLowerCase()}`, { role: "clusterAdmin", on: cluster.id, to: deployer }),
  );
  const kubeconfig = pulumi.secret(
    pulumi
      .all([cluster.name, userKubeconfig()])
      .apply(([name, issued]) => kubeconfigOf({ name, issued, tool: plan.credentials, credentials: stackCredentials() })),
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
  return {
    cluster,
    provider,
    kubeconfig,
    identity: identity.principalId,
    nodes: cluster.identityProfile.apply((profile) => profile?.["kubeletidentity"]?.objectId ?? ""),
    issuer: cluster.oidcIssuerProfile.apply((profile) => profile?.issuerURL ?? ""),
  };

  function createControlPlane() {
    const open = plan.endpointRanges.length > 0;
    // What replaces the cluster must rename it, or a preview would take everything in the old one for what is in the new one.
    const name = createName(scope, "cluster", "cluster");
    return new containerservice.ManagedCluster(
      scope.named("cluster"),
      {
        ...scope.at("cluster"),
        resourceName: name,
        dnsPrefix: name,
        nodeResourceGroup: pulumi.interpolate`${scope.group.name}-nodes`,
        sku: { name: "Base", tier: "Standard" },
        kubernetesVersion: plan.version,
        identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },

        aadProfile: { managed: true, enableAzureRBAC: true },
        enableRBAC: true,
        disableLocalAccounts: true,
        oidcIssuerProfile: { enabled: true },
        securityProfile: { workloadIdentity: { enabled: true }, imageCleaner: { enabled: true, intervalHours: 168 } },

        // In the network, so that nodes never leave it to reach the API, and so that it can be opened and closed later.
        apiServerAccessProfile: {
          enableVnetIntegration: true,
          subnetId: network.api.id,
          enablePrivateCluster: !open,
          ...(open && { authorizedIPRanges: [...plan.endpointRanges] }),
        },
        networkProfile: {
          networkPlugin: "azure",
          networkPluginMode: "overlay",
          networkDataplane: "cilium",
          networkPolicy: "cilium",
          outboundType: "userAssignedNATGateway",
          loadBalancerSku: "standard",
          podCidr: podRange,
          serviceCidr: serviceRange,
          dnsServiceIP: nameServer,
        },

        // For the cluster's own parts alone; nodes for everything else come and go with the pods.
        agentPoolProfiles: [
          {
            name: "system",
            mode: "System",
            type: "VirtualMachineScaleSets",
            count: production ? 3 : 2,
            vmSize: machine.name,
            availabilityZones: scope.plan.network.zones.map(({ number }) => String(number)).sort(),
            osType: "Linux",
            osSKU: "AzureLinux",
            osDiskType: "Ephemeral",
            osDiskSizeGB: 64,
            vnetSubnetID: network.nodes.id,
            nodeTaints: ["CriticalAddonsOnly=true:NoSchedule"],
            upgradeSettings: { maxSurge: "1" },
            tags: scope.tags("cluster"),
          },
        ],
        nodeProvisioningProfile: { mode: "Auto", defaultNodePools: "Auto" },
        storageProfile: { diskCSIDriver: { enabled: true }, fileCSIDriver: { enabled: true }, snapshotController: { enabled: true } },
        autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "NodeImage" },
        addonProfiles: {
          omsagent: { enabled: true, config: { logAnalyticsWorkspaceResourceID: workspace.id, useAADAuth: "true" } },
        },
      },
      scope.child({
        dependsOn: [mayUseNetwork],
        customTimeouts: { create: "60m", update: "90m", delete: "45m" },
      }),
    );
  }

  /** When AKS may work on the cluster: on its version and on the nodes' images. */
  function createWindows() {
    for (const configName of ["aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule"]) {
      new containerservice.MaintenanceConfiguration(
        scope.named(configName === "aksManagedAutoUpgradeSchedule" ? "upgrades" : "node-upgrades"),
        {
          resourceGroupName: scope.group.name,
          resourceName: cluster.name,
          configName,
          maintenanceWindow: clusterWindow(scope.plan.maintenance),
        },
        scope.child(),
      );
    }
  }

  /** The only place where the cluster's authority is said. It holds no credential. */
  function userKubeconfig(): pulumi.Output<string> {
    const listed = containerservice.listManagedClusterUserCredentialsOutput(
      { resourceGroupName: scope.group.name, resourceName: cluster.name, format: "exec" },
      { parent: scope.parent },
    );
    return listed.kubeconfigs.apply(([first]) => Buffer.from(first?.value ?? "", "base64").toString("utf8"));
  }
}
