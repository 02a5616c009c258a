import { type Behaviour, CloudError } from "../../provider/behaviour";
import { flag, list, number, text } from "../../provider/properties";
import { momentary, replacedBy } from "./facts";
import { usableRole } from "./iam";
import { neededKey } from "./kms";
import { allowsService } from "./policyDocument";
import { live, liveWhere, nameProblems } from "../reference";
import { arn, regionOf } from "./region";
import * as tokens from "./tokens";

const COLD_STORAGE_DAYS = 90;

export const vault: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("backup/vault.go", ["name", "kmsKeyArn"]),
  check: (inputs) => nameProblems(inputs, "name", /^[a-zA-Z0-9_-]{2,50}$/, "2 to 50 letters, digits, - and _"),
  beforeCreate: (inputs, context) => {
    neededKey(inputs, "kmsKeyArn", context, "InvalidParameterValueException", (key) => `The KMS key ${key} does not exist or can't be used.`);
  },
  uniqueBy: (inputs, context) => `${regionOf(inputs, context)} ${text(inputs, "name")}`,
  alreadyExists: (key) => `AlreadyExistsException: Backup vault with the same name already exists: ${key.split(" ")[1]}`,
  outputs: (inputs, context) => ({
    arn: arn("backup", regionOf(inputs, context), `backup-vault:${text(inputs, "name")}`),
    kmsKeyArn: text(inputs, "kmsKeyArn") ?? arn("kms", regionOf(inputs, context), "key/aws-backup"),
    recoveryPoints: liveWhere(context, tokens.RECOVERY_POINT, "backupVaultName", text(inputs, "name") ?? "").length,
    forceDestroy: flag(inputs, "forceDestroy") ?? false,
  }),
  beforeDelete: (object, context) => {
    const points = liveWhere(context, tokens.RECOVERY_POINT, "backupVaultName", object.id);
    if (points.length === 0 || flag(object.outputs, "forceDestroy") === true) return;
    throw new CloudError("InvalidRequestException", `Backup vault cannot be deleted because it contains recovery points: ${points.length} in ${object.id}.`);
  },
};

export const vaultLock: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("backup/vault_lock_configuration.go", ["backupVaultName", "changeableForDays", "maxRetentionDays", "minRetentionDays"]),
  beforeCreate: (inputs, context) => {
    const name = text(inputs, "backupVaultName") ?? "";
    if (live(context, tokens.BACKUP_VAULT, name) === undefined) throw new CloudError("ResourceNotFoundException", `Failed reading Backup vault with provided name: ${name}`);
  },
  id: (inputs) => text(inputs, "backupVaultName") ?? "",
  overwrites: true,
  outputs: (inputs, context) => ({ backupVaultArn: arn("backup", regionOf(inputs, context), `backup-vault:${text(inputs, "backupVaultName")}`) }),
};

export const plan: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("backup/plan.go", ["name"]),
  check: (inputs) => [
    ...nameProblems(inputs, "name", /^[a-zA-Z0-9_.-]{1,50}$/, "up to 50 letters, digits and _.-"),
    ...list(inputs, "rules").flatMap((rule, index) => {
      const [cold, kept] = [number(rule, "lifecycle.coldStorageAfter"), number(rule, "lifecycle.deleteAfter")];
      const schedule = text(rule, "schedule");
      return [
        ...(cold !== undefined && cold > 0 && kept !== undefined && kept < cold + COLD_STORAGE_DAYS
          ? [{ property: `rules[${index}].lifecycle`, reason: `InvalidParameterValueException: deleteAfter cannot be less than ${COLD_STORAGE_DAYS} days apart from coldStorageAfter` }]
          : []),
        ...(schedule === undefined || /^(cron\(\S+ \S+ \S+ \S+ \S+ \S+\)|rate\(.+\))$/.test(schedule)
          ? []
          : [{ property: `rules[${index}].schedule`, reason: `InvalidParameterValueException: Provided CRON expression is not valid: ${schedule}` }]),
      ];
    }),
  ],
  beforeCreate: (inputs, context) => {
    for (const rule of list(inputs, "rules")) {
      const name = text(rule, "targetVaultName") ?? "";
      if (live(context, tokens.BACKUP_VAULT, name) === undefined) throw new CloudError("InvalidParameterValueException", `Backup vault ${name} does not exist`);
    }
  },
  uniqueBy: (inputs, context) => `${regionOf(inputs, context)} ${text(inputs, "name")}`,
  alreadyExists: () => "AlreadyExistsException: Backup plan with the same plan document already exists.",
  id: (_, context) => context.random.for("id").uuid(),
  outputs: (inputs, context) => ({
    arn: arn("backup", regionOf(inputs, context), `backup-plan:${context.id}`),
    version: context.random.for(`version at ${context.now}`).alphanumeric(48),
  }),
  beforeDelete: (object, context) => {
    if (liveWhere(context, tokens.BACKUP_SELECTION, "planId", object.id).length === 0) return;
    throw new CloudError("InvalidRequestException", "Related backup plan selections must be deleted prior to backup plan deletion");
  },
};

export const selection: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("backup/selection.go", ["conditions", "iamRoleArn", "name", "notResources", "planId", "resources", "selectionTags"]),
  check: (inputs) => nameProblems(inputs, "name", /^[a-zA-Z0-9_.-]{1,50}$/, "up to 50 letters, digits and _.-"),
  beforeCreate: async (inputs, context) => {
    const planId = text(inputs, "planId") ?? "";
    if (live(context, tokens.BACKUP_PLAN, planId) === undefined) throw new CloudError("ResourceNotFoundException", `Cannot find Backup plan with ID ${planId}`);
    const roleArn = text(inputs, "iamRoleArn") ?? "";
    const refused = `IAM Role ${roleArn} cannot be assumed by AWS Backup`;
    const role = await usableRole(context, roleArn, "InvalidParameterValueException", refused);
    if (!allowsService(text(role.outputs, "assumeRolePolicy") ?? "", "backup.amazonaws.com", "sts:AssumeRole")) {
      throw new CloudError("InvalidParameterValueException", refused);
    }
  },
  id: (_, context) => context.random.for("id").uuid(),
};
