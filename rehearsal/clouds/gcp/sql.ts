import { type Behaviour, type CloudObject, type Context, type Retained } from "../../provider/behaviour";
import { flag, number, object, type Properties, text } from "../../provider/properties";
import { certificateFacts } from "./certificates";
import { fromRunLogs, minutes, momentary, replacedBy } from "./facts";
import { usableKey } from "./kms";
import { lastPart, projectOf, regionOf, zonesOf } from "./place";
import { live, liveOf, liveWhere, nameOf, nameProblems, needed, refuseProtected } from "./reference";
import { answered, refused } from "./refusals";
import { isConnected } from "./serviceNetworking";
import { editionOf, instanceProblems, refusedSettings } from "./sqlInputs";
import * as tokens from "./tokens";
import { backupUpkeep } from "./upkeep";

const CREATION = minutes("11:38");
const TIER_CHANGE = minutes("3:00");

export const databaseInstance: Behaviour = {
  latency: fromRunLogs(CREATION, "median of 5 published run logs with a private address, 4:32 to 18:23", "0:40", "1:30"),
  forceNew: replacedBy(
    "sql/resource_sql_database_instance.go",
    [
      ...["name", "region", "encryptionKeyName", "settings.collation"],
      ...["caCertificate", "clientCertificate", "clientKey", "connectRetryInterval", "dumpFilePath", "failoverTarget", "masterHeartbeatPeriod"].map(ofReplica),
      ...["password", "sslCipher", "username", "verifyServerCertificate"].map(ofReplica),
    ],
    {
      when: replacedWhen,
      inWords:
        "`settings.ipConfiguration.privateNetwork` when it is taken away; `settings.diskSize` to a smaller one where `settings.diskAutoresize` is off; `settings.autoUpgradeEnabled` when it is switched off; `masterInstanceName` and `replicaConfiguration.cascadableReplica`, except in a switchover",
    },
  ),
  autoName: { property: "name", maxLength: 98 },
  check: instanceProblems,
  beforeCreate: (inputs, context) => {
    refuseSettings(inputs, "create");
    refuseUnconnected(inputs, context);
    usableKey(text(inputs, "encryptionKeyName"), "gcp-sa-cloud-sql.iam.gserviceaccount.com", context);
    neededSource(inputs, context);
  },
  id: nameOf,
  uniqueBy: (inputs, context) => `${projectOf(inputs, context)}:${nameOf(inputs)}`,
  alreadyExists: () =>
    "Error, failed to create instance: googleapi: Error 409: The Cloud SQL instance already exists. When you delete an instance, you can't reuse the name of the deleted instance until one week from the deletion date., instanceAlreadyExists",
  outputs: instanceOutputs,
  beforeUpdate: async (inputs, olds, context) => {
    refuseSettings(inputs, "update");
    refuseUnconnected(inputs, context);
    const [from, to] = [olds, inputs].map((given) => Number(text(given, "databaseVersion")?.replace("POSTGRES_", "") ?? "0"));
    if ((to ?? 0) < (from ?? 0)) throw answered(400, "Invalid request: Major version downgrade is not supported", "invalid");
    if (text(olds, "settings.tier") !== text(inputs, "settings.tier")) await context.sleep(TIER_CHANGE);
  },
  beforeDelete: (object) => {
    const held = flag(object.outputs, "deletionProtection") !== false;
    refuseProtected(object, held, "Error, failed to delete instance because deletion_protection is set to true. Set it to false to proceed with instance deletion");
    if (flag(object.outputs, "settings.deletionProtectionEnabled") !== true) return;
    throw answered(400, "The instance is protected. Please disable the deletion protection and try again.", "invalidRequest");
  },
  retainedOnDelete: (object) => [nameKept(object), ...finalBackup(object), ...keptBackups(object)],
  // What is in an instance goes with it, whether or not the program deletes it.
  afterDelete: (object, context) => {
    for (const type of [tokens.SQL_DATABASE, tokens.SQL_USER]) for (const part of liveWhere(context, type, "instance", object.id)) context.drop(type, part.id);
  },
};

function ofReplica(name: string): string {
  return `replicaConfiguration.${name}`;
}

