import { prices } from "../../../providers/aws/prices";
import { type Behaviour, CloudError, type Context, type Problem } from "../../provider/behaviour";
import { at, flag, number, type Properties, text, texts } from "../../provider/properties";
import { fromRunLogs, minutes, momentary, replacedBy } from "./facts";
import { neededKey } from "./kms";
import { choiceProblems, described, live, liveWhere, nameProblems } from "../reference";
import { arn, regionOf } from "./region";
import { vpcOfGroup } from "./securityGroups";
import * as tokens from "./tokens";
import { byAmount, removal } from "./upkeep";

const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  valkey: ["7.2", "8.0", "8.1", "8.2", "9.0"],
  redis: ["6.2", "7.0", "7.1"],
};

const SNAPSHOT = "aws:elasticache/snapshot:Snapshot";

const NODE_TYPE = /^cache\.(t3|t4g|m5|m6g|m7g|m8g|r5|r6g|r6gd|r7g|r8g|c7gn)\.(micro|small|medium|large|xlarge|2xlarge|4xlarge|8xlarge|12xlarge|16xlarge|24xlarge)$/;

/** What a shard can't change. It can move to another Outpost. */
const NODE_GROUP = ["nodeGroupId", "primaryAvailabilityZone", "replicaAvailabilityZones", "replicaCount", "slots"];

export const replicationGroup: Behaviour = {
  latency: fromRunLogs(minutes("8:03"), "median of 4 published run logs, 5:58 to 9:15", "5:00", "5:00"),
  forceNew: replacedBy(
    "elasticache/replication_group.go",
    [
      ...["replicationGroupId", "subnetGroupName", "port", "kmsKeyId", "atRestEncryptionEnabled", "networkType", "dataTieringEnabled", "durability"],
      ...["securityGroupNames", "snapshotArns", "snapshotName", "globalReplicationGroupId"],
      ...NODE_GROUP.map((name) => `nodeGroupConfigurations.${name}`),
    ],
    {
      when: replacedWhen,
      inWords: "`engine` from `valkey` to `redis`; `engineVersion` to a lower one; `transitEncryptionEnabled` before Redis 7.0.5",
    },
  ),
  autoName: { property: "replicationGroupId", maxLength: 40, lowercase: true },
  check: (inputs) => [
    ...nameProblems(inputs, "replicationGroupId", /^(?!.*--)[a-zA-Z][a-zA-Z0-9-]{0,39}(?<!-)$/, "up to 40 letters, digits and single hyphens, beginning with a letter, not ending with a hyphen"),
    ...nameProblems(inputs, "nodeType", NODE_TYPE, "a node type such as cache.m7g.large"),
    ...choiceProblems(inputs, "engine", Object.keys(VERSIONS)),
    ...choiceProblems(inputs, "transitEncryptionMode", ["preferred", "required"]),
    ...choiceProblems(inputs, "clusterMode", ["enabled", "disabled", "compatible"]),
    ...tokenProblems(inputs),
    ...failoverProblems(inputs),
  ],
  beforeCreate: (inputs, context) => {
    const engine = text(inputs, "engine") ?? "redis";
    const version = text(inputs, "engineVersion");
    if (version !== undefined && VERSIONS[engine]?.some((known) => known === version || version.startsWith(`${known}.`)) !== true) {
      throw new CloudError("InvalidParameterValue", `Cannot find version ${version} for ${engine}`);
    }
    refuseGroups(inputs, context);
    neededKey(inputs, "kmsKeyId", context, "InvalidKMSKeyFault", (key) => `The specified KMS key ${key} does not exist, is not enabled or you do not have permissions to access it.`);
  },
  uniqueBy: (inputs, context) => `${regionOf(inputs, context)} ${text(inputs, "replicationGroupId")?.toLowerCase()}`,
  alreadyExists: (key) => `ReplicationGroupAlreadyExists: Replication group ${key.split(" ")[1]} already exists`,
  id: (inputs) => text(inputs, "replicationGroupId")?.toLowerCase() ?? "",
  outputs: groupOutputs,
  beforeUpdate: (inputs, _, context) => refuseGroups(inputs, context),
  beforeDelete: (object, context) => {
    const snapshot = text(object.outputs, "finalSnapshotIdentifier");
    if (snapshot === undefined || !context.objects.ofType(SNAPSHOT).some(({ id }) => id === snapshot)) return;
    throw new CloudError("SnapshotAlreadyExistsFault", `Snapshot with specified name already exists: ${snapshot}`);
  },
  retainedOnDelete: (object) => {
    const id = text(object.outputs, "finalSnapshotIdentifier");
    if (id === undefined) return [];
    const upkeep = { monthly: byAmount(prices.monthly.cacheBackupGiB, "held in memory"), remove: removal(object, `elasticache delete-snapshot --snapshot-name ${id}`) };
    return [{ id, type: SNAPSHOT, name: object.name, reason: `final snapshot of cache ${object.id}`, upkeep, outputs: { kmsKeyId: object.outputs.kmsKeyId } }];
  },
};

