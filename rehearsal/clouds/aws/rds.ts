import { prices } from "../../../providers/aws/prices";
import { type Behaviour, CloudError, type CloudObject, type Context, type Retained, type Upkeep } from "../../provider/behaviour";
import { flag, number, type Properties, text, texts } from "../../provider/properties";
import { minutes, replacedBy } from "./facts";
import { neededKey } from "./kms";
import { usableRole } from "./iam";
import { instanceProblems } from "./rdsInputs";
import { live, liveOf, liveWhere } from "../reference";
import { arn, regionOf, zonesOf } from "./region";
import { vpcOfGroup } from "./securityGroups";
import * as tokens from "./tokens";
import { logUpkeep, removal, upTo } from "./upkeep";

/** Newest minor version of each major version of PostgreSQL the service creates. */
const NEWEST: Readonly<Record<string, string>> = { "14": "14.19", "15": "15.14", "16": "16.10", "17": "17.6", "18": "18.1" };

const UPDATE = minutes("1:00");
const CLASS_CHANGE = minutes("9:00");
const MAJOR_UPGRADE = minutes("14:00");

export const instance: Behaviour = {
  latency: {
    create: (inputs) => minutes(flag(inputs, "multiAz") === true ? "14:15" : "7:47"),
    update: UPDATE,
    delete: (inputs) => minutes(flag(inputs, "skipFinalSnapshot") === true ? "3:30" : "6:30"),
    source: {
      basis: "reported",
      from: "creation in one zone: median of 8 published run logs, 5:15 to 17:06; Multi-AZ: one production log of 14:02, rounded up; update and deletion: estimated",
    },
  },
  forceNew: replacedBy(
    "rds/instance.go",
    [
      ...["username", "dbName", "engine", "kmsKeyId", "storageEncrypted", "availabilityZone", "characterSetName", "ncharCharacterSetName"],
      ...["snapshotIdentifier", "restoreToPointInTime", "s3Import", "timezone", "backupTarget", "customIamInstanceProfile"],
    ],
  ),
  autoName: false,
  check: instanceProblems,
  beforeCreate: async (inputs, context) => {
    const version = fullVersion(inputs);
    if (version === undefined) {
      throw new CloudError("InvalidParameterCombination", `Cannot find version ${text(inputs, "engineVersion")} for ${text(inputs, "engine")}`);
    }
    refuseGroups(inputs, version, context);
    const snapshot = neededSnapshot(inputs, context);
    neededKey({ kmsKeyId: text(inputs, "kmsKeyId") ?? text(snapshot, "kmsKeyId") }, "kmsKeyId", context, "KMSKeyNotAccessibleFault", (key) => `The specified KMS key [${key}] does not exist, is not enabled or you do not have permissions to access it.`);
    const monitoring = text(inputs, "monitoringRoleArn");
    if (monitoring !== undefined) {
      await usableRole(context, monitoring, "InvalidParameterValue", `IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING`);
    }
  },
  uniqueBy: (inputs, context) => `${regionOf(inputs, context)} ${identifierOf(inputs, context)}`,
  alreadyExists: () => "DBInstanceAlreadyExists: DB instance already exists",
  id: (_, context) => resourceId(context),
  outputs: instanceOutputs,
  beforeUpdate: async (inputs, olds, context) => {
    const version = fullVersion(inputs);
    if (version === undefined) throw new CloudError("InvalidParameterCombination", `Cannot find version ${text(inputs, "engineVersion")} for ${text(inputs, "engine")}`);
    const [from, to] = [major(text(olds, "engineVersion") ?? version), major(version)];
    if (to < from) throw new CloudError("InvalidParameterCombination", `Cannot upgrade postgres from ${text(olds, "engineVersion")} to ${text(inputs, "engineVersion")}`);
    if (to > from && flag(inputs, "allowMajorVersionUpgrade") !== true) {
      throw new CloudError("InvalidParameterCombination", "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.");
    }
    refuseGroups(inputs, version, context);
    refuseShrinking(inputs, context);
    if (to > from) await context.sleep(MAJOR_UPGRADE);
    else if (text(olds, "instanceClass") !== text(inputs, "instanceClass")) await context.sleep(CLASS_CHANGE);
  },
  beforeDelete: (object, context) => {
    if (flag(object.outputs, "deletionProtection") === true) {
      throw new CloudError("InvalidParameterCombination", "Cannot delete protected DB Instance, please disable deletion protection and try again.");
    }
    if (flag(object.outputs, "skipFinalSnapshot") === true) return;
    const snapshot = text(object.outputs, "finalSnapshotIdentifier");
    if (snapshot === undefined) throw new CloudError("", "final_snapshot_identifier is required when skip_final_snapshot is false");
    if (!context.objects.ofType(tokens.DB_SNAPSHOT).some(({ id }) => id === snapshot)) return;
    throw new CloudError("DBSnapshotAlreadyExists", `Cannot create the snapshot because a snapshot with the identifier ${snapshot} already exists.`);
  },
  retainedOnDelete: (object, context) => [...finalSnapshot(object), ...automatedBackups(object), ...leftLogs(object, context)],
};

