import * as eks from "@pulumi/aws/eks";
import { ConfigMap } from "@pulumi/kubernetes/core/v1";
import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId";
import { attachEncrypted } from "./blockDisk";
import { stackCredentials } from "./credentials";
import type { Keys } from "./keys";
import { kubeconfigOf } from "./kubeconfig";
import { createLogGroup } from "./logGroup";
import type { Network } from "./network";
import { trustService, type Statement } from "./policy";
import { createRole, type Role } from "./role";
import type { Scope } from "./scope";

export interface Cluster {
  readonly cluster: eks.Cluster;
  /** The cluster's name, known before the cluster. */
  readonly name: pulumi.Output<string>;
  readonly provider: Provider;
  /** Secret. */
  readonly kubeconfig: pulumi.Output<string>;
  /** The group nodes and pods are in. */
  readonly securityGroupId: pulumi.Output<string>;
  /** Switches on what would otherwise be accepted and ignored. */
  readonly networkPolicies: pulumi.Resource;
}

/** Where Services get their addresses. Fixed, because EKS cannot change it and would choose by the network's range. */
export const serviceRange = "172.20.0.0/16";
/** The tenth address of it is the cluster's name server. */
export const nameServer = "172.20.0.10";

const admin = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

/** Who the cluster's machines are. */
export function createNodeRole(foundation: Scope): Role {
  return createRole(foundation, "nodes", {
    trust: trustService("ec2.amazonaws.com"),
    managed: ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"],
  });
}

/** Managed Kubernetes in Auto Mode: nodes, network, block storage and load balancers are AWS's own business. */
export function createCluster(foundation: Scope, network: Network, keys: Keys, nodes: Role): Cluster {
  const scope = foundation.drawer("Cluster");
  const { cluster: plan, region } = scope.plan;
  const role = createClusterRole();
  const name = createName();
  const logs = createLogGroup(scope, "cluster-logs", keys, pulumi.interpolate`/aws/eks/${name}/cluster`);
  const cluster = createControlPlane();
  const access = [...new Set(plan.deployers)].map(createAccess);
  const kubeconfig = pulumi.secret(
    pulumi
      .all([cluster.name, cluster.endpoint, cluster.certificateAuthority.data])
      .apply(([name, endpoint, authority]) =>
        kubeconfigOf({ name, endpoint, authority, region, tool: plan.credentials, credentials: stackCredentials() }),
      ),
  );
  const provider = new Provider(
    scope.named("kubernetes"),
    {
      kubeconfig,
      // Without it a preview that does not know the kubeconfig yet plans to replace everything in the cluster.
      clusterIdentifier: cluster.arn,
      deleteUnreachable: true,
      kubeClientSettings: { timeout: 60 },
    },
    // Nobody may talk to the cluster before the deployer's access exists, nor after it is gone.
    { parent: scope.parent, dependsOn: access },
  );
  const networkPolicies = enforceNetworkPolicies();
  return {
    cluster,
    name,
    provider,
    kubeconfig,
    securityGroupId: cluster.vpcConfig.clusterSecurityGroupId,
    networkPolicies,
  };

  function createClusterRole() {
    return createRole(scope, "cluster", {
      trust: { ...trustService("eks.amazonaws.com"), Action: ["sts:AssumeRole", "sts:TagSession"] },
      managed: [
        "AmazonEKSClusterPolicy",
        "AmazonEKSComputePolicy",
        "AmazonEKSBlockStoragePolicy",
        "AmazonEKSLoadBalancingPolicy",
        "AmazonEKSNetworkingPolicy",
      ],
      allow: [...encryptSecrets(keys), ...(scope.plan.blockDisk ? attachEncrypted(keys, region) : [])],
    });
  }

  /**
   * EKS writes its logs where the cluster's name says, so the name is ours: else they would be kept for ever. What replaces
   * the cluster must rename it, or a preview would take everything in the old one for what is in the new one.
   */
  function createName() {
    const suffix = new RandomId(scope.named("cluster"), { byteLength: 4, keepers: { role: role.arn } }, scope.child());
    return pulumi.interpolate`${scope.named("cluster")}-${suffix.hex}`;
  }

  function createControlPlane() {
    const open = plan.endpointRanges.length > 0;
    return new eks.Cluster(
      scope.named("cluster"),
      {
        name,
        version: plan.version,
        roleArn: role.arn,
        upgradePolicy: { supportType: "STANDARD" },
        accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
        vpcConfig: {
          subnetIds: network.zones.map(({ privateSubnet }) => privateSubnet.id),
          endpointPrivateAccess: true,
          endpointPublicAccess: open,
          ...(open && { publicAccessCidrs: [...plan.endpointRanges] }),
        },
        encryptionConfig: { provider: { keyArn: keys.data.arn }, resources: ["secrets"] },
        enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
        zonalShiftConfig: { enabled: true },
        // Auto Mode is these four together.
        bootstrapSelfManagedAddons: false,
        computeConfig: { enabled: true, nodePools: ["general-purpose", "system"], nodeRoleArn: nodes.arn },
        kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true }, serviceIpv4Cidr: serviceRange },
        storageConfig: { blockStorage: { enabled: true } },
        tags: scope.tags("cluster"),
      },
      scope.child({
        // Permissions go last: without them Auto Mode leaves nodes and load balancers behind.
        dependsOn: [logs, ...role.permissions, ...nodes.permissions],
        customTimeouts: { create: "45m", update: "90m", delete: "45m" },
      }),
    );
  }

  function createAccess(principalArn: string) {
    const name = scope.named(`deployer-${principalName(principalArn)}`);
    const entry = new eks.AccessEntry(
      name,
      { clusterName: cluster.name, principalArn, type: "STANDARD", tags: scope.tags("deployer") },
      scope.child(),
    );
    return new eks.AccessPolicyAssociation(
      name,
      { clusterName: cluster.name, principalArn: entry.principalArn, policyArn: admin, accessScope: { type: "cluster" } },
      scope.child(),
    );
  }

  /**
   * Auto Mode's nodes enforce policies (their class says `networkPolicy: DefaultAllow`), but the controller that hands
   * them out starts with this map: https://docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html
   */
  function enforceNetworkPolicies() {
    return new ConfigMap(
      scope.named("network-policies"),
      {
        metadata: { name: "amazon-vpc-cni", namespace: "kube-system" },
        data: { "enable-network-policy-controller": "true" },
      },
      { parent: scope.parent, provider, deletedWith: cluster },
    );
  }
}

function encryptSecrets({ data }: Keys): Statement[] {
  return [
    {
      Effect: "Allow",
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"],
      Resource: data.arn,
    },
  ];
}

/** `arn:aws:iam::123456789012:role/admins/deploy` is `123456789012-role-admins-deploy`: stable, whatever the list's order. */
function principalName(arn: string): string {
  return arn
    .split(":")
    .slice(4)
    .join("-")
    .replace(/[^A-Za-z0-9]+/g, "-");
}
