import * as backupdr from "@pulumi/gcp/backupdisasterrecovery";
import type { Input } from "@pulumi/pulumi";
import { inDays } from "../../components/config/duration";
import { vaultWindow } from "./maintenance";
import type { Scope } from "./scope";
import { after } from "./services";

/** Something that has no backups of its own. */
export interface Kept {
  readonly role: string;
  readonly type: "file.googleapis.com/Instance" | "compute.googleapis.com/Disk";
  readonly id: Input<string>;
}

/** Nobody, not even an owner of the project, deletes a backup before it is so old. */
const enforcedRetention = `${86_400}s`;

/**
 * Daily backups of files into a vault, which refuses to be deleted while it holds any. The database keeps its own, which outlive
 * it; objects are kept by the bucket's versions.
 */
export function createBackups(foundation: Scope, kept: readonly Kept[]): void {
  const scope = foundation.drawer("Backups");
  const { project } = scope;
  const { backup, maintenance, region: location } = scope.plan;
  const vault = new backupdr.BackupVault(
    scope.named("backups"),
    {
      backupVaultId: scope.cloudName("backups"),
      project,
      location,
      backupMinimumEnforcedRetentionDuration: enforcedRetention,
      accessRestriction: "WITHIN_PROJECT",
      forceDelete: false,
      labels: scope.labels("backups"),
    },
    scope.stateful("backups", { dependsOn: after(scope.apis, "backupdr") }),
  );
  for (const { role, type, id } of kept) {
    const daily = new backupdr.BackupPlan(
      scope.named(`backups-${role}`),
      {
        backupPlanId: scope.cloudName(`backups-${role}`),
        project,
        location,
        resourceType: type,
        backupVault: vault.id,
        backupRules: [
          {
            ruleId: "daily",
            backupRetentionDays: inDays(backup.retention),
            standardSchedule: { recurrenceType: "DAILY", timeZone: "UTC", backupWindow: vaultWindow(maintenance) },
          },
        ],
      },
      scope.stateful("backups"),
    );
    new backupdr.BackupPlanAssociation(
      scope.named(`backups-${role}`),
      {
        backupPlanAssociationId: scope.cloudName(`backups-${role}`),
        project,
        location,
        resourceType: type,
        resource: id,
        backupPlan: daily.name,
      },
      scope.stateful("backups"),
    );
  }
}
