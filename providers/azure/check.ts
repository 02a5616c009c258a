import { inGiB } from "../../components/config/size";
import { removeCommand, setCommand, type Problem } from "../../components/config/problem";
import type { CloudPlan } from "../../components/plan/cloudPlan";
import { overlap } from "../../components/plan/ranges";
import { UnsupportedError } from "../errors";
import { diskProblems, limitsOf, versionProblems, type DiskKind } from "../sharedChecks";
import { checkNames } from "./checkNames";
import { podRange, serviceRange } from "./cluster";
import { azureSettings } from "./config";
import { stackCredentials } from "./credentials";
import { regions } from "./regions";
import { cacheSizes, databaseSizes, pickCacheSize, pickDatabaseSize, reservedConnections, storageGiB } from "./skus";

type Check = (plan: CloudPlan) => readonly Problem[];

const checks: readonly Check[] = [
  regionIsKnown,
  versionsAreOffered,
  checkNames,
  toolsGetCredentials,
  networkLeavesRoomForTheCluster,
  wayOutIsInOneZone,
  databaseSizeExists,
  databaseCanBeHighlyAvailable,
  databaseHasConnections,
  databaseStorageExists,
  cacheSizesExist,
  diskIsOffered,
];

/** What Azure cannot do of a plan, or cannot read in it. */
export function checkPlan(plan: CloudPlan): Problem[] {
  return checks.flatMap((check) => check(plan));
}

function unsupported(key: string, feature: string, alternative: string): UnsupportedError {
  return new UnsupportedError("azure", key, feature, alternative);
}

function regionIsKnown({ region }: CloudPlan): readonly Problem[] {
  if (regions.includes(region)) return [];
  const key = "azure-native:location";
  const meant = region.toLowerCase().replace(/\s+/g, "");
  return [
    unsupported(
      key,
      `the region ${region} to this adapter, only regions with three zones by their short names`,
      `pulumi config set ${key} ${regions.includes(meant) ? meant : "germanywestcentral"}`,
    ),
  ];
}

/**
 * AKS: https://learn.microsoft.com/en-us/azure/aks/supported-kubernetes-versions;
 * PostgreSQL: https://learn.microsoft.com/en-us/azure/postgresql/configure-maintain/concepts-supported-versions. All as of 2026-11.
 * Managed Redis has one version, and speaks what Valkey 7.2 and later do as far as caches need it.
 */
const offered = {
  kubernetes: { versions: ["1.34", "1.35", "1.36"], best: "1.35" },
  postgres: { versions: ["16", "17", "18"], best: "17" },
} as const;

function versionsAreOffered({ cluster, database }: CloudPlan): readonly Problem[] {
  const asked = [
    { key: "moodle:cluster.version", what: "Kubernetes", version: cluster.version, from: offered.kubernetes },
    { key: "moodle:database.version", what: "PostgreSQL", version: database.version, from: offered.postgres },
  ];
  return versionProblems(asked, unsupported);
}

function toolsGetCredentials({ cluster }: CloudPlan): readonly Problem[] {
  const { ownIdentity } = stackCredentials();
  if (cluster.credentials === "environment" || ownIdentity.length === 0) return [];
  const key = "moodle:cluster.credentials";
  return [
    unsupported(
      key,
      `tokens by its command line to a stack that sets ${ownIdentity.join(" and ")}: the cluster would be asked as somebody else`,
      `${setCommand(key, "environment")}, or sign in with az login and remove the key`,
    ),
  ];
}

function networkLeavesRoomForTheCluster({ network: { range } }: CloudPlan): readonly Problem[] {
  const key = "moodle:network.range";
  return [
    { taken: serviceRange, by: "Services" },
    { taken: podRange, by: "pods" },
  ]
    .filter(({ taken }) => overlap(range, taken))
    .map(({ taken, by }) => ({
      key,
      message: `"${range}" was given; it overlaps ${taken}, where the cluster's ${by} get their addresses`,
      remedy: setCommand(key, "10.64.0.0/16"),
    }));
}

