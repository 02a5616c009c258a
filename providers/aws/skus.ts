import { inGiB, type Size } from "../../components/config/size";
import type { CloudPlan, DatabasePlan } from "../../components/plan/cloudPlan";

/** Memory in GiB. */
interface Machine {
  readonly name: string;
  readonly cpus: number;
  readonly memory: number;
  /** Shares a processor and earns the right to use it: no steady performance, so never in production. */
  readonly burstable: boolean;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html */
export const databaseClasses = [
  { name: "db.t4g.micro", cpus: 2, memory: 1, burstable: true },
  { name: "db.t4g.small", cpus: 2, memory: 2, burstable: true },
  { name: "db.t4g.medium", cpus: 2, memory: 4, burstable: true },
  { name: "db.t4g.large", cpus: 2, memory: 8, burstable: true },
  { name: "db.t4g.xlarge", cpus: 4, memory: 16, burstable: true },
  { name: "db.m8g.large", cpus: 2, memory: 8, burstable: false },
  { name: "db.r8g.large", cpus: 2, memory: 16, burstable: false },
  { name: "db.m8g.xlarge", cpus: 4, memory: 16, burstable: false },
  { name: "db.r8g.xlarge", cpus: 4, memory: 32, burstable: false },
  { name: "db.m8g.2xlarge", cpus: 8, memory: 32, burstable: false },
  { name: "db.r8g.2xlarge", cpus: 8, memory: 64, burstable: false },
  { name: "db.m8g.4xlarge", cpus: 16, memory: 64, burstable: false },
  { name: "db.r8g.4xlarge", cpus: 16, memory: 128, burstable: false },
  { name: "db.m8g.8xlarge", cpus: 32, memory: 128, burstable: false },
  { name: "db.r8g.8xlarge", cpus: 32, memory: 256, burstable: false },
  { name: "db.m8g.12xlarge", cpus: 48, memory: 192, burstable: false },
  { name: "db.m8g.16xlarge", cpus: 64, memory: 256, burstable: false },
  { name: "db.m8g.24xlarge", cpus: 96, memory: 384, burstable: false },
] as const satisfies readonly Machine[];

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html (`maxmemory` of each type) */
export const cacheNodes = [
  { name: "cache.t4g.micro", cpus: 2, memory: 0.5, burstable: true },
  { name: "cache.t4g.small", cpus: 2, memory: 1.37, burstable: true },
  { name: "cache.t4g.medium", cpus: 2, memory: 3.09, burstable: true },
  { name: "cache.m7g.large", cpus: 2, memory: 6.38, burstable: false },
  { name: "cache.m7g.xlarge", cpus: 4, memory: 12.93, burstable: false },
  { name: "cache.r7g.xlarge", cpus: 4, memory: 26.32, burstable: false },
  { name: "cache.r7g.2xlarge", cpus: 8, memory: 52.82, burstable: false },
  { name: "cache.r7g.4xlarge", cpus: 16, memory: 105.81, burstable: false },
] as const satisfies readonly Machine[];

export type DatabaseClass = (typeof databaseClasses)[number];
export type CacheNode = (typeof cacheNodes)[number];

export const databaseClassNames = databaseClasses.map(({ name }) => name);
export const cacheNodeNames = cacheNodes.map(({ name }) => name);

/**
 * @param chosen the operator's own choice, which wins.
 * @returns the class with the fewest processors, then the least memory, that has enough of both; undefined: none has.
 */
export function pickDatabaseClass(
  { cpus, memory }: Pick<DatabasePlan, "cpus" | "memory">,
  environment: CloudPlan["environment"],
  chosen?: string,
): DatabaseClass | undefined {
  return pick(databaseClasses, { cpus, memory }, environment, chosen);
}

/** @returns the smallest node type whose `maxmemory` holds as much; undefined: none does. */
export function pickCacheNode(memory: Size, environment: CloudPlan["environment"], chosen?: string): CacheNode | undefined {
  return pick(cacheNodes, { cpus: 1, memory }, environment, chosen);
}

function pick<M extends Machine>(
  machines: readonly M[],
  need: { readonly cpus: number; readonly memory: Size },
  environment: CloudPlan["environment"],
  chosen: string | undefined,
): M | undefined {
  if (chosen !== undefined) return machines.find(({ name }) => name === chosen);
  return machines
    .filter((machine) => environment !== "production" || !machine.burstable)
    .filter((machine) => machine.cpus >= need.cpus && machine.memory >= inGiB(need.memory))
    .sort((one, other) => one.cpus - other.cpus || one.memory - other.memory)[0];
}

/** RDS sets `max_connections` to `LEAST(DBInstanceClassMemory / 9531392, 5000)`. */
const bytesOfConnection = 9_531_392;
const mostConnections = 5000;

/**
 * Connections RDS allows on a class. `DBInstanceClassMemory` is what the operating system and RDS's own processes leave:
 * here a quarter of a GiB and 6 %, which stays below what instances of 1 to 8 GiB were seen to report (81, 410, 823).
 */
export function maxConnections({ memory }: Pick<Machine, "memory">): number {
  const bytes = (memory * 0.94 - 0.25) * 1024 ** 3;
  return Math.min(mostConnections, Math.floor(bytes / bytesOfConnection));
}

/** Connections RDS and its operators keep for themselves: `rds.rds_superuser_reserved_connections` and PostgreSQL's three. */
export const reservedConnections = 5;