function replacedWhen(olds: Properties, news: Properties): readonly string[] {
  const [network, size] = ["settings.ipConfiguration.privateNetwork", "settings.diskSize"];
  const alone = text(olds, network) !== undefined && news.settings !== undefined && at(news, "privateNetwork") === undefined;
  const [before, after] = [number(olds, size), number(news, size)];
  const shrunk = before !== undefined && after !== undefined && after < before && flag(news, "settings.diskAutoresize") === false;
  const downgrade = flag(olds, "settings.autoUpgradeEnabled") === true && flag(news, "settings.autoUpgradeEnabled") !== true;
  const master = ["masterInstanceName", "replicaConfiguration.cascadableReplica"].filter((path) => olds[path] !== undefined && olds[path] !== news[path]);
  return [...(alone ? [network] : []), ...(shrunk ? [size] : []), ...(downgrade ? ["settings.autoUpgradeEnabled"] : []), ...master];
}

// Taken away is what is not there, not what is not known yet.
function at(news: Properties, name: string): unknown {
  return object(news, "settings.ipConfiguration")[name];
}

function refuseSettings(inputs: Properties, operation: string): void {
  const why = refusedSettings(inputs);
  if (why !== undefined) throw refused(`Error, failed to ${operation} instance ${nameOf(inputs)}: googleapi: Error 400: Invalid request: ${why}, invalid`);
}

function refuseUnconnected(inputs: Properties, context: Context): void {
  const network = text(inputs, "settings.ipConfiguration.privateNetwork");
  if (network === undefined) return;
  needed(context, tokens.NETWORK, network);
  if (isConnected(context, network)) return;
  throw refused(
    "Error, failed to create instance because the network doesn't have at least 1 private services connection. Please see https://cloud.google.com/sql/docs/mysql/private-ip#network_requirements for how to create this connection.",
  );
}

/** What an instance is a copy of, where it is one. */
function neededSource(inputs: Properties, context: Context): void {
  const source = text(inputs, "clone.sourceInstanceName");
  if (source !== undefined && live(context, tokens.SQL_INSTANCE, source) === undefined) throw answered(404, `The Cloud SQL instance '${source}' does not exist.`, "instanceDoesNotExist");
}

function instanceOutputs(inputs: Properties, context: Context): Properties {
  const region = regionOf(inputs, context);
  const project = projectOf(inputs, context);
  const isPrivate = text(inputs, "settings.ipConfiguration.privateNetwork") !== undefined;
  const isPublic = flag(inputs, "settings.ipConfiguration.ipv4Enabled") !== false;
  const part = context.random.for("address");
  const privateIp = isPrivate ? `172.20.${part.integer(250)}.${3 + part.integer(250)}` : "";
  const publicIp = isPublic ? `203.0.113.${1 + context.random.for("public").integer(254)}` : "";
  const { expires, ...facts } = certificateFacts(context, "server authority", 10);
  return {
    region,
    connectionName: `${project}:${region}:${context.id}`,
    selfLink: `https://sqladmin.googleapis.com/sql/v1beta4/projects/${project}/instances/${context.id}`,
    serviceAccountEmailAddress: `p123456789012-${context.random.for("account").characters(6, "abcdefghijklmnopqrstuvwxyz0123456789")}@gcp-sa-cloud-sql.iam.gserviceaccount.com`,
    instanceType: text(inputs, "instanceType") ?? "CLOUD_SQL_INSTANCE",
    maintenanceVersion: text(inputs, "maintenanceVersion") ?? `${text(inputs, "databaseVersion")}_6.R20261001.00_00`,
    privateIpAddress: privateIp,
    publicIpAddress: publicIp,
    firstIpAddress: isPublic ? publicIp : privateIp,
    ipAddresses: [
      ...(isPublic ? [{ ipAddress: publicIp, type: "PRIMARY", timeToRetire: "" }] : []),
      ...(isPrivate ? [{ ipAddress: privateIp, type: "PRIVATE", timeToRetire: "" }] : []),
    ],
    dnsName: `${context.random.for("dns").hex(12)}.${context.random.for("zone").hex(12)}.${region}.sql.goog.`,
    serverCaCerts: [{ ...facts, expirationTime: expires, commonName: `C=US,O=Google\\, Inc,CN=Google Cloud SQL Server CA,dnQualifier=${context.random.for("qualifier").hex(8)}` }],
    deletionProtection: flag(inputs, "deletionProtection") ?? true,
    settings: settingsOf(inputs, context),
    replicaNames: [],
    availableMaintenanceVersions: [],
  };
}

