import { inGiB } from "../../components/config/size";
import type { CachePlan, CloudPlan } from "../../components/plan/cloudPlan";
import type { Estimate, EstimateLine } from "../contract";
import { byTheHour, hoursOfMonth, line, unpriced } from "../estimateLines";
import { gcpSettings } from "./config";
import { prices } from "./prices";
import { diskPerformance, pickCacheSize, pickDatabaseTier, pickShareCapacity } from "./skus";

const { hourly, monthly } = prices;

/** What the plan costs a month as far as the plan decides it; what usage decides is a line without a figure. */
export function estimate(plan: CloudPlan): Estimate {
  return {
    currency: "USD",
    asOf: prices.asOf,
    region: prices.region,
    lines: [
      byTheHour("Cluster", 1, hourly.cluster),
      plan.blockDisk
        ? unpriced("Nodes", "by the machines that a Hyperdisk can be attached to, and what Autopilot takes for them")
        : unpriced("Nodes", `by what pods ask for: ${monthly.podCpu} a processor and ${monthly.podGiB} a GiB of memory`),
      ...databaseLines(plan),
      ...cacheLines(plan),
      byTheHour("Load balancer", 1, hourly.forwardingRule),
      unpriced("Way out to the internet", `by the machines that use it, and ${monthly.natGB} a GB`),
      unpriced("Traffic", "out to the internet and between zones, by the GB"),
      ...storageLines(plan),
      unpriced("Copies of secrets, alarms, logs and backups", "by their number, and by the amount that is written and kept"),
    ],
  };
}

function databaseLines(plan: CloudPlan): EstimateLine[] {
  const { database, environment } = plan;
  const tier = pickDatabaseTier(database, environment, gcpSettings(plan).databaseTier);
  const copies = database.highAvailability ? 2 : 1;
  const size = inGiB(database.storage);
  return [
    tierLine(),
    line("Database storage", `${copies} x ${size} GiB x ${monthly.databaseGiB}`, copies * size * monthly.databaseGiB),
  ];

  function tierLine(): EstimateLine {
    if (tier === undefined) return unpriced("Database", `no tier has ${database.cpus} processors and ${database.memory}`);
    if (tier.shared) return unpriced(`Database ${tier.name}`, "a shared processor has a price of its own, which is not in the table");
    return line(
      `Database ${tier.name}`,
      `${copies} x ${hoursOfMonth} h x (${tier.cpus} processors x ${hourly.databaseCpu} + ${tier.memory} GiB x ${hourly.databaseGiBMemory})`,
      copies * hoursOfMonth * (tier.cpus * hourly.databaseCpu + tier.memory * hourly.databaseGiBMemory),
    );
  }
}

function cacheLines({ sessionCache, applicationCache }: CloudPlan): EstimateLine[] {
  return [cacheLine("Session cache", sessionCache), ...(applicationCache ? [cacheLine("Application cache", applicationCache)] : [])];

  function cacheLine(what: string, cache: CachePlan): EstimateLine {
    const size = pickCacheSize(cache.memory);
    if (size === undefined) return unpriced(what, `no instance holds ${cache.memory}`);
    if (!cache.highAvailability) return unpriced(`${what} of ${size} GiB`, "the price of one without a second instance is not in the table");
    return line(`${what} of ${size} GiB`, `${size} GiB x ${hoursOfMonth} h x ${hourly.cacheGiB}`, size * hoursOfMonth * hourly.cacheGiB);
  }
}

function storageLines({ objectStore, sharedFiles, blockDisk }: CloudPlan): EstimateLine[] {
  const lines: EstimateLine[] = [];
  if (objectStore) lines.push(unpriced("Object store", "by the GB and month, deleted versions included, and requests"));
  if (sharedFiles) lines.push(unpriced("Shared files", `${pickShareCapacity(sharedFiles.size) ?? 0} GiB, whether used or not; no price in the table`));
  if (blockDisk) {
    const { iops, throughput } = diskPerformance(blockDisk);
    lines.push(unpriced("Disk", `${inGiB(blockDisk.size)} GiB, ${iops} IOPS, ${throughput} MiB/s; no price in the table`));
  }
  return lines;
}
