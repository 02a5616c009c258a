import { type Behaviour, type Context, type Problem } from "../../provider/behaviour";
import { flag, number, object, type Properties, text } from "../../provider/properties";
import { certificateFacts } from "./certificates";
import { fromRunLogs, minutes, replacedBy } from "./facts";
import { usableKey } from "./kms";
import { projectOf, regionOf, zonesOf } from "./place";
import { choiceProblems, labelNameProblems, located, nameOf, needed, rangeProblems, refuseProtected } from "./reference";
import { answered } from "./refusals";
import { isConnected } from "./serviceNetworking";
import * as tokens from "./tokens";

const VERSIONS = ["REDIS_3_2", "REDIS_4_0", "REDIS_5_0", "REDIS_6_X", "REDIS_7_0", "REDIS_7_2"];

/** What an instance may be configured with. https://cloud.google.com/memorystore/docs/redis/supported-redis-configurations */
const CONFIGURABLE = [
  ...["maxmemory-policy", "maxmemory-gb", "notify-keyspace-events", "timeout", "maxmemory-clients", "activedefrag", "lfu-decay-time", "lfu-log-factor"],
  ...["stream-node-max-bytes", "stream-node-max-entries", "lazyfree-lazy-eviction", "lazyfree-lazy-expire", "lazyfree-lazy-user-del", "lazyfree-lazy-user-flush"],
];

/** An instance of Memorystore for Redis. */
export const redisInstance: Behaviour = {
  latency: fromRunLogs(minutes("4:23"), "one published run log of 4:23", "3:00", "1:30"),
  forceNew: replacedBy(
    "redis/resource_redis_instance.go",
    [
      ...["name", "alternativeLocationId", "authorizedNetwork", "connectMode", "customerManagedKey", "locationId", "region"],
      ...["reservedIpRange", "tier", "transitEncryptionMode"],
    ],
    { when: olderVersion, inWords: "`redisVersion` to a lower one" },
  ),
  autoName: { property: "name", maxLength: 40 },
  check: (inputs) => [
    ...labelNameProblems(inputs, "name", 40),
    ...choiceProblems(inputs, "tier", ["BASIC", "STANDARD_HA"]),
    ...choiceProblems(inputs, "redisVersion", VERSIONS),
    ...choiceProblems(inputs, "connectMode", ["DIRECT_PEERING", "PRIVATE_SERVICE_ACCESS"]),
    ...choiceProblems(inputs, "transitEncryptionMode", ["SERVER_AUTHENTICATION", "DISABLED"]),
    ...rangeProblems(inputs, "memorySizeGb", 1, 300, "GiB"),
    ...settingProblems(inputs),
    ...replicaProblems(inputs),
  ],
  beforeCreate: (inputs, context) => {
    usableKey(text(inputs, "customerManagedKey"), "cloud-redis.iam.gserviceaccount.com", context);
    const network = text(inputs, "authorizedNetwork");
    if (network === undefined) return;
    needed(context, tokens.NETWORK, network);
    if (text(inputs, "connectMode") !== "PRIVATE_SERVICE_ACCESS" || isConnected(context, network)) return;
    throw answered(400, `Google private service access is not enabled. Enable private service access and try again. Network '${network}' has no connection to servicenetworking.googleapis.com.`, "failedPrecondition");
  },
  ...located((inputs, context) => `locations/${regionOf(inputs, context)}/instances/${nameOf(inputs)}`),
  outputs: instanceOutputs,
  beforeDelete: (object) => refuseProtected(object, flag(object.outputs, "deletionProtection") === true, "cannot destroy redis instance without setting deletion_protection=false and running `terraform apply`"),
};

// isRedisVersionDecreasing; REDIS_6_X, having no number behind the 6, is older than nothing.
function olderVersion(olds: Properties, news: Properties): readonly string[] {
  const [before, after] = [olds, news].map((given) => /^REDIS_(\d+)_(\d+)$/.exec(text(given, "redisVersion") ?? ""));
  if (!before || !after) return [];
  return Number(`${after[1]}.${after[2]}`) < Number(`${before[1]}.${before[2]}`) ? ["redisVersion"] : [];
}

function settingProblems(inputs: Properties): readonly Problem[] {
  return Object.keys(object(inputs, "redisConfigs"))
    .filter((name) => !CONFIGURABLE.includes(name))
    .map((name) => ({ property: "redisConfigs", reason: `${name} can't be configured; what can is ${CONFIGURABLE.join(", ")}.` }));
}

function replicaProblems(inputs: Properties): readonly Problem[] {
  if (text(inputs, "tier") === "STANDARD_HA" || text(inputs, "readReplicasMode") !== "READ_REPLICAS_ENABLED") return [];
  return [{ property: "readReplicasMode", reason: "read replicas need the tier STANDARD_HA." }];
}

function instanceOutputs(inputs: Properties, context: Context): Properties {
  const encrypted = text(inputs, "transitEncryptionMode") === "SERVER_AUTHENTICATION";
  const region = regionOf(inputs, context);
  const zones = zonesOf(region);
  const ip = context.random.for("address");
  const { expires, ...facts } = certificateFacts(context, "server authority", 10);
  const highlyAvailable = text(inputs, "tier") === "STANDARD_HA";
  return {
    region,
    host: `172.20.${ip.integer(250)}.${3 + ip.integer(250)}`,
    port: encrypted ? 6378 : 6379,
    authString: flag(inputs, "authEnabled") === true ? context.random.for("auth").uuid() : "",
    serverCaCerts: encrypted ? [{ ...facts, expireTime: expires, serialNumber: context.random.for("serial").digits(1) }] : [],
    redisVersion: text(inputs, "redisVersion") ?? "REDIS_7_2",
    tier: text(inputs, "tier") ?? "BASIC",
    connectMode: text(inputs, "connectMode") ?? "DIRECT_PEERING",
    currentLocationId: text(inputs, "locationId") ?? zones[0],
    locationId: text(inputs, "locationId") ?? zones[0],
    alternativeLocationId: text(inputs, "alternativeLocationId") ?? (highlyAvailable ? zones[1] : ""),
    authorizedNetwork: text(inputs, "authorizedNetwork") ?? `projects/${projectOf(inputs, context)}/global/networks/default`,
    createTime: text(context.previous, "createTime") ?? context.timestamp,
    replicaCount: number(inputs, "replicaCount") ?? (highlyAvailable ? 1 : 0),
    readReplicasMode: text(inputs, "readReplicasMode") ?? "READ_REPLICAS_DISABLED",
    readEndpoint: "",
    readEndpointPort: 0,
    nodes: [],
    effectiveReservedIpRange: text(inputs, "reservedIpRange") ?? "",
    persistenceIamIdentity: "",
  };
}
