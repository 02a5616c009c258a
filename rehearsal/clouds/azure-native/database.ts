import { CloudError, type CloudObject, type Context, type Retained } from "../../provider/behaviour";
import { number, object, type Properties, text } from "../../provider/properties";
import { liveOf } from "../reference";
import { idOf, lastName, parentId, sameId } from "./arm";
import { serverProblems } from "./databaseInputs";
import { fromRunLogs, minutes, assumed, replacedByName, replacedBySpecification } from "./facts";
import { referred, resource } from "./resource";
import { networkOf, refuseUndelegated } from "./subnets";
import { regionName } from "./subscription";
import * as tokens from "./tokens";
import { backupUpkeep } from "./upkeep";

const SPECIFICATION = { commit: "14bc04b", file: "postgresql/resource-manager/Microsoft.DBforPostgreSQL/stable/2025-08-01/FlexibleServers.json" };
const SERVICE = "Microsoft.DBforPostgreSQL/flexibleServers";

/** The minor version a server has by its major one. Assumed. */
const NEWEST: Readonly<Record<string, string>> = { "13": "22", "14": "19", "15": "14", "16": "10", "17": "6", "18": "1" };

/** Days for which Azure keeps the last backup of a server that was deleted: https://learn.microsoft.com/en-us/azure/postgresql/backup-restore/concepts-backup-restore */
const KEPT_DAYS = 5;

const creation = (inputs: Properties): number => minutes("7:15") + (text(inputs, "highAvailability.mode") === "ZoneRedundant" ? minutes("5:00") : 0);

export const server = resource(tokens.SERVER, {
  latency: fromRunLogs(creation, "median of two run logs of 2026-09, 5:06 and 9:23; five minutes more for a standby, by recollection", "2:00", "3:00"),
  forceNew: replacedBySpecification(tokens.SERVER, SPECIFICATION, ["location", "administratorLogin", "sourceServerResourceId", "pointInTimeUTC", "availabilityZone"]),
  check: serverProblems,
  uniqueBy: (inputs) => (text(inputs, "serverName") ?? "").toLowerCase(),
  alreadyExists: (key) => `ServerNameAlreadyExists: Specified server name is already used: ${key}.`,
  beforeCreate: (inputs, context) => {
    refuseNetwork(inputs, context);
    refuseOrigin(inputs, context);
  },
  outputs: serverOutputs,
  settle: copyDatabases,
  decides: ["backup.earliestRestoreDate", "highAvailability.state"],
  beforeUpdate: (inputs, olds, context) => {
    refuseFixed(inputs, olds);
    refuseStorage(inputs, context);
    refuseVersion(inputs, olds);
  },
  retainedOnDelete: (object, context) => [lastBackup(object, context)],
});

function refuseNetwork(inputs: Properties, context: Context): void {
  const subnet = text(inputs, "network.delegatedSubnetResourceId");
  const zone = text(inputs, "network.privateDnsZoneArmResourceId");
  if (subnet === undefined) return;
  const found = referred(context, tokens.SUBNET, subnet);
  refuseUndelegated(found, SERVICE);
  if (zone === undefined) throw new CloudError("EmptyPrivateDnsZoneArmResourceId", "The 'privateDnsZoneArmResourceId' can't be empty for a server in a virtual network.");
  const zoneId = referred(context, tokens.PRIVATE_ZONE, zone).id;
  if (!zoneId.endsWith(".postgres.database.azure.com")) throw new CloudError("InvalidPrivateDnsZoneName", `The private DNS zone '${lastName(zoneId)}' must end with '.postgres.database.azure.com'.`);
  const network = networkOf(found, context)?.id ?? "";
  const linked = liveOf(context, tokens.NETWORK_LINK).some(({ id, status, outputs }) => status !== "creating" && sameId(parentId(id), zoneId) && sameId(text(outputs, "virtualNetwork.id") ?? "", network));
  if (!linked) throw new CloudError("InvalidPrivateDnsZone", `The private DNS zone '${zoneId}' is not linked to the virtual network '${network}'.`);
}

