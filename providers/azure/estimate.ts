import { inGiB } from "../../components/config/size";
import type { CachePlan, CloudPlan } from "../../components/plan/cloudPlan";
import type { Estimate, EstimateLine } from "../contract";
import { byTheHour, line, unpriced } from "../estimateLines";
import { azureSettings } from "./config";
import { cacheMonthly, databaseHourly, prices } from "./prices";
import { pickCacheSize, pickDatabaseSize, storageGiB } from "./skus";

const { hourly, monthly } = prices;

/** What the plan costs a month as far as the plan decides it; what usage decides is a line without a figure. */
export function estimate(plan: CloudPlan): Estimate {
  return {
    currency: "USD",
    asOf: prices.asOf,
    region: prices.region,
    lines: [
      byTheHour("Cluster", 1, hourly.cluster),
      unpriced("Nodes", "machines of the cluster's own parts and for the pods"),
      ...databaseLines(plan),
      ...cacheLines(plan),
      ...networkLines(plan),
      ...storageLines(plan),
      unpriced("Container registry and copies of secrets", "by the day, and by what is stored and read"),
      unpriced("Logs, alarms and backups", "by the amount that is written and kept"),
    ],
  };
}

function databaseLines(plan: CloudPlan): EstimateLine[] {
  const { database, environment } = plan;
  const picked = pickDatabaseSize(database, environment, azureSettings(plan).databaseSize);
  const copies = database.highAvailability ? 2 : 1;
  const price = picked && databaseHourly(picked);
  const size = storageGiB(database.storage);
  return [
    price === undefined
      ? unpriced(`Database ${picked?.name ?? ""}`.trim(), picked ? `${copies} of them` : `no size has ${database.cpus} processors and ${database.memory}`)
      : byTheHour(`Database ${picked?.name}`, copies, price),
    size === undefined
      ? unpriced("Database storage", `none has ${database.storage}`)
      : line("Database storage", `${copies} x ${size} GiB x ${monthly.databaseGiB}`, copies * size * monthly.databaseGiB),
  ];
}

function cacheLines(plan: CloudPlan): EstimateLine[] {
  const { sessionCache, applicationCache } = plan;
  return [
    cacheLine("Session cache", sessionCache),
    ...(applicationCache ? [cacheLine("Application cache", applicationCache)] : []),
  ];

  function cacheLine(what: string, cache: CachePlan): EstimateLine {
    const size = pickCacheSize(cache.memory, plan.environment, azureSettings(plan).cacheSize);
    if (size === undefined) return unpriced(what, `no size holds ${cache.memory}`);
    const price = cacheMonthly[size.name]?.[cache.highAvailability ? "double" : "single"];
    const machines = cache.highAvailability ? "two machines" : "one machine";
    return price === undefined ? unpriced(`${what} ${size.name}`, machines) : line(`${what} ${size.name}`, `${price} for ${machines}`, price);
  }
}

function networkLines({ applicationCache, objectStore, sharedFiles }: CloudPlan): EstimateLine[] {
  const endpoints = [true, applicationCache, objectStore, sharedFiles].filter(Boolean).length;
  return [
    byTheHour("NAT gateway", 1, hourly.natGateway),
    byTheHour("Private endpoints", endpoints, hourly.privateEndpoint),
    unpriced("Load balancer and public addresses", "by the rule, the hour and the GB"),
    unpriced("Traffic", "out to the internet, through the NAT gateway, private endpoints and between zones, by the GB"),
  ];
}

function storageLines({ objectStore, sharedFiles, blockDisk }: CloudPlan): EstimateLine[] {
  const lines: EstimateLine[] = [];
  if (objectStore) lines.push(unpriced("Object store", "by the GB and by the request, in three zones"));
  if (sharedFiles) lines.push(unpriced("Shared files", `${inGiB(sharedFiles.size)} GiB, with the operations and throughput that come with them`));
  if (blockDisk) {
    const { size, iops, throughput } = blockDisk;
    lines.push(unpriced("Disk", `${inGiB(size)} GiB + ${Math.max(0, iops - 3000)} IOPS + ${Math.max(0, throughput - 125)} MiB/s`));
  }
  return lines;
}