/** What the snapshot says that an instance is restored from, where it is. */
function neededSnapshot(inputs: Properties, context: Context): Properties | undefined {
  const id = text(inputs, "snapshotIdentifier");
  if (id === undefined) return undefined;
  const found = context.objects.ofType(tokens.DB_SNAPSHOT).find((object) => object.id === id);
  if (found === undefined) throw new CloudError("DBSnapshotNotFound", `DBSnapshot not found: ${id}`);
  return found.outputs;
}

function identifierOf(inputs: Properties, context: Context): string {
  const given = text(inputs, "identifier");
  if (given !== undefined) return given.toLowerCase();
  return `${text(inputs, "identifierPrefix") ?? "terraform-"}${context.random.for("identifier").digits(26)}`;
}

// The provider's id is not the name but what survives renaming.
function resourceId(context: Context): string {
  return `db-${context.random.for("id").characters(26, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`;
}

function fullVersion(inputs: Properties): string | undefined {
  if (text(inputs, "engine") !== "postgres") return text(inputs, "engineVersion") ?? "8.4.6";
  const given = text(inputs, "engineVersion") ?? "17";
  const newest = NEWEST[String(major(given))];
  if (newest === undefined || given === String(major(given))) return newest;
  return Number(given.split(".")[1]) <= Number(newest.split(".")[1]) ? given : undefined;
}

function major(version: string): number {
  return Number(version.split(".")[0]);
}

function refuseGroups(inputs: Properties, version: string, context: Context): void {
  const groupName = text(inputs, "dbSubnetGroupName");
  const group = groupName === undefined ? undefined : live(context, tokens.DB_SUBNET_GROUP, groupName);
  if (groupName !== undefined && group === undefined) throw new CloudError("DBSubnetGroupNotFoundFault", `DBSubnetGroup '${groupName}' not found.`);
  const vpcId = text(group?.outputs, "vpcId");
  for (const id of texts(inputs, "vpcSecurityGroupIds")) {
    const other = vpcOfGroup(context, id);
    if (vpcId === undefined || other === vpcId) continue;
    throw new CloudError("InvalidParameterCombination", `The DB instance and EC2 security group are in different VPCs. The DB instance is in ${vpcId} and the EC2 security group is in ${other}`);
  }
  const parameters = text(inputs, "parameterGroupName");
  if (parameters === undefined || parameters.startsWith("default.")) return;
  const family = text(live(context, tokens.DB_PARAMETER_GROUP, parameters)?.outputs, "family");
  if (family === undefined) throw new CloudError("DBParameterGroupNotFound", `DBParameterGroup not found: ${parameters}`);
  const wanted = `${text(inputs, "engine")}${major(version)}`;
  if (text(inputs, "engine") !== "postgres" || family === wanted) return;
  throw new CloudError(
    "InvalidParameterCombination",
    `The Parameter Group ${parameters} with DBParameterGroupFamily ${family} can't be used for this instance. Please use a Parameter Group with DBParameterGroupFamily ${wanted}`,
  );
}

// With autoscaling the provider ignores a smaller number; without it the service refuses.
function refuseShrinking(inputs: Properties, context: Context): void {
  const now = number(context.previous, "allocatedStorage") ?? 0;
  const wanted = number(inputs, "allocatedStorage") ?? now;
  if (wanted >= now || (number(inputs, "maxAllocatedStorage") ?? 0) > wanted) return;
  throw new CloudError("InvalidParameterValue", `Invalid storage size for engine name postgres and storage type ${text(inputs, "storageType") ?? "gp2"}: requested storage size (${wanted}) cannot be less than the current storage size (${now})`);
}

