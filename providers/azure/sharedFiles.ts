import * as storage from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import { inDays } from "../../components/config/duration";
import { inGiB } from "../../components/config/size";
import type { VolumeAccess } from "../contract";
import { lock } from "./lock";
import type { Network } from "./network";
import { createPrivateEndpoint, createPrivateZone } from "./privateEndpoint";
import type { Scope } from "./scope";
import { createStorageAccount } from "./storageAccount";

export interface SharedFiles {
  readonly volume: VolumeAccess;
  /** What must exist before a node can mount it. */
  readonly ready: readonly pulumi.Resource[];
}

/** GiB that a share of provisioned v2 has at least: https://learn.microsoft.com/en-us/azure/storage/files/understanding-billing */
const smallest = 32;

/** The file system many pods share, or nothing where the plan has none. */
export function createSharedFiles(foundation: Scope, network: Network): SharedFiles | undefined {
  const plan = foundation.plan.sharedFiles;
  if (plan === undefined) return undefined;
  const scope = foundation.drawer("SharedFiles");
  const account = createStorageAccount(scope, "files", { kind: "FileStorage", sku: { name: "PremiumV2_ZRS" }, protectedBy: "sharedFiles" });
  const inAccount = { resourceGroupName: scope.group.name, accountName: account.name };
  const softDelete = new storage.FileServiceProperties(
    scope.named("files"),
    {
      ...inAccount,
      fileServicesName: "default",
      shareDeleteRetentionPolicy: { enabled: true, days: Math.max(7, inDays(scope.plan.backup.retention)) },
    },
    scope.stateful("sharedFiles"),
  );
  const share = new storage.FileShare(
    scope.named("files"),
    {
      ...inAccount,
      shareName: "files",
      enabledProtocols: "NFS",
      // A Job hands the volume over as root, once.
      rootSquash: "NoRootSquash",
      shareQuota: Math.max(smallest, Math.ceil(inGiB(plan.size))),
    },
    scope.stateful("sharedFiles", { dependsOn: [softDelete] }),
  );
  lock(scope, "files", "sharedFiles", account.id, [softDelete, share]);
  const names = createPrivateZone(scope, "files", "privatelink.file.core.windows.net", network);
  const reached = createPrivateEndpoint(scope, "files", network, { of: account.id, service: "file", names });
  return {
    ready: [share, ...reached],
    volume: {
      // https://github.com/kubernetes-sigs/azurefile-csi-driver/blob/master/docs/driver-parameters.md
      csi: {
        driver: "file.csi.azure.com",
        volumeHandle: pulumi.interpolate`${scope.group.name}#${account.name}#${share.name}`,
        volumeAttributes: {
          protocol: "nfs",
          resourceGroup: scope.group.name,
          storageAccount: account.name,
          shareName: share.name,
          encryptInTransit: "true",
          // Else the driver opens the root to everybody with each mount.
          mountPermissions: "0",
        },
      },
      mountOptions: ["nconnect=4", "noresvport", "actimeo=30"],
      size: plan.size,
      writableBy: "job",
    },
  };
}
