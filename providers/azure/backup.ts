import * as dataprotection from "@pulumi/azure-native/dataprotection";
import type * as pulumi from "@pulumi/pulumi";
import { days8601, repeated } from "./maintenance";
import { grant, type RoleName } from "./roles";
import type { Scope } from "./scope";

/** Something with data in it, and how Azure Backup calls and copies its kind. */
export interface BackedUp {
  readonly role: string;
  readonly type: string;
  readonly id: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
  readonly every: "day" | "week";
  /** Full backups lie in the vault; snapshots in the resource group. */
  readonly kind: "Full" | "Incremental" | "Discrete";
  /** What the vault must be allowed on it. */
  readonly allow: readonly RoleName[];
  readonly containers?: readonly pulumi.Output<string>[];
  /** What must be in force before a backup can be made. */
  readonly after: readonly pulumi.Resource[];
}

/** https://learn.microsoft.com/en-us/azure/backup/backup-azure-enhanced-soft-delete-about */
const softDeleteDays = 14;

/**
 * Backups of what holds data, in a vault of the same region, spread over its zones. What is deleted from it can be brought back
 * for two weeks. Shared files are not among it: Azure backs up no shares of NFS.
 */
export function createBackups(foundation: Scope, things: readonly BackedUp[]): void {
  const scope = foundation.drawer("Backups");
  const { backup: plan, maintenance, region } = scope.plan;
  const vault = new dataprotection.BackupVault(
    scope.named("backups"),
    {
      ...scope.at("backups"),
      identity: { type: "SystemAssigned" },
      properties: {
        storageSettings: [{ datastoreType: "VaultStore", type: "ZoneRedundant" }],
        securitySettings: { softDeleteSettings: { state: "On", retentionDurationInDays: softDeleteDays } },
      },
    },
    scope.stateful("backups"),
  );
  const identity = vault.identity.apply((each) => each?.principalId ?? "");
  const inVault = { resourceGroupName: scope.group.name, vaultName: vault.name };
  for (const thing of things) {
    const policy = createPolicy(thing);
    createInstance(thing, policy, grants(thing));
  }

  function createPolicy({ role, type, every, kind }: BackedUp) {
    const dataStore = { dataStoreType: kind === "Incremental" ? "OperationalStore" : "VaultStore", objectType: "DataStoreInfoBase" };
    return new dataprotection.BackupPolicy(
      scope.named(`backup-${role}`),
      {
        ...inVault,
        properties: {
          objectType: "BackupPolicy",
          datasourceTypes: [type],
          policyRules: [
            {
              objectType: "AzureBackupRule",
              name: "regularly",
              backupParameters: { objectType: "AzureBackupParams", backupType: kind },
              dataStore,
              trigger: {
                objectType: "ScheduleBasedTriggerContext",
                schedule: { repeatingTimeIntervals: [repeated(maintenance, every)], timeZone: "UTC" },
                taggingCriteria: [{ isDefault: true, tagInfo: { tagName: "Default" }, taggingPriority: 99 }],
              },
            },
            {
              objectType: "AzureRetentionRule",
              name: "Default",
              isDefault: true,
              lifecycles: [
                {
                  // A week's backup must outlive the next one.
                  deleteAfter: { objectType: "AbsoluteDeleteOption", duration: days8601(plan.retention, every === "week" ? 14 : 7) },
                  sourceDataStore: dataStore,
                },
              ],
            },
          ],
        },
      },
      scope.stateful("backups"),
    );
  }

  function grants({ role, id, kind, allow }: BackedUp): pulumi.Resource[] {
    const onGroup: readonly RoleName[] = kind === "Incremental" ? ["diskSnapshots"] : kind === "Full" ? ["reader"] : [];
    return [
      ...allow.map((each) => grant(scope, `backup-${role}-${each}`, { role: each, on: id, to: identity })),
      ...onGroup.map((each) => grant(scope, `backup-${role}-${each}`, { role: each, on: scope.group.id, to: identity })),
    ];
  }

  function createInstance({ role, type, id, name, kind, containers, after }: BackedUp, policy: dataprotection.BackupPolicy, allowed: readonly pulumi.Resource[]) {
    new dataprotection.BackupInstance(
      scope.named(`backup-${role}`),
      {
        ...inVault,
        tags: scope.tags(`backup-${role}`),
        properties: {
          objectType: "BackupInstance",
          friendlyName: role,
          dataSourceInfo: {
            objectType: "Datasource",
            datasourceType: type,
            resourceID: id,
            resourceName: name,
            resourceType: type.split("/").slice(0, 2).join("/"),
            resourceLocation: region,
            resourceUri: id,
          },
          policyInfo: {
            policyId: policy.id,
            policyParameters: {
              ...(kind === "Incremental" && {
                dataStoreParametersList: [{ objectType: "AzureOperationalStoreParameters", dataStoreType: "OperationalStore", resourceGroupId: scope.group.id }],
              }),
              ...(containers && { backupDatasourceParametersList: [{ objectType: "BlobBackupDatasourceParameters", containersList: [...containers] }] }),
            },
          },
        },
      },
      scope.stateful("backups", { dependsOn: [...allowed, ...after] }),
    );
  }
}