function instanceOutputs(inputs: Properties, context: Context): Properties {
  const region = regionOf(inputs, context);
  const identifier = text(inputs, "identifier") ?? text(context.previous, "identifier") ?? identifierOf(inputs, context);
  const port = number(inputs, "port") ?? (text(inputs, "engine") === "postgres" ? 5432 : 3306);
  const address = `${identifier}.c${context.random.for("account").alphanumeric(11)}.${region}.rds.amazonaws.com`;
  const zones = zonesOf(region);
  const snapshot = context.previous === undefined ? neededSnapshot(inputs, context) : undefined;
  const storage = Math.max(number(inputs, "allocatedStorage") ?? 20, number(context.previous, "allocatedStorage") ?? 0);
  return {
    ...{ identifier, identifierPrefix: text(inputs, "identifierPrefix") ?? "", address, port, endpoint: `${address}:${port}`, status: "available" },
    arn: arn("rds", region, `db:${identifier}`),
    resourceId: context.id,
    hostedZoneId: "Z1RLNUO7B9Q6NB",
    allocatedStorage: storage,
    availabilityZone: text(inputs, "availabilityZone") ?? zones[context.random.for("zone").integer(zones.length)],
    engineVersionActual: fullVersion(inputs),
    caCertIdentifier: text(inputs, "caCertIdentifier") ?? "rds-ca-rsa2048-g1",
    storageType: text(inputs, "storageType") ?? "gp2",
    multiAz: flag(inputs, "multiAz") ?? false,
    parameterGroupName: text(inputs, "parameterGroupName") ?? `default.${text(inputs, "engine")}${major(fullVersion(inputs) ?? "0")}`,
    backupRetentionPeriod: number(inputs, "backupRetentionPeriod") ?? 0,
    backupWindow: text(inputs, "backupWindow") ?? "03:21-03:51",
    maintenanceWindow: text(inputs, "maintenanceWindow") ?? "sun:05:14-sun:05:44",
    latestRestorableTime: text(context.previous, "latestRestorableTime") ?? context.timestamp,
    licenseModel: text(inputs, "engine") === "postgres" ? "postgresql-license" : "general-public-license",
    networkType: text(inputs, "networkType") ?? "IPV4",
    masterUserSecrets: [],
    listenerEndpoints: [],
    replicas: [],
    ...(snapshot && { kmsKeyId: snapshot.kmsKeyId }),
  };
}

function finalSnapshot(object: CloudObject): readonly Retained[] {
  const id = text(object.outputs, "finalSnapshotIdentifier");
  if (id === undefined || flag(object.outputs, "skipFinalSnapshot") === true) return [];
  const reason = `final snapshot of ${text(object.outputs, "identifier")}; restore it with database.restoreFrom, or delete it by hand`;
  const { identifier, kmsKeyId, allocatedStorage } = object.outputs;
  const upkeep = databaseBackup(object, `delete-db-snapshot --db-snapshot-identifier ${id}`);
  return [{ id, type: tokens.DB_SNAPSHOT, name: object.name, reason, upkeep, outputs: { dbInstanceIdentifier: identifier, kmsKeyId, allocatedStorage } }];
}

function automatedBackups(object: CloudObject): readonly Retained[] {
  const days = number(object.outputs, "backupRetentionPeriod") ?? 0;
  if (flag(object.outputs, "deleteAutomatedBackups") !== false || days === 0) return [];
  const reason = `automated backups of ${text(object.outputs, "identifier")}, kept for ${days} days after its deletion`;
  const upkeep = databaseBackup(object, `delete-db-instance-automated-backup --dbi-resource-id ${object.id}`);
  const outputs = { kmsKeyId: object.outputs.kmsKeyId };
  return [{ id: `ab-${object.id.slice(3).toLowerCase()}`, type: "aws:rds/instanceAutomatedBackup:InstanceAutomatedBackup", name: object.name, reason, upkeep, outputs }];
}

function databaseBackup(object: CloudObject, command: string): Upkeep {
  return { monthly: upTo(number(object.outputs, "allocatedStorage") ?? 0, prices.monthly.databaseBackupGiB), remove: removal(object, `rds ${command}`) };
}

// The service makes the group of an exported log when nobody did, and leaves it.
function leftLogs(object: CloudObject, context: Context): readonly Retained[] {
  return texts(object.inputs, "enabledCloudwatchLogsExports")
    .map((log) => `/aws/rds/instance/${text(object.outputs, "identifier")}/${log}`)
    .filter((name) => !liveOf(context, tokens.LOG_GROUP).some(({ id }) => id === name))
    .map((id) => ({ id, type: tokens.LOG_GROUP, name: "", reason: "logs of the database: the log group was not the program's, or went before the database", upkeep: logUpkeep(object, id) }));
}

/** Instances that use a group: neither kind of group can go before them. */
export function instancesWith(context: Context, property: string, group: string): readonly CloudObject[] {
  return liveWhere(context, tokens.DB_INSTANCE, property, group);
}
