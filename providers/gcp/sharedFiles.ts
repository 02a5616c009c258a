import * as filestore from "@pulumi/gcp/filestore";
import * as pulumi from "@pulumi/pulumi";
import type { VolumeAccess } from "../contract";
import { checked } from "./checked";
import type { Network } from "./network";
import type { Scope } from "./scope";
import { after } from "./services";
import { pickShareCapacity } from "./skus";

export interface SharedFiles {
  readonly instance: filestore.Instance;
  readonly volume: VolumeAccess;
}

/** The share within the instance. */
const share = "files";

/** The file system many pods share, or nothing where the plan has none. */
export function createSharedFiles(foundation: Scope, network: Network): SharedFiles | undefined {
  const plan = foundation.plan.sharedFiles;
  if (plan === undefined) return undefined;
  const scope = foundation.drawer("SharedFiles");
  const { region } = scope.plan;
  const instance = new filestore.Instance(
    scope.named("files"),
    {
      name: scope.cloudName("files"),
      project: scope.project,
      location: region,
      // Survives the failure of a zone, and begins at a tenth of what the zonal tiers do.
      tier: "REGIONAL",
      // Locks are part of the protocol: version 3 keeps them beside it, and forgets them with the node.
      protocol: "NFS_V4_1",
      fileShares: {
        name: share,
        capacityGb: checked(pickShareCapacity(plan.size), `share of ${plan.size}`),
        ...originOf(plan.restoreFrom),
        // The node mounts it, never the pod. The Job that hands it over must be root there as well.
        nfsExportOptions: [{ ipRanges: [network.ranges.nodes], accessMode: "READ_WRITE", squashMode: "NO_ROOT_SQUASH" }],
      },
      networks: [{ network: network.network.id, modes: ["MODE_IPV4"], connectMode: "PRIVATE_SERVICE_ACCESS", reservedIpRange: network.dataRange }],
      deletionProtectionEnabled: scope.keeps("sharedFiles"),
      labels: scope.labels("files"),
    },
    scope.stateful("sharedFiles", {
      dependsOn: [network.peering, ...after(scope.apis, "file")],
      customTimeouts: { create: "60m", update: "60m", delete: "60m" },
    }),
  );
  return {
    instance,
    volume: {
      csi: {
        driver: "filestore.csi.storage.gke.io",
        volumeHandle: pulumi.interpolate`modeInstance/${region}/${instance.name}/${share}`,
        volumeAttributes: { ip: addressOf(instance), volume: share },
      },
      mountOptions: ["nfsvers=4.1", "hard"],
      size: plan.size,
      // Its root is root's and has mode 0755, and the kubelet changes no group of a volume without a file system's type.
      writableBy: "job",
    },
  };
}

/** A backup that Filestore keeps, or one that a vault does. Read when the instance is created. */
function originOf(restoreFrom: string | undefined) {
  if (restoreFrom === undefined) return {};
  return restoreFrom.includes("/backupVaults/") ? { sourceBackupdrBackup: restoreFrom } : { sourceBackup: restoreFrom };
}

function addressOf({ networks }: filestore.Instance): pulumi.Output<string> {
  return networks.apply(([first]) => checked(first?.ipAddresses[0], "address of the shared files"));
}