function settingsOf(inputs: Properties, context: Context): Properties {
  const given = object(inputs, "settings");
  const zone = zonesOf(regionOf(inputs, context))[context.random.for("zone").integer(3)];
  return {
    activationPolicy: "ALWAYS",
    availabilityType: "ZONAL",
    diskAutoresize: true,
    diskSize: 10,
    diskType: "PD_SSD",
    pricingPlan: "PER_USE",
    deletionProtectionEnabled: false,
    edition: editionOf(inputs),
    version: 1,
    locationPreference: { zone },
    ...given,
    ipConfiguration: {
      ...{ ipv4Enabled: true, sslMode: "ALLOW_UNENCRYPTED_AND_ENCRYPTED", serverCaMode: "GOOGLE_MANAGED_INTERNAL_CA" },
      ...object(given, "ipConfiguration"),
    },
    backupConfiguration: { enabled: false, startTime: "13:00", transactionLogRetentionDays: 7, ...object(given, "backupConfiguration") },
  };
}

// https://cloud.google.com/sql/docs/postgres/delete-instance
function nameKept(object: CloudObject): Retained {
  const { id, type, name } = object;
  const upkeep = { monthly: { usd: 0, why: "only its name" }, remove: "wait a week: the name can't be set free" };
  return { id, type, name, reason: `deleted; its name ${id} can't be used again for a week`, upkeep };
}

function finalBackup(object: CloudObject): readonly Retained[] {
  if (flag(object.outputs, "settings.finalBackupConfig.enabled") !== true) return [];
  const days = number(object.outputs, "settings.finalBackupConfig.retentionDays") ?? 30;
  return [backupOf(object, "final", `final backup of ${object.id}, kept for ${days} days; restore it by hand into an instance, or delete it`)];
}

function keptBackups(object: CloudObject): readonly Retained[] {
  if (flag(object.outputs, "settings.retainBackupsOnDelete") !== true) return [];
  return [backupOf(object, "kept", `backups of ${object.id}, kept after its deletion`)];
}

/** A backup of an instance that outlives it. */
export function backupOf(object: CloudObject, kind: string, reason: string): Retained {
  const id = `projects/${text(object.outputs, "project")}/backups/${object.id}-${kind}`;
  const gibibytes = number(object.outputs, "settings.diskSize") ?? 0;
  const outputs = { instance: object.id, project: object.outputs.project, settings: { diskSize: gibibytes } };
  return { id, type: tokens.SQL_BACKUP, name: object.name, reason, outputs, upkeep: backupUpkeep(gibibytes, `gcloud sql backups delete ${id}`) };
}

export const database: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("sql/resource_sql_database.go", ["instance", "name"]),
  check: (inputs) => nameProblems(inputs, "name", /^[A-Za-z_][A-Za-z0-9_-]{0,62}$/, "up to 63 letters, digits, _ and -, beginning with a letter"),
  beforeCreate: (inputs, context) => neededInstance(inputs, context),
  id: (inputs, context) => `projects/${projectOf(inputs, context)}/instances/${instanceName(inputs)}/databases/${nameOf(inputs)}`,
  outputs: (inputs, context) => ({
    selfLink: `https://sqladmin.googleapis.com/sql/v1beta4/${context.id}`,
    charset: text(inputs, "charset") ?? "UTF8",
    collation: text(inputs, "collation") ?? "en_US.UTF8",
  }),
};

export const user: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("sql/resource_sql_user.go", ["host", "instance", "name", "type"]),
  beforeCreate: (inputs, context) => neededInstance(inputs, context),
  id: (inputs) => `${nameOf(inputs)}//${instanceName(inputs)}`,
  beforeDelete: (object, context) => {
    const abandoned = text(object.outputs, "deletionPolicy") === "ABANDON";
    const owns = liveOf(context, tokens.SQL_DATABASE).some(({ outputs }) => text(outputs, "instance") === text(object.outputs, "instance"));
    if (abandoned || !owns) return;
    throw refused(`Error, failed to deleteuser ${nameOf(object.outputs)} in instance ${instanceName(object.outputs)}: googleapi: Error 400: Invalid request: failed to delete user ${nameOf(object.outputs)}: . role "${nameOf(object.outputs)}" cannot be dropped because some objects depend on it Details: owner of database., invalid`);
  },
};

function instanceName(properties: Properties): string {
  return lastPart(text(properties, "instance") ?? "");
}

function neededInstance(inputs: Properties, context: Context): void {
  const found = live(context, tokens.SQL_INSTANCE, instanceName(inputs));
  if (found === undefined) throw answered(404, "The Cloud SQL instance does not exist.", "instanceDoesNotExist");
}