/** A subnet has one NAT gateway, and one of the kind that azure-native makes (API 2024-05-01) is in one zone. */
function wayOutIsInOneZone({ network: { natPerZone } }: CloudPlan): readonly Problem[] {
  if (!natPerZone) return [];
  const key = "moodle:network.natPerZone";
  return [unsupported(key, "a way out to the internet that survives the failure of a zone", setCommand(key, "false"))];
}

function databaseSizeExists(plan: CloudPlan): readonly Problem[] {
  const { cpus, memory } = plan.database;
  if (pickDatabaseSize(plan.database, plan.environment, azureSettings(plan).databaseSize)) return [];
  const most = Math.max(...databaseSizes.map((each) => each.cpus));
  return [
    unsupported(
      "moodle:sizing.databaseCpus",
      `a database with ${cpus} processors and ${memory} of memory, at most ${most} processors`,
      setCommand("moodle:sizing.databaseCpus", String(most)),
    ),
  ];
}

function databaseCanBeHighlyAvailable(plan: CloudPlan): readonly Problem[] {
  const picked = pickDatabaseSize(plan.database, plan.environment, azureSettings(plan).databaseSize);
  if (!plan.database.highAvailability || !picked?.burstable) return [];
  const key = "moodle:azure.databaseSize";
  return [unsupported(key, `a standby for a database of the burstable size ${picked.name}`, `${removeCommand(key)}, or ${setCommand("moodle:database.highAvailability", "false")}`)];
}

function databaseHasConnections(plan: CloudPlan): readonly Problem[] {
  const picked = pickDatabaseSize(plan.database, plan.environment, azureSettings(plan).databaseSize);
  if (picked === undefined) return [];
  const allowed = picked.connections - reservedConnections;
  const { connections } = plan.database;
  if (connections <= allowed) return [];
  const enough = databaseSizes.find((each) => each.burstable === picked.burstable && each.connections - reservedConnections >= connections);
  const key = "moodle:azure.databaseSize";
  return [
    {
      key,
      message: `the pods may open ${connections} connections; ${picked.name} allows ${allowed}`,
      remedy: enough ? setCommand(key, enough.name) : setCommand("moodle:sizing.webReplicasMax", "<fewer>"),
    },
  ];
}

function databaseStorageExists({ database: { storage } }: CloudPlan): readonly Problem[] {
  if (storageGiB(storage) !== undefined) return [];
  const key = "moodle:database.storage";
  return [unsupported(key, `a database with storage of ${storage}, at most 32767 GiB`, setCommand(key, "16 TiB"))];
}

function cacheSizesExist(plan: CloudPlan): readonly Problem[] {
  const { environment, sessionCache, applicationCache } = plan;
  const chosen = azureSettings(plan).cacheSize;
  const most = Math.max(...cacheSizes.map((each) => each.memory));
  const asked = [
    { key: "moodle:sizing.sessionCacheMemory", cache: sessionCache },
    ...(applicationCache ? [{ key: "moodle:sizing.applicationCacheMemory", cache: applicationCache }] : []),
  ];
  return asked.flatMap(({ key, cache: { memory } }): Problem[] => {
    const size = pickCacheSize(memory, environment, chosen);
    if (size === undefined) {
      return [unsupported(key, `a cache of ${memory} in one place, at most ${most} GiB`, setCommand(key, `${most} GiB`))];
    }
    if (size.memory >= inGiB(memory)) return [];
    return [
      {
        key: "moodle:azure.cacheSize",
        message: `"${size.name}" was given; it holds ${size.memory} GiB and the plan needs ${memory} (${key})`,
        remedy: removeCommand("moodle:azure.cacheSize"),
      },
    ];
  });
}

/** Of Premium SSD v2: https://learn.microsoft.com/en-us/azure/virtual-machines/disks-types#premium-ssd-v2 */
const disk: DiskKind = { mostIops: 80_000, mostIopsOfGiB: 500, mostThroughput: 1200, mostThroughputOfIops: 0.25 };

function diskIsOffered({ blockDisk }: CloudPlan): readonly Problem[] {
  return blockDisk === undefined ? [] : diskProblems(blockDisk, limitsOf(blockDisk, disk), unsupported);
}
