import * as backup from "@pulumi/aws/backup";
import type { Input, Resource } from "@pulumi/pulumi";
import { inDays } from "../../components/config/duration";
import type { Keys } from "./keys";
import { vaultHour } from "./maintenance";
import { trustService } from "./policy";
import { createRole } from "./role";
import type { Scope } from "./scope";

/**
 * Daily backups of everything that holds data, in a vault of the same account, region and key. A vault that holds backups
 * refuses to be deleted.
 *
 * @param protectedArns what is backed up.
 * @param settings what must be in force before a backup can be made.
 */
export function createBackups(
  foundation: Scope,
  keys: Keys,
  protectedArns: readonly Input<string>[],
  settings: readonly Resource[],
): void {
  const scope = foundation.drawer("Backups");
  const { backup: plan, maintenance } = scope.plan;
  const vault = new backup.Vault(
    scope.named("backups"),
    { kmsKeyArn: keys.data.arn, tags: scope.tags("backups") },
    scope.stateful("backups"),
  );
  const daily = new backup.Plan(
    scope.named("backups"),
    {
      rules: [
        {
          ruleName: "daily",
          targetVaultName: vault.name,
          schedule: `cron(0 ${vaultHour(maintenance)} * * ? *)`,
          startWindow: 60,
          completionWindow: 12 * 60,
          lifecycle: { deleteAfter: inDays(plan.retention) },
          recoveryPointTags: scope.tags("backups"),
        },
      ],
      tags: scope.tags("backups"),
    },
    scope.stateful("backups"),
  );
  const role = createRole(scope, "backups", {
    trust: trustService("backup.amazonaws.com"),
    managed: [
      "service-role/AWSBackupServiceRolePolicyForBackup",
      "service-role/AWSBackupServiceRolePolicyForRestores",
      ...(scope.plan.objectStore ? ["AWSBackupServiceRolePolicyForS3Backup", "AWSBackupServiceRolePolicyForS3Restore"] : []),
    ],
  });
  new backup.Selection(
    scope.named("backups"),
    { planId: daily.id, iamRoleArn: role.arn, resources: [...protectedArns] },
    scope.stateful("backups", { dependsOn: [...role.permissions, ...settings] }),
  );
}