function refuseOrigin(inputs: Properties, context: Context): void {
  const mode = text(inputs, "createMode") ?? "Default";
  if (mode === "Default" || mode === "Create") return;
  const source = text(inputs, "sourceServerResourceId") ?? "";
  const kept = mode === "ReviveDropped" ? tokens.SERVER_BACKUP : tokens.SERVER;
  const found = context.objects.ofType(kept).some(({ id, retained }) => sameId(kept === tokens.SERVER ? id : parentId(id), source) && (kept === tokens.SERVER_BACKUP || retained === undefined));
  // Of another platform: the rehearsal puts what it is restored from into the cloud as a backup.
  const left = context.objects.ofType(tokens.SERVER_BACKUP).some(({ id }) => sameId(parentId(id), source));
  if (found || left) return;
  throw new CloudError("SourceServerNotFound", `Source server ${source} doesn't exist.`);
}

// A server that starts from another has what was in that one.
function copyDatabases(inputs: Properties, context: Context): void {
  const source = text(inputs, "sourceServerResourceId");
  if (source === undefined || context.previous !== undefined) return;
  for (const { id, name, outputs } of liveOf(context, tokens.SERVER_DATABASE).filter((each) => sameId(parentId(each.id), source))) {
    context.put({ type: tokens.SERVER_DATABASE, id: `${context.id}/databases/${lastName(id)}`, name, outputs, owner: context.id });
  }
}

function refuseFixed(inputs: Properties, olds: Properties): void {
  const fixed = ["network.delegatedSubnetResourceId", "backup.geoRedundantBackup", "storage.type", "dataEncryption.type", "createMode"];
  const changed = fixed.find((path) => text(olds, path) !== undefined && (text(olds, path) ?? "").toLowerCase() !== (text(inputs, path) ?? "").toLowerCase());
  if (changed !== undefined) throw new CloudError("ServerPropertyChangeNotAllowed", `The property '${changed}' of a server can't be changed after its creation: it is '${text(olds, changed)}'.`);
}

function refuseStorage(inputs: Properties, context: Context): void {
  const [now, wanted] = [number(context.previous, "storage.storageSizeGB") ?? 0, number(inputs, "storage.storageSizeGB") ?? 0];
  if (wanted === 0 || wanted >= now) return;
  throw new CloudError("InvalidParameterValue", `Invalid value given for parameter StorageSizeInMB. The storage of a server only grows: it has ${now} GiB, and ${wanted} GiB were asked for.`);
}

function refuseVersion(inputs: Properties, olds: Properties): void {
  const [from, to] = [Number(text(olds, "version")), Number(text(inputs, "version"))];
  if (!(to < from)) return;
  throw new CloudError("MajorVersionUpgradeNotAllowed", `The version of a server can't be lowered from ${from} to ${to}.`);
}

function serverOutputs(inputs: Properties, context: Context): Properties {
  const region = regionName(text(inputs, "location") ?? "");
  const name = lastName(context.id);
  const standby = text(inputs, "highAvailability.mode") ?? "Disabled";
  const grown = Math.max(number(inputs, "storage.storageSizeGB") ?? 32, number(context.previous, "storage.storageSizeGB") ?? 0);
  const version = text(inputs, "version") ?? "16";
  return {
    fullyQualifiedDomainName: `${name}.postgres.database.azure.com`,
    state: "Ready",
    minorVersion: NEWEST[version] ?? "1",
    replicaCapacity: 5,
    replicationRole: "Primary",
    availabilityZone: text(inputs, "availabilityZone") ?? text(context.previous, "availabilityZone") ?? String(1 + context.random.for("zone").integer(3)),
    storage: { autoGrow: "Disabled", type: "Premium_LRS", ...object(inputs, "storage"), storageSizeGB: grown },
    backup: { backupRetentionDays: 7, geoRedundantBackup: "Disabled", ...object(inputs, "backup"), earliestRestoreDate: text(context.previous, "backup.earliestRestoreDate") ?? context.timestamp },
    highAvailability: { ...object(inputs, "highAvailability"), mode: standby, state: standby === "Disabled" ? "NotEnabled" : "Healthy" },
    network: { publicNetworkAccess: inputs.network === undefined ? "Enabled" : "Disabled", ...object(inputs, "network") },
    location: region,
    privateEndpointConnections: [],
  };
}

