import { CloudError, type Context, type Problem } from "../../provider/behaviour";
import { flag, list, number, type Properties, text } from "../../provider/properties";
import { choiceProblems, liveWhere, nameProblems } from "../reference";
import { lastName } from "./arm";
import { assumed, fromRunLogs, minutes, replacedBySpecification } from "./facts";
import { resource } from "./resource";
import { regionName } from "./subscription";
import * as tokens from "./tokens";

const SPECIFICATION = { commit: "0b807ff", file: "redisenterprise/resource-manager/Microsoft.Cache/stable/2025-07-01/redisenterprise.json" };

/** Sizes in GB by family: https://learn.microsoft.com/en-us/azure/redis/how-to-scale */
const SIZES: Readonly<Record<string, readonly string[]>> = {
  Balanced: ["B0", "B1", "B3", "B5", "B10", "B20", "B50", "B100", "B150", "B250", "B350", "B500", "B700", "B1000"],
  MemoryOptimized: ["M10", "M20", "M50", "M100", "M150", "M250", "M350", "M500", "M700", "M1000", "M1500", "M2000"],
  ComputeOptimized: ["X3", "X5", "X10", "X20", "X50", "X100", "X150", "X250", "X350", "X500", "X700"],
  FlashOptimized: ["A250", "A500", "A700", "A1000", "A1500", "A2000", "A4500"],
};

/** From this size on one server does not hold the data: https://learn.microsoft.com/en-us/azure/redis/architecture#non-clustered */
const LARGEST_UNCLUSTERED = 25;

/** Azure Managed Redis. */
export const cache = resource(tokens.CACHE, {
  latency: fromRunLogs(minutes("7:32"), "one run log; azurerm allows 45 minutes", "8:00", "4:00"),
  forceNew: replacedBySpecification(tokens.CACHE, SPECIFICATION, ["location"]),
  check: (inputs) => [
    ...nameProblems(inputs, "clusterName", /^(?=.{1,60}$)[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/, "1 to 60 letters, digits and single -, beginning and ending with a letter or digit"),
    ...sizeProblems(inputs),
    ...choiceProblems(inputs, "minimumTlsVersion", ["1.0", "1.1", "1.2"]),
    ...choiceProblems(inputs, "publicNetworkAccess", ["Enabled", "Disabled"]),
  ],
  uniqueBy: (inputs) => `${regionName(text(inputs, "location") ?? "")} ${(text(inputs, "clusterName") ?? "").toLowerCase()}`,
  alreadyExists: (key) => `NameNotAvailable: The name '${key.split(" ")[1]}' is not available in ${key.split(" ")[0]}.`,
  outputs: (inputs, context) => ({
    hostName: `${lastName(context.id)}.${regionName(text(inputs, "location") ?? "")}.redis.azure.net`,
    kind: "v2",
    redisVersion: "7.4",
    redundancyMode: text(inputs, "highAvailability") === "Disabled" ? "None" : "ZR",
    resourceState: "Running",
    highAvailability: text(inputs, "highAvailability") ?? "Enabled",
    privateEndpointConnections: [],
  }),
  beforeUpdate: (inputs, olds) => {
    const [from, to] = [olds, inputs].map((each) => sizeOf(text(each, "sku.name") ?? ""));
    if (from !== undefined && to !== undefined && to < from) {
      throw new CloudError("BadRequest", `Scaling a cache down from ${text(olds, "sku.name")} to ${text(inputs, "sku.name")} is not supported.`);
    }
    const [before, after] = [olds, inputs].map((each) => text(each, "highAvailability") ?? "Enabled");
    if (before === "Enabled" && after === "Disabled") throw new CloudError("BadRequest", "High availability of a cache can't be switched off again.");
  },
});

function sizeProblems(inputs: Properties): readonly Problem[] {
  const name = text(inputs, "sku.name");
  if (name === undefined) return [];
  const [family = "", size = ""] = name.split("_");
  if (family === "Enterprise" || family === "EnterpriseFlash") return [{ property: "sku.name", reason: `SkuRetired: ${name} is of Azure Cache for Redis Enterprise, which retires; take one of Azure Managed Redis, such as Balanced_B5.` }];
  return SIZES[family]?.includes(size) === true ? [] : [{ property: "sku.name", reason: `InvalidSku: ${name} is not a size of Azure Managed Redis, such as Balanced_B5.` }];
}

function sizeOf(name: string): number | undefined {
  const found = /_[A-Z](\d+)$/.exec(name)?.[1];
  return found === undefined ? undefined : Number(found);
}

export const cacheDatabase = resource(tokens.CACHE_DATABASE, {
  latency: assumed("1:30", "1:30", "1:00"),
  forceNew: replacedBySpecification(tokens.CACHE_DATABASE, SPECIFICATION, ["port", "modules", "geoReplication"]),
  check: (inputs) => {
    const name = text(inputs, "databaseName");
    const port = number(inputs, "port");
    const both = flag(inputs, "persistence.rdbEnabled") === true && flag(inputs, "persistence.aofEnabled") === true;
    return [
      ...(name === undefined || name === "default" ? [] : [{ property: "databaseName", reason: `InvalidDatabaseName: The only database of a cache is called default, not ${name}.` }]),
      ...(port === undefined || port === 10_000 ? [] : [{ property: "port", reason: `InvalidPort: Azure Managed Redis answers on port 10000, not ${port}.` }]),
      ...choiceProblems(inputs, "clusteringPolicy", ["EnterpriseCluster", "OSSCluster", "NoCluster"]),
      ...choiceProblems(inputs, "evictionPolicy", ["AllKeysLFU", "AllKeysLRU", "AllKeysRandom", "VolatileLRU", "VolatileLFU", "VolatileTTL", "VolatileRandom", "NoEviction"]),
      ...(both ? [{ property: "persistence", reason: "InvalidPersistence: At most one of AOF and RDB persistence may be enabled." }] : []),
    ];
  },
  beforeCreate: (inputs, context) => {
    const parent = parentCache(inputs, context);
    if (parent !== undefined && parent.status === "creating") throw new CloudError("ClusterNotReady", `The cache ${lastName(parent.id)} is still being created.`);
    const size = sizeOf(text(parent?.outputs, "sku.name") ?? "") ?? 0;
    if (text(inputs, "clusteringPolicy") === "NoCluster" && size > LARGEST_UNCLUSTERED) {
      throw new CloudError("BadRequest", `A cache of ${size} GB can't be without clusters: the largest has ${LARGEST_UNCLUSTERED} GB.`);
    }
    if (text(inputs, "clusteringPolicy") !== "EnterpriseCluster" && list(inputs, "modules").some((module) => text(module, "name") === "RediSearch")) {
      throw new CloudError("BadRequest", "RediSearch needs the clustering policy EnterpriseCluster.");
    }
  },
  outputs: (inputs) => ({
    clientProtocol: "Encrypted",
    clusteringPolicy: "OSSCluster",
    evictionPolicy: "VolatileLRU",
    accessKeysAuthentication: "Disabled",
    port: 10_000,
    ...inputs,
    redisVersion: "7.4",
    resourceState: "Running",
  }),
  beforeUpdate: (inputs, olds) => {
    const [from, to] = [olds, inputs].map((each) => text(each, "clusteringPolicy") ?? "OSSCluster");
    if (from === to || from === "NoCluster") return;
    throw new CloudError("BadRequest", `The clustering policy of a database can be changed only from NoCluster, not from ${from} to ${to}.`);
  },
});

function parentCache(inputs: Properties, context: Context) {
  return liveWhere(context, tokens.CACHE, "name", text(inputs, "clusterName") ?? "")[0];
}
