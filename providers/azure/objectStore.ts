import * as storage from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import { inDays } from "../../components/config/duration";
import type { ObjectStorePlan } from "../../components/plan/cloudPlan";
import type { ObjectStoreAccess } from "../contract";
import { checked } from "./checked";
import { lock } from "./lock";
import type { Network } from "./network";
import { createPrivateEndpoint, createPrivateZone } from "./privateEndpoint";
import { containerIn } from "./references";
import type { Scope } from "./scope";
import { createStorageAccount } from "./storageAccount";
import { tokenMinter } from "./tokenMinter";

export interface ObjectStore {
  readonly accountId: pulumi.Output<string>;
  readonly account: pulumi.Output<string>;
  readonly container: pulumi.Output<string>;
  readonly containerId: pulumi.Output<string>;
  readonly access: ObjectStoreAccess;
  /** Pods that come before these do not reach it. */
  readonly ready: readonly pulumi.Resource[];
  /** Settings a backup needs to be in force. */
  readonly settings: readonly pulumi.Resource[];
}

/** A container as far as others name it. */
interface Container {
  readonly accountId: pulumi.Output<string>;
  readonly account: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
  readonly id: pulumi.Output<string>;
  readonly settings: readonly pulumi.Resource[];
}

/** The database can be restored for as long at least, whatever the plan says; objects outlive it by a week. */
const shortestRetention = 14;
/** https://learn.microsoft.com/en-us/azure/storage/blobs/soft-delete-blob-overview */
const longestRetention = 365;

/**
 * The container, or nothing where the plan has no object store. Pods fetch all objects themselves, by an address in the network:
 * Moodle's client cannot hand addresses of them to browsers, so nothing is open to the origins of the plan.
 */
export function createObjectStore(foundation: Scope, network: Network): ObjectStore | undefined {
  const plan = foundation.plan.objectStore;
  if (plan === undefined) return undefined;
  const scope = foundation.drawer("ObjectStore");
  const container = plan.restoreFrom === undefined ? createContainer(plan) : existingContainer(plan.restoreFrom);
  const names = createPrivateZone(scope, "objects", "privatelink.blob.core.windows.net", network);
  const ready = createPrivateEndpoint(scope, "objects", network, { of: container.accountId, service: "blob", names });
  return {
    accountId: container.accountId,
    account: container.account,
    container: container.name,
    containerId: container.id,
    ready,
    settings: container.settings,
    access: {
      protocol: "blob",
      region: scope.plan.region,
      account: container.account,
      bucket: container.name,
      aclHeader: "none",
      credentials: tokenMinter(container.account, container.name, plan),
    },
  };

  function createContainer({ deletedRetention }: ObjectStorePlan): Container {
    const days = Math.min(longestRetention, Math.max(shortestRetention, inDays(deletedRetention)));
    const account = createStorageAccount(scope, "objects", { kind: "StorageV2", sku: { name: "Standard_ZRS" }, protectedBy: "objectStore" });
    const inAccount = { resourceGroupName: scope.group.name, accountName: account.name };
    // Stateful as well: without it a deleted object is gone at once.
    const versioning = new storage.BlobServiceProperties(
      scope.named("objects"),
      {
        ...inAccount,
        blobServicesName: "default",
        isVersioningEnabled: true,
        changeFeed: { enabled: true },
        deleteRetentionPolicy: { enabled: true, days },
        containerDeleteRetentionPolicy: { enabled: true, days },
      },
      scope.stateful("objectStore"),
    );
    const container = new storage.BlobContainer(
      scope.named("objects"),
      { ...inAccount, containerName: "files", publicAccess: "None" },
      scope.stateful("objectStore"),
    );
    const lifecycle = createLifecycle(inAccount, days, versioning);
    lock(scope, "objects", "objectStore", account.id, [versioning, container, lifecycle]);
    return { accountId: account.id, account: account.name, name: container.name, id: container.id, settings: [versioning, container] };
  }

  /** With the files of the platform that this one restores. It stays somebody else's: nothing here changes its settings. */
  function existingContainer(id: string): Container {
    const { accountId, account, container } = checked(containerIn(id), `container in "${id}"`);
    return { accountId: pulumi.output(accountId), account: pulumi.output(account), name: pulumi.output(container), id: pulumi.output(id), settings: [] };
  }

  /**
   * Touches former versions only. A rule for current objects would delete student work on a date. A version that this deletes is
   * kept as a deleted one for as long again: its age counts from when it was written, not from when it was given up.
   */
  function createLifecycle(inAccount: { resourceGroupName: pulumi.Output<string>; accountName: pulumi.Output<string> }, days: number, versioning: pulumi.Resource) {
    return new storage.ManagementPolicy(
      scope.named("objects"),
      {
        ...inAccount,
        managementPolicyName: "default",
        policy: {
          rules: [
            {
              name: "former-versions",
              enabled: true,
              type: "Lifecycle",
              definition: {
                filters: { blobTypes: ["blockBlob"] },
                actions: { version: { delete: { daysAfterCreationGreaterThan: days } } },
              },
            },
          ],
        },
      },
      scope.stateful("objectStore", { dependsOn: [versioning] }),
    );
  }
}
