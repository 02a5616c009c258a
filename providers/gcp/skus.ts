import { inGiB, type Size } from "../../components/config/size";
import type { CloudPlan, DatabasePlan } from "../../components/plan/cloudPlan";

/** Memory in GiB. */
interface Machine {
  readonly name: string;
  readonly cpus: number;
  readonly memory: number;
  /** Shares a processor and has no promise of availability, so never in production. */
  readonly shared: boolean;
}

/**
 * Of the edition Enterprise. Others than the first two are `db-custom-<processors>-<MiB>` and could have any even number of
 * processors and 0.9 to 6.5 GiB for each: here the steps other clouds sell, and once more with the most memory.
 * https://cloud.google.com/sql/docs/postgres/instance-settings
 */
export const databaseTiers = [
  { name: "db-f1-micro", cpus: 1, memory: 0.6, shared: true },
  { name: "db-g1-small", cpus: 1, memory: 1.7, shared: true },
  { name: "db-custom-1-3840", cpus: 1, memory: 3.75, shared: false },
  { name: "db-custom-2-8192", cpus: 2, memory: 8, shared: false },
  { name: "db-custom-2-13312", cpus: 2, memory: 13, shared: false },
  { name: "db-custom-4-16384", cpus: 4, memory: 16, shared: false },
  { name: "db-custom-4-26624", cpus: 4, memory: 26, shared: false },
  { name: "db-custom-8-32768", cpus: 8, memory: 32, shared: false },
  { name: "db-custom-8-53248", cpus: 8, memory: 52, shared: false },
  { name: "db-custom-16-65536", cpus: 16, memory: 64, shared: false },
  { name: "db-custom-16-106496", cpus: 16, memory: 104, shared: false },
  { name: "db-custom-32-131072", cpus: 32, memory: 128, shared: false },
  { name: "db-custom-32-212992", cpus: 32, memory: 208, shared: false },
  { name: "db-custom-64-262144", cpus: 64, memory: 256, shared: false },
  { name: "db-custom-96-393216", cpus: 96, memory: 384, shared: false },
] as const satisfies readonly Machine[];

export type DatabaseTier = (typeof databaseTiers)[number];

export const databaseTierNames = databaseTiers.map(({ name }) => name);

/**
 * @param chosen the operator's own choice, which wins.
 * @returns the tier with the fewest processors, then the least memory, that has enough of both; undefined: none has.
 */
export function pickDatabaseTier(
  { cpus, memory }: Pick<DatabasePlan, "cpus" | "memory">,
  environment: CloudPlan["environment"],
  chosen?: string,
): DatabaseTier | undefined {
  if (chosen !== undefined) return databaseTiers.find(({ name }) => name === chosen);
  return databaseTiers
    .filter((tier) => environment !== "production" || !tier.shared)
    .filter((tier) => tier.cpus >= cpus && tier.memory >= inGiB(memory))
    .toSorted((one, other) => one.cpus - other.cpus || one.memory - other.memory)[0];
}

/** What Cloud SQL sets `max_connections` to, by memory in GiB: https://cloud.google.com/sql/docs/postgres/flags#postgres-m */
const connectionsFrom = [
  { memory: 120, connections: 1000 },
  { memory: 60, connections: 800 },
  { memory: 30, connections: 600 },
  { memory: 15, connections: 500 },
  { memory: 7.5, connections: 400 },
  { memory: 6, connections: 200 },
  { memory: 3.75, connections: 100 },
  { memory: 1.7, connections: 50 },
  { memory: 0, connections: 25 },
] as const;

/** Connections Cloud SQL allows on a tier. */
export function maxConnections({ memory }: Pick<Machine, "memory">): number {
  return connectionsFrom.find((step) => memory >= step.memory)?.connections ?? 0;
}

/** PostgreSQL's own three, and those of Cloud SQL's agents. Of the agents' an estimate. */
export const reservedConnections = 10;

/** GiB of a Memorystore instance: https://cloud.google.com/memorystore/docs/redis/quotas */
const cacheGiB = { least: 1, most: 300 } as const;

/** @returns whole GiB, as Memorystore sells them; undefined: an instance does not hold as much. */
export function pickCacheSize(memory: Size): number | undefined {
  const whole = Math.max(cacheGiB.least, Math.ceil(inGiB(memory)));
  return whole > cacheGiB.most ? undefined : whole;
}

export const largestCache = cacheGiB.most;

/**
 * GiB of a regional Filestore share, and the steps it is sold in: single ones below 1 TiB, then 256, and from 10 TiB 2560.
 * https://cloud.google.com/filestore/docs/service-tiers
 */
const shareSteps = [
  { below: 1024, step: 1, least: 100 },
  { below: 10_240, step: 256, least: 1024 },
  { below: 102_401, step: 2560, least: 10_240 },
] as const;

/** @returns the capacity in GiB that holds as much; undefined: none does. */
export function pickShareCapacity(size: Size): number | undefined {
  return shareSteps
    .map(({ step, least, below }) => ({ below, capacity: Math.max(least, Math.ceil(inGiB(size) / step) * step) }))
    .find(({ capacity, below }) => capacity < below)?.capacity;
}

/**
 * Of Hyperdisk Balanced, whose operations a second, MiB a second and size limit each other:
 * https://cloud.google.com/compute/docs/disks/hd-types/hyperdisk-balanced
 */
const hyperdisk = { leastIops: 3000, mostIops: 160_000, iopsOfGiB: 500, leastThroughput: 140, mostThroughput: 2400 } as const;

/** @returns the most operations a second that a disk of a size can have. */
export function mostIops(size: Size): number {
  return Math.floor(Math.max(hyperdisk.leastIops, Math.min(hyperdisk.mostIops, inGiB(size) * hyperdisk.iopsOfGiB)));
}

/** @returns the most MiB a second that go with so many operations: a quarter of them. */
export function mostThroughput(iops: number): number {
  return Math.floor(Math.max(hyperdisk.leastThroughput, Math.min(hyperdisk.mostThroughput, Math.max(hyperdisk.leastIops, iops) / 4)));
}

/** @returns what is provisioned for a plan: at least what every disk has, and a 256th of the operations as MiB a second. */
export function diskPerformance(plan: { readonly iops: number; readonly throughput: number }): { readonly iops: number; readonly throughput: number } {
  const iops = Math.max(hyperdisk.leastIops, plan.iops);
  return { iops, throughput: Math.max(hyperdisk.leastThroughput, Math.ceil(iops / 256), plan.throughput) };
}
