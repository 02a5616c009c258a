import { inGiB, type Size } from "../../components/config/size";
import type { CloudPlan, DatabasePlan } from "../../components/plan/cloudPlan";

/** Memory in GiB. */
interface Machine {
  readonly name: string;
  readonly cpus: number;
  readonly memory: number;
  /** Shares a processor, or has no second machine to fail over to: never in production. */
  readonly burstable: boolean;
}

/**
 * With the connections each allows, which Azure sets by the memory:
 * https://learn.microsoft.com/en-us/azure/postgresql/configure-maintain/concepts-limits#maximum-connections and
 * https://learn.microsoft.com/en-us/azure/postgresql/compute-storage/concepts-compute
 */
export const databaseSizes = [
  { name: "Standard_B1ms", tier: "Burstable", cpus: 1, memory: 2, burstable: true, connections: 50 },
  { name: "Standard_B2s", tier: "Burstable", cpus: 2, memory: 4, burstable: true, connections: 429 },
  { name: "Standard_B2ms", tier: "Burstable", cpus: 2, memory: 8, burstable: true, connections: 859 },
  { name: "Standard_B4ms", tier: "Burstable", cpus: 4, memory: 16, burstable: true, connections: 1718 },
  { name: "Standard_B8ms", tier: "Burstable", cpus: 8, memory: 32, burstable: true, connections: 3437 },
  { name: "Standard_D2ds_v5", tier: "GeneralPurpose", cpus: 2, memory: 8, burstable: false, connections: 859 },
  { name: "Standard_E2ds_v5", tier: "MemoryOptimized", cpus: 2, memory: 16, burstable: false, connections: 1718 },
  { name: "Standard_D4ds_v5", tier: "GeneralPurpose", cpus: 4, memory: 16, burstable: false, connections: 1718 },
  { name: "Standard_E4ds_v5", tier: "MemoryOptimized", cpus: 4, memory: 32, burstable: false, connections: 3437 },
  { name: "Standard_D8ds_v5", tier: "GeneralPurpose", cpus: 8, memory: 32, burstable: false, connections: 3437 },
  { name: "Standard_E8ds_v5", tier: "MemoryOptimized", cpus: 8, memory: 64, burstable: false, connections: 5000 },
  { name: "Standard_D16ds_v5", tier: "GeneralPurpose", cpus: 16, memory: 64, burstable: false, connections: 5000 },
  { name: "Standard_E16ds_v5", tier: "MemoryOptimized", cpus: 16, memory: 128, burstable: false, connections: 5000 },
  { name: "Standard_D32ds_v5", tier: "GeneralPurpose", cpus: 32, memory: 128, burstable: false, connections: 5000 },
  { name: "Standard_E32ds_v5", tier: "MemoryOptimized", cpus: 32, memory: 256, burstable: false, connections: 5000 },
  { name: "Standard_D48ds_v5", tier: "GeneralPurpose", cpus: 48, memory: 192, burstable: false, connections: 5000 },
  { name: "Standard_D64ds_v5", tier: "GeneralPurpose", cpus: 64, memory: 256, burstable: false, connections: 5000 },
  { name: "Standard_D96ds_v5", tier: "GeneralPurpose", cpus: 96, memory: 384, burstable: false, connections: 5000 },
] as const satisfies readonly (Machine & { readonly tier: string; readonly connections: number })[];

/** Connections Azure and its operators keep for themselves, by the same page. */
export const reservedConnections = 15;

/** What Azure Managed Redis keeps for itself of each size: https://learn.microsoft.com/en-us/azure/redis/architecture */
const reservedShare = 0.2;

/**
 * `memory` is what may be stored. The two smallest share their processors. Sizes and processors:
 * https://learn.microsoft.com/en-us/azure/redis/how-to-scale
 */
export const cacheSizes = [
  { name: "Balanced_B0", cpus: 2, memory: storable(0.5), burstable: true },
  { name: "Balanced_B1", cpus: 2, memory: storable(1), burstable: true },
  { name: "Balanced_B3", cpus: 2, memory: storable(3), burstable: false },
  { name: "Balanced_B5", cpus: 2, memory: storable(6), burstable: false },
  { name: "MemoryOptimized_M10", cpus: 2, memory: storable(12), burstable: false },
  { name: "MemoryOptimized_M20", cpus: 4, memory: storable(24), burstable: false },
  { name: "MemoryOptimized_M50", cpus: 8, memory: storable(60), burstable: false },
  { name: "MemoryOptimized_M100", cpus: 16, memory: storable(120), burstable: false },
] as const satisfies readonly Machine[];

function storable(size: number): number {
  return Math.round(size * (1 - reservedShare) * 10) / 10;
}

/**
 * Machines with a disk of their own that is large enough for the operating system:
 * https://learn.microsoft.com/en-us/azure/virtual-machines/sizes/general-purpose/ddsv5-series
 */
export const systemNodeSizes = [
  { name: "Standard_D2ds_v5", cpus: 2, memory: 8, ownDisk: 75 },
  { name: "Standard_D4ds_v5", cpus: 4, memory: 16, ownDisk: 150 },
  { name: "Standard_D8ds_v5", cpus: 8, memory: 32, ownDisk: 300 },
] as const;

export type DatabaseSize = (typeof databaseSizes)[number];
export type CacheSize = (typeof cacheSizes)[number];

export const databaseSizeNames = databaseSizes.map(({ name }) => name);
export const cacheSizeNames = cacheSizes.map(({ name }) => name);
export const systemNodeSizeNames = systemNodeSizes.map(({ name }) => name);

/**
 * @param chosen the operator's own choice, which wins.
 * @returns the size with the fewest processors, then the least memory, that has enough of both; undefined: none has.
 */
export function pickDatabaseSize(
  { cpus, memory, highAvailability }: Pick<DatabasePlan, "cpus" | "memory" | "highAvailability">,
  environment: CloudPlan["environment"],
  chosen?: string,
): DatabaseSize | undefined {
  return pick(databaseSizes, { cpus, memory }, environment === "production" || highAvailability, chosen);
}

/** @returns the smallest size that can store as much; undefined: none can. */
export function pickCacheSize(memory: Size, environment: CloudPlan["environment"], chosen?: string): CacheSize | undefined {
  return pick(cacheSizes, { cpus: 1, memory }, environment === "production", chosen);
}

/** @param steady whether only machines will do whose performance is. */
function pick<M extends Machine>(
  machines: readonly M[],
  need: { readonly cpus: number; readonly memory: Size },
  steady: boolean,
  chosen: string | undefined,
): M | undefined {
  if (chosen !== undefined) return machines.find(({ name }) => name === chosen);
  return machines
    .filter((machine) => !steady || !machine.burstable)
    .filter((machine) => machine.cpus >= need.cpus && machine.memory >= inGiB(need.memory))
    .sort((one, other) => one.cpus - other.cpus || one.memory - other.memory)[0];
}

/** Sizes of Premium SSD a database may have, in GiB: https://learn.microsoft.com/en-us/azure/postgresql/extensions/concepts-storage-premium-ssd */
const databaseStorage = [32, 64, 128, 256, 512, 1024, 2048, 4095, 4096, 8192, 16_384, 32_767];

/** @returns the smallest size that holds as much; undefined: none does. */
export function storageGiB(asked: Size): number | undefined {
  return databaseStorage.find((size) => size >= inGiB(asked));
}
