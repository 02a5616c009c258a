import type { CacheSize, DatabaseSize } from "./skus";

/**
 * List prices of Azure in East US, USD, on demand: close enough to see what a choice costs, not a quotation. From the examples
 * that cost tools publish, the newest of July 2026. Those of the database's sizes are inferred from one of four processors
 * (Standard_D4s_v3, 142.35 a month), by the processor. What no such example has is not priced. The vendor's own are at
 * https://azure.microsoft.com/en-us/pricing/details/{kubernetes-service,postgresql,managed-redis,azure-nat-gateway,private-link}
 */
export const prices = {
  asOf: "2026-07-01",
  region: "eastus",
  /** By the hour. */
  hourly: {
    cluster: 0.1,
    natGateway: 0.045,
    privateEndpoint: 0.01,
    databaseProcessor: 0.04875,
  },
  /** By the month, each GiB. */
  monthly: {
    databaseGiB: 0.138,
    databaseBackupGiB: 0.095,
  },
} as const;

/** A server of general purpose, by the hour. A standby in another zone costs the same again. */
export function databaseHourly({ cpus, tier }: DatabaseSize): number | undefined {
  return tier === "GeneralPurpose" ? cpus * prices.hourly.databaseProcessor : undefined;
}

/** By the month, alone and with a second machine. */
export const cacheMonthly: Readonly<Partial<Record<CacheSize["name"], { readonly single?: number; readonly double: number }>>> = {
  Balanced_B3: { single: 47.45, double: 94.9 },
  MemoryOptimized_M10: { double: 315.36 },
};