// Encryption in transit can be switched from Redis 7.0.5 on, by the version there is. One way only: from Redis to Valkey and to a newer version is an upgrade, the way back is not offered.
function replacedWhen(olds: Properties, news: Properties): readonly string[] {
  const engine = text(olds, "engine") === "valkey" && text(news, "engine") === "redis" ? ["engine"] : [];
  const lower = compare(text(news, "engineVersion"), text(olds, "engineVersion")) < 0;
  const version = text(olds, "engineVersion");
  const old = version !== undefined && compare(version, "7.0") <= 0;
  return [...engine, ...(lower ? ["engineVersion"] : []), ...(old ? ["transitEncryptionEnabled"] : [])];
}

function compare(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined) return 0;
  const [a = 0, b = 0] = one.split(".").map(Number);
  const [c = 0, d = 0] = other.split(".").map(Number);
  return a - c || b - d;
}

// The message never repeats the token.
function tokenProblems(inputs: Properties): readonly Problem[] {
  const token = text(inputs, "authToken");
  const given = inputs.authToken !== undefined || inputs.authTokenWo !== undefined;
  const encrypted = inputs.transitEncryptionEnabled === undefined ? false : flag(inputs, "transitEncryptionEnabled") !== false;
  const problems: Problem[] = [];
  if (given && !encrypted) problems.push({ property: "authToken", reason: "an AUTH token needs transitEncryptionEnabled." });
  if (given && texts(inputs, "userGroupIds").length > 0) problems.push({ property: "userGroupIds", reason: "conflicts with authToken." });
  if (token !== undefined && (token.length < 16 || token.length > 128)) problems.push({ property: "authToken", reason: "an AUTH token has 16 to 128 characters." });
  if (token !== undefined && !/^[a-zA-Z0-9!&#$^<>-]*$/.test(token)) problems.push({ property: "authToken", reason: "an AUTH token takes only letters, digits and the symbols ! & # $ ^ < > -" });
  return problems;
}

function failoverProblems(inputs: Properties): readonly Problem[] {
  const failover = flag(inputs, "automaticFailoverEnabled") === true;
  const nodes = number(inputs, "numCacheClusters");
  const problems: Problem[] = [];
  if (failover && nodes !== undefined && nodes < 2) {
    problems.push({ property: "numCacheClusters", reason: "must be at least 2 if automaticFailoverEnabled is true" });
  }
  if (nodes !== undefined && (nodes < 1 || nodes > 6)) problems.push({ property: "numCacheClusters", reason: `expected 1 to 6 nodes, got ${nodes}` });
  if (flag(inputs, "multiAzEnabled") === true && !failover) {
    problems.push({ property: "automaticFailoverEnabled", reason: "must be true if multiAzEnabled is true" });
  }
  return problems;
}

function refuseGroups(inputs: Properties, context: Context): void {
  const groupName = text(inputs, "subnetGroupName");
  const group = groupName === undefined ? undefined : live(context, tokens.CACHE_SUBNET_GROUP, groupName);
  if (groupName !== undefined && group === undefined) throw new CloudError("CacheSubnetGroupNotFoundFault", `Cache Subnet group ${groupName} does not exist.`);
  for (const id of texts(inputs, "securityGroupIds")) {
    const vpcId = vpcOfGroup(context, id);
    if (group === undefined || vpcId === text(group.outputs, "vpcId")) continue;
    throw new CloudError("InvalidParameterCombination", `Security group ${id} is in ${vpcId}, the cache subnet group in ${text(group.outputs, "vpcId")}`);
  }
  const parameters = text(inputs, "parameterGroupName");
  if (parameters === undefined) return;
  const wanted = familyOf(inputs);
  const family = parameters.startsWith("default.")
    ? parameters.slice("default.".length).replace(/\.cluster\.on$/, "")
    : text(live(context, tokens.CACHE_PARAMETER_GROUP, parameters)?.outputs, "family");
  if (family === undefined) throw new CloudError("CacheParameterGroupNotFound", `CacheParameterGroup not found: ${parameters}`);
  if (family === wanted) return;
  throw new CloudError("InvalidParameterCombination", `Expected a parameter group of family ${wanted} but found one of family ${family}`);
}

function familyOf(inputs: Properties): string {
  const engine = text(inputs, "engine") ?? "redis";
  const version = text(inputs, "engineVersion") ?? VERSIONS[engine]?.at(-1) ?? "7.1";
  const major = version.split(".")[0] ?? "7";
  return engine === "redis" && major === "6" ? "redis6.x" : `${engine}${major}`;
}

function groupOutputs(inputs: Properties, context: Context): Properties {
  const region = regionOf(inputs, context);
  const engine = text(inputs, "engine") ?? "redis";
  const version = text(inputs, "engineVersion") ?? VERSIONS[engine]?.at(-1) ?? "";
  const nodes = number(inputs, "numCacheClusters") ?? 1;
  const domain = `${context.id}.${context.random.for("account").alphanumeric(6)}.${region.replace(/^(\w\w)-(\w)\w*-(\d)$/, "$1$2$3")}.cache.amazonaws.com`;
  const encrypted = flag(inputs, "transitEncryptionEnabled") === true;
  return {
    ...{ replicationGroupId: context.id, engine, engineVersion: version, engineVersionActual: version.split(".").length === 2 ? `${version}.0` : version },
    arn: arn("elasticache", region, `replicationgroup:${context.id}`),
    primaryEndpointAddress: encrypted ? `master.${domain}` : domain.replace(`${context.id}.`, `${context.id}.ng.0001.`),
    readerEndpointAddress: encrypted ? `replica.${domain}` : domain.replace(`${context.id}.`, `${context.id}-ro.`),
    configurationEndpointAddress: "",
    clusterEnabled: text(inputs, "clusterMode") === "enabled",
    clusterMode: text(inputs, "clusterMode") ?? "disabled",
    memberClusters: Array.from({ length: nodes }, (_, index) => `${context.id}-${String(index + 1).padStart(3, "0")}`),
    numCacheClusters: nodes,
    port: number(inputs, "port") ?? 6379,
    atRestEncryptionEnabled: flag(inputs, "atRestEncryptionEnabled") ?? engine === "valkey",
    transitEncryptionEnabled: encrypted,
    transitEncryptionMode: encrypted ? (text(inputs, "transitEncryptionMode") ?? "required") : "",
    autoMinorVersionUpgrade: flag(inputs, "autoMinorVersionUpgrade") ?? true,
    parameterGroupName: text(inputs, "parameterGroupName") ?? `default.${familyOf(inputs)}`,
    maintenanceWindow: text(inputs, "maintenanceWindow") ?? "sun:05:00-sun:06:00",
    snapshotWindow: text(inputs, "snapshotWindow") ?? "03:00-04:00",
    networkType: text(inputs, "networkType") ?? "ipv4",
    ipDiscovery: text(inputs, "ipDiscovery") ?? "ipv4",
    nodeGroupConfigurations: inputs.nodeGroupConfigurations ?? [],
    numNodeGroups: number(inputs, "numNodeGroups") ?? 1,
    replicasPerNodeGroup: number(inputs, "replicasPerNodeGroup") ?? nodes - 1,
  };
}

export const subnetGroup: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("elasticache/subnet_group.go", ["name"]),
  autoName: { property: "name", lowercase: true },
  check: (inputs) => nameProblems(inputs, "name", /^[a-zA-Z0-9 _.-]{1,255}$/, "up to 255 letters, digits, spaces and _.-"),
  beforeCreate: (inputs, context) => {
    const subnets = texts(inputs, "subnetIds").map((id) => live(context, tokens.SUBNET, id));
    if (subnets.some((subnet) => subnet === undefined)) throw new CloudError("InvalidSubnet", `Some input subnets in :[${texts(inputs, "subnetIds").join(", ")}] are invalid.`);
    if (new Set(subnets.map((subnet) => text(subnet?.outputs, "vpcId"))).size > 1) throw new CloudError("InvalidSubnet", "The subnets are in different VPCs.");
  },
  uniqueBy: (inputs, context) => `${regionOf(inputs, context)} ${text(inputs, "name")}`,
  alreadyExists: (key) => `CacheSubnetGroupAlreadyExists: Cache subnet group ${key.slice(key.indexOf(" ") + 1)} already exists.`,
  outputs: (inputs, context) => ({
    arn: arn("elasticache", regionOf(inputs, context), `subnetgroup:${text(inputs, "name")}`),
    description: text(inputs, "description") ?? "Managed by Pulumi",
    vpcId: at(live(context, tokens.SUBNET, texts(inputs, "subnetIds")[0] ?? "")?.outputs, "vpcId"),
  }),
  beforeDelete: (object, context) => {
    if (liveWhere(context, tokens.REPLICATION_GROUP, "subnetGroupName", object.id).length === 0) return;
    throw new CloudError("CacheSubnetGroupInUse", `Cache subnet group ${object.id} is currently in use by a cache cluster.`);
  },
};

export const parameterGroup: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("elasticache/parameter_group.go", ["name", "family", "description"]),
  autoName: { property: "name", lowercase: true },
  check: (inputs) => [
    ...nameProblems(inputs, "name", /^(?!.*--)[a-z][a-z0-9-]{0,254}(?<!-)$/, "lower-case letters, digits and single hyphens, beginning with a letter, not ending with a hyphen"),
    ...choiceProblems(inputs, "family", ["redis6.x", "redis7", "valkey7", "valkey8", "valkey9", "memcached1.6"]),
  ],
  uniqueBy: (inputs, context) => `${regionOf(inputs, context)} ${text(inputs, "name")}`,
  alreadyExists: (key) => `CacheParameterGroupAlreadyExists: Parameter group ${key.split(" ")[1]} already exists`,
  outputs: (inputs, context) => ({
    arn: arn("elasticache", regionOf(inputs, context), `parametergroup:${text(inputs, "name")}`),
    description: text(inputs, "description") ?? "Managed by Pulumi",
  }),
  beforeDelete: (object, context) => {
    const user = liveWhere(context, tokens.REPLICATION_GROUP, "parameterGroupName", object.id)[0];
    if (user === undefined) return;
    throw new CloudError("InvalidCacheParameterGroupState", `One or more cache clusters are still members of this parameter group ${object.id}: ${described(user)}`);
  },
};
