import { type Behaviour, type CloudObject, type Context } from "../../provider/behaviour";
import { isObject, list, number, type Properties, text } from "../../provider/properties";
import { assumed, momentary, replacedBy } from "./facts";
import { locationOf, PROJECT_NUMBER } from "./place";
import { choiceProblems, labelNameProblems, liveOf, located, needed, referring, refersTo, refuseUsed } from "./reference";
import { answered } from "./refusals";
import * as tokens from "./tokens";

/** What a plan of Backup and DR may be for, of what is simulated. https://cloud.google.com/backup-disaster-recovery/docs/concepts/backup-plan */
const OF_TYPES: Readonly<Record<string, string>> = {
  "compute.googleapis.com/Disk": tokens.DISK,
  "file.googleapis.com/Instance": tokens.FILESTORE,
  "sqladmin.googleapis.com/Instance": tokens.SQL_INSTANCE,
};

export const vault: Behaviour = {
  latency: assumed("0:12", "0:12", "0:12"),
  forceNew: replacedBy("backupdr/resource_backup_dr_backup_vault.go", ["backupVaultId", "location"]),
  autoName: false,
  check: (inputs) => [
    ...labelNameProblems(inputs, "backupVaultId"),
    ...choiceProblems(inputs, "accessRestriction", ["ACCESS_RESTRICTION_UNSPECIFIED", "WITHIN_PROJECT", "WITHIN_ORGANIZATION", "UNRESTRICTED", "WITHIN_ORG_BUT_UNRESTRICTED_FOR_BA"]),
  ],
  beforeCreate: (inputs) => {
    const seconds = Number(text(inputs, "backupMinimumEnforcedRetentionDuration")?.replace(/s$/, ""));
    // https://cloud.google.com/backup-disaster-recovery/docs/concepts/backup-vault: a day to 99 years.
    if (seconds < 86_400) throw answered(400, `backup_minimum_enforced_retention_duration must be at least 86400s, got ${seconds}s.`, "badRequest");
  },
  ...located((inputs, context) => `locations/${locationOf(inputs, context)}/backupVaults/${text(inputs, "backupVaultId")}`),
  outputs: (_, context) => ({
    ...{ name: context.id, state: "ACTIVE", deletable: true, backupCount: "0", totalStoredBytes: "0" },
    serviceAccount: `service-${PROJECT_NUMBER}@gcp-sa-backupdr-pr.iam.gserviceaccount.com`,
    uid: context.random.for("uid").uuid(),
    createTime: text(context.previous, "createTime") ?? context.timestamp,
    updateTime: context.timestamp,
  }),
  beforeDelete: (object, context) => {
    refuseUsed(object, referring(context, tokens.VAULT_PLAN, "backupVault", object));
    refuseUsed(object, context.objects.where(tokens.VAULT_BACKUP, "backupVault", object.id));
  },
};

export const plan: Behaviour = {
  latency: assumed("0:12", "0:12", "0:12"),
  forceNew: replacedBy("backupdr/resource_backup_dr_backup_plan.go", ["backupVault", "backupPlanId", "location", "logRetentionDays"]),
  autoName: false,
  check: (inputs) => [...labelNameProblems(inputs, "backupPlanId"), ...choiceProblems(inputs, "resourceType", [...Object.keys(OF_TYPES), "compute.googleapis.com/Instance"])],
  beforeCreate: (inputs, context) => {
    const into = needed(context, tokens.VAULT, text(inputs, "backupVault") ?? "");
    const least = Number(text(into.outputs, "backupMinimumEnforcedRetentionDuration")?.replace(/s$/, "")) / 86_400;
    const days = list(inputs, "backupRules").filter(isObject).map((rule) => number(rule, "backupRetentionDays") ?? 0);
    if (days.every((kept) => kept >= least)) return;
    throw answered(400, `A rule keeps backups for ${Math.min(...days)} days, which is less than the ${least} days that the vault enforces.`, "badRequest");
  },
  ...located((inputs, context) => `locations/${locationOf(inputs, context)}/backupPlans/${text(inputs, "backupPlanId")}`),
  outputs: (_, context) => ({
    name: context.id,
    backupVaultServiceAccount: `service-${PROJECT_NUMBER}@gcp-sa-backupdr-pr.iam.gserviceaccount.com`,
    createTime: text(context.previous, "createTime") ?? context.timestamp,
    updateTime: context.timestamp,
    supportedResourceTypes: Object.keys(OF_TYPES),
  }),
  beforeDelete: (object, context) => refuseUsed(object, referring(context, tokens.VAULT_ASSOCIATION, "backupPlan", object)),
};

export const association: Behaviour = {
  latency: assumed("0:30", "0:30", "0:30"),
  forceNew: replacedBy("backupdr/resource_backup_dr_backup_plan_association.go", []),
  autoName: false,
  check: (inputs) => labelNameProblems(inputs, "backupPlanAssociationId"),
  beforeCreate: (inputs, context) => {
    const found = needed(context, tokens.VAULT_PLAN, text(inputs, "backupPlan") ?? "");
    const type = text(inputs, "resourceType") ?? "";
    if (type !== text(found.outputs, "resourceType")) throw answered(400, `The backup plan is for ${text(found.outputs, "resourceType")}, not for ${type}.`, "badRequest");
    const subject = neededSubject(inputs, type, context);
    refuseUsedTwice(subject, context);
  },
  ...located((inputs, context) => `locations/${locationOf(inputs, context)}/backupPlanAssociations/${text(inputs, "backupPlanAssociationId")}`),
  outputs: (_, context) => ({
    name: context.id,
    dataSource: context.random.for("source").hex(32),
    createTime: text(context.previous, "createTime") ?? context.timestamp,
    updateTime: context.timestamp,
    rulesConfigInfos: [],
  }),
};

function neededSubject(inputs: Properties, type: string, context: Context): CloudObject {
  return needed(context, OF_TYPES[type] ?? "", text(inputs, "resource") ?? "");
}

function refuseUsedTwice(subject: CloudObject, context: Context): void {
  const other = liveOf(context, tokens.VAULT_ASSOCIATION).find(({ outputs }) => refersTo(text(outputs, "resource"), subject));
  if (other !== undefined) throw answered(409, `The resource '${subject.id}' is protected by '${other.id}' already`, "alreadyExists");
}

/** A plan of Backup for GKE. */
export const clusterPlan: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("gkebackup/resource_gke_backup_backup_plan.go", ["cluster", "location", "name"]),
  check: (inputs) => labelNameProblems(inputs),
  beforeCreate: (inputs, context) => {
    needed(context, tokens.CLUSTER, text(inputs, "cluster") ?? "");
  },
  ...located((inputs, context) => `locations/${locationOf(inputs, context)}/backupPlans/${text(inputs, "name")}`),
  outputs: (_, context) => ({ uid: context.random.for("uid").uuid(), state: "READY", protectedPodCount: 0 }),
};