function lastBackup(server: CloudObject, context: Context): Retained {
  const { storage, network, location } = server.outputs;
  return {
    id: `${server.id}/backups/last`,
    type: tokens.SERVER_BACKUP,
    name: server.name,
    reason: `the last backup of ${lastName(server.id)}, kept for ${KEPT_DAYS} days after its deletion; it can be revived as long`,
    upkeep: backupUpkeep(server, KEPT_DAYS),
    outputs: { storage, location, delegatedSubnetResourceId: text(network, "delegatedSubnetResourceId"), deletedAt: context.now },
  };
}

/** A server takes one change at a time, and each of these is one. */
function refuseBusy(type: string, inputs: Properties, context: Context): void {
  const id = idOf(tokens.SERVER, inputs, context);
  const parts = [tokens.SERVER_DATABASE, tokens.SERVER_SETTING].flatMap((each) => liveOf(context, each)).filter((part) => sameId(parentId(part.id), id));
  const server = liveOf(context, tokens.SERVER).filter((each) => sameId(each.id, id));
  const own = idOf(type, inputs, context);
  const busy = [...parts, ...server].find((each) => !sameId(each.id, own) && each.status !== "ready" && each.status !== "failed");
  if (busy === undefined) return;
  throw new CloudError("ServerIsBusy", `Cannot complete operation while server '${lastName(id)}' is busy processing another operation. Try again later. It is busy with ${lastName(busy.id)}.`);
}

const OWN_DATABASES = ["azure_maintenance", "azure_sys", "postgres", "template0", "template1"];

export const serverDatabase = resource(tokens.SERVER_DATABASE, {
  latency: fromRunLogs(minutes("0:14"), "one run log of 2026-09", "0:10", "0:10"),
  forceNew: replacedByName(tokens.SERVER_DATABASE),
  check: (inputs) => {
    const name = text(inputs, "databaseName");
    if (name === undefined) return [];
    if (OWN_DATABASES.includes(name)) return [{ property: "databaseName", reason: `DatabaseNameReserved: The database name '${name}' is the server's own.` }];
    return /^[a-zA-Z_][\w-]{0,62}$/.test(name) ? [] : [{ property: "databaseName", reason: `InvalidDatabaseName: '${name}' is not a name a database takes: 1 to 63 letters, digits, - and _, beginning with a letter or _.` }];
  },
  beforeCreate: (inputs, context) => refuseBusy(tokens.SERVER_DATABASE, inputs, context),
  // The specification marks neither as fixed, and the service has no call to change them.
  beforeUpdate: (inputs, olds, context) => {
    const changed = ["charset", "collation"].find((name) => text(olds, name) !== text(inputs, name));
    if (changed !== undefined) throw new CloudError("DatabasePropertyChangeNotAllowed", `The ${changed} of the database ${lastName(context.id)} can't be changed from ${text(olds, changed)} to ${text(inputs, changed)}.`);
  },
});

/** Settings that are there from the start: to make one is to change it, and to delete it sets the default again. */
export const serverSetting = resource(tokens.SERVER_SETTING, {
  latency: assumed("0:20", "0:20", "0:20"),
  forceNew: replacedByName(tokens.SERVER_SETTING),
  overwrites: true,
  beforeCreate: (inputs, context) => refuseBusy(tokens.SERVER_SETTING, inputs, context),
  beforeUpdate: (inputs, _olds, context) => refuseBusy(tokens.SERVER_SETTING, inputs, context),
  outputs: (inputs) => ({ source: text(inputs, "source") ?? "user-override", dataType: "String", isReadOnly: false, isDynamicConfig: true, isConfigPendingRestart: false }),
});
