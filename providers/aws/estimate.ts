import { inGiB } from "../../components/config/size";
import type { CachePlan, CloudPlan } from "../../components/plan/cloudPlan";
import type { Estimate, EstimateLine } from "../contract";
import { byTheHour, line, unpriced } from "../estimateLines";
import { awsSettings } from "./config";
import { cacheHourly, databaseHourly, prices } from "./prices";
import { pickCacheNode, pickDatabaseClass } from "./skus";

const { hourly, monthly } = prices;

/** Alarms the plan's five names lead to. */
const alarms = 5;

/** What the plan costs a month as far as the plan decides it; what usage decides is a line without a figure. */
export function estimate(plan: CloudPlan): Estimate {
  return {
    currency: "USD",
    asOf: prices.asOf,
    region: prices.region,
    lines: [
      byTheHour("Cluster", 1, hourly.cluster),
      unpriced("Nodes", "EC2 instances for the pods, plus about 12 % of their price for Auto Mode"),
      ...databaseLines(plan),
      ...cacheLines(plan),
      ...networkLines(plan),
      ...storageLines(plan),
      byTheMonth("Encryption keys", awsSettings(plan).dataKey === undefined ? 2 : 1, "keys", monthly.key),
      byTheMonth("Alarms", alarms, "alarms", monthly.alarm),
      unpriced("Copies of secrets", `${monthly.secret} each`),
      unpriced("Logs and backups", "by the amount that is written and kept"),
    ],
  };
}

function databaseLines(plan: CloudPlan): EstimateLine[] {
  const { database, environment } = plan;
  const picked = pickDatabaseClass(database, environment, awsSettings(plan).databaseInstanceClass);
  const copies = database.highAvailability ? 2 : 1;
  const size = inGiB(database.storage);
  return [
    picked
      ? byTheHour(`Database ${picked.name}`, copies, databaseHourly[picked.name])
      : unpriced("Database", `no class has ${database.cpus} processors and ${database.memory}`),
    line("Database storage", `${copies} x ${size} GiB x ${monthly.databaseGiB}`, copies * size * monthly.databaseGiB),
  ];
}

function cacheLines(plan: CloudPlan): EstimateLine[] {
  const { sessionCache, applicationCache } = plan;
  return [
    cacheLine("Session cache", sessionCache),
    ...(applicationCache ? [cacheLine("Application cache", applicationCache)] : []),
  ];

  function cacheLine(what: string, cache: CachePlan): EstimateLine {
    const node = pickCacheNode(cache.memory, plan.environment, awsSettings(plan).cacheNodeType);
    if (node === undefined) return unpriced(what, `no node holds ${cache.memory}`);
    return byTheHour(`${what} ${node.name}`, cache.highAvailability ? 2 : 1, cacheHourly[node.name]);
  }
}

function networkLines({ network }: CloudPlan): EstimateLine[] {
  const zones = network.natPerZone ? network.zones.length : 1;
  return [
    byTheHour("NAT gateway", zones, hourly.natGateway),
    byTheHour("Public addresses of the NAT gateway", zones, hourly.publicAddress),
    byTheHour("Load balancer", 1, hourly.loadBalancer),
    byTheHour("Public addresses of the load balancer", network.zones.length, hourly.publicAddress),
    unpriced("Traffic", "out to the internet, through the NAT gateway and between zones, by the GB"),
  ];
}

function storageLines({ objectStore, sharedFiles, blockDisk }: CloudPlan): EstimateLine[] {
  const lines: EstimateLine[] = [];
  if (objectStore) lines.push(unpriced("Object store", "0.023 a GB and month, and requests"));
  if (sharedFiles) lines.push(unpriced("Shared files", `${monthly.sharedGiB} a GiB and month, and what is read and written`));
  if (blockDisk) {
    const size = inGiB(blockDisk.size);
    const iops = Math.max(0, blockDisk.iops - 3000);
    const throughput = Math.max(0, blockDisk.throughput - 125);
    lines.push(
      line(
        "Disk",
        `${size} GiB x ${monthly.diskGiB} + ${iops} IOPS x ${monthly.diskIops} + ${throughput} MiB/s x ${monthly.diskMiBps}`,
        size * monthly.diskGiB + iops * monthly.diskIops + throughput * monthly.diskMiBps,
      ),
    );
  }
  return lines;
}

function byTheMonth(what: string, count: number, unit: string, price: number): EstimateLine {
  return line(what, `${count} ${unit} x ${price}`, count * price);
}
