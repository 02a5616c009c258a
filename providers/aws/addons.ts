import * as eks from "@pulumi/aws/eks";
import type { Resource } from "@pulumi/pulumi";
import type { Cluster } from "./cluster";
import type { Network } from "./network";
import type { PodLogs } from "./podLogs";
import { trustPods } from "./policy";
import { createRole } from "./role";
import type { Scope } from "./scope";

interface AddonArgs {
  readonly name: string;
  readonly configuration?: object;
  /** The service account that acts in the cloud, and what it may do there. */
  readonly identity?: { readonly namespace: string; readonly serviceAccount: string; readonly managed: readonly string[] };
  readonly dependsOn?: readonly Resource[];
}

/**
 * Parts of the cluster that Auto Mode leaves out and AWS keeps up to date.
 *
 * @returns those without which a pod with a volume cannot start.
 */
export function createAddons(foundation: Scope, { cluster }: Cluster, network: Network, podLogs: PodLogs): readonly eks.Addon[] {
  const scope = foundation.drawer("Addons");
  createAddon({ name: "metrics-server" });
  createAddon({ name: "snapshot-controller" });
  createLogShipper();
  return scope.plan.sharedFiles ? [createFileDriver()] : [];

  function createFileDriver() {
    return createAddon({
      name: "aws-efs-csi-driver",
      identity: {
        namespace: "kube-system",
        serviceAccount: "efs-csi-controller-sa",
        managed: ["service-role/AmazonEFSCSIDriverPolicy"],
      },
    });
  }

  /** After the log groups: one it makes itself keeps everything for ever. */
  function createLogShipper() {
    return createAddon({
      name: "amazon-cloudwatch-observability",
      configuration: { containerLogs: { enabled: true } },
      identity: {
        namespace: "amazon-cloudwatch",
        serviceAccount: "cloudwatch-agent",
        managed: ["CloudWatchAgentServerPolicy"],
      },
      dependsOn: Object.values(podLogs),
    });
  }

  function createIdentity(name: string, { namespace, serviceAccount, managed }: NonNullable<AddonArgs["identity"]>) {
    return createRole(scope, name, { trust: trustPods(namespace, serviceAccount), managed });
  }

  function createAddon({ name, configuration, identity, dependsOn = [] }: AddonArgs) {
    const role = identity && createIdentity(name, identity);
    return new eks.Addon(
      scope.named(name),
      {
        clusterName: cluster.name,
        addonName: name,
        ...(configuration && { configurationValues: JSON.stringify(configuration) }),
        ...(role && { podIdentityAssociations: [{ roleArn: role.arn, serviceAccount: identity.serviceAccount }] }),
        resolveConflictsOnCreate: "OVERWRITE",
        resolveConflictsOnUpdate: "OVERWRITE",
        tags: scope.tags(name),
      },
      // Their pods come from a registry outside.
      scope.child({ dependsOn: [...network.routes, ...dependsOn, ...(role?.permissions ?? [])] }),
    );
  }
}
