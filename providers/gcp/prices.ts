/**
 * List prices of Google Cloud in us-central1, USD, on demand, without free tiers: close enough to see what a choice costs, not a
 * quotation. They are from the examples that cost tools publish, the newest of July 2026. The vendor's own are at
 * https://cloud.google.com/{kubernetes-engine,sql,memorystore/docs/redis,vpc,compute/disks-image,filestore,storage}/pricing
 */
export const prices = {
  asOf: "2026-07-01",
  region: "us-central1",
  /** By the hour. */
  hourly: {
    cluster: 0.1,
    forwardingRule: 0.01,
    databaseCpu: 0.0413,
    databaseGiBMemory: 0.007,
    /** Of an instance of 5 to 10 GiB with a second one; others cost a little more or less a GiB. */
    cacheGiB: 0.054,
  },
  /** By the month, each. */
  monthly: {
    databaseGiB: 0.17,
    podCpu: 32.49,
    podGiB: 3.59,
    natGB: 0.045,
  },
} as const;
