import * as storage from "@pulumi/azure-native/storage";
import type { StatefulResource } from "../../components/config/groups/dataLoss";
import { createName } from "./names";
import type { Scope } from "./scope";

interface AccountArgs extends Pick<storage.StorageAccountArgs, "kind" | "sku"> {
  readonly protectedBy: StatefulResource;
}

/** A storage account that only the network reaches, by TLS, and where nobody is let in by a key of the account. */
export function createStorageAccount(scope: Scope, role: string, { kind, sku, protectedBy }: AccountArgs): storage.StorageAccount {
  return new storage.StorageAccount(
    scope.named(role),
    {
      ...scope.at(role),
      accountName: createName(scope, "storageAccount", role, protectedBy),
      kind,
      sku,
      enableHttpsTrafficOnly: true,
      minimumTlsVersion: "TLS1_2",
      allowBlobPublicAccess: false,
      allowSharedKeyAccess: false,
      allowCrossTenantReplication: false,
      publicNetworkAccess: "Disabled",
      // The vault that makes backups is one of them.
      networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
    },
    scope.stateful(protectedBy),
  );
}
