import type { CacheNode, DatabaseClass } from "./skus";

/**
 * List prices of AWS in us-east-1, USD, on demand, without free tiers: close enough to see what a choice costs, not a
 * quotation. Most are from the examples that cost tools publish, the newest of July 2026. Those of the classes db.m8g and
 * db.r8g are inferred from the generation before, those of cache nodes from Redis nodes less the fifth that Valkey costs
 * less. The vendor's own are at
 * https://aws.amazon.com/{eks,rds/postgresql,elasticache,vpc,elasticloadbalancing,kms,secrets-manager,ebs,efs,cloudwatch}/pricing
 */
export const prices = {
  asOf: "2026-07-01",
  region: "us-east-1",
  /** By the hour. */
  hourly: {
    cluster: 0.1,
    natGateway: 0.045,
    publicAddress: 0.005,
    loadBalancer: 0.0225,
  },
  /** By the month, each. */
  monthly: {
    key: 1,
    secret: 0.4,
    alarm: 0.1,
    databaseGiB: 0.115,
    diskGiB: 0.08,
    diskIops: 0.005,
    diskMiBps: 0.04,
    sharedGiB: 0.3,
    databaseBackupGiB: 0.095,
    cacheBackupGiB: 0.085,
    diskSnapshotGiB: 0.05,
    logsGiB: 0.03,
  },
} as const;

/** PostgreSQL in one zone, by the hour. A standby in another zone costs the same again. */
export const databaseHourly: Readonly<Record<DatabaseClass["name"], number>> = {
  "db.t4g.micro": 0.016,
  "db.t4g.small": 0.032,
  "db.t4g.medium": 0.065,
  "db.t4g.large": 0.129,
  "db.t4g.xlarge": 0.258,
  "db.m8g.large": 0.168,
  "db.r8g.large": 0.239,
  "db.m8g.xlarge": 0.337,
  "db.r8g.xlarge": 0.478,
  "db.m8g.2xlarge": 0.674,
  "db.r8g.2xlarge": 0.956,
  "db.m8g.4xlarge": 1.348,
  "db.r8g.4xlarge": 1.912,
  "db.m8g.8xlarge": 2.696,
  "db.r8g.8xlarge": 3.824,
  "db.m8g.12xlarge": 4.044,
  "db.m8g.16xlarge": 5.392,
  "db.m8g.24xlarge": 8.088,
};

/** Valkey, by the hour and node. */
export const cacheHourly: Readonly<Record<CacheNode["name"], number>> = {
  "cache.t4g.micro": 0.0128,
  "cache.t4g.small": 0.0256,
  "cache.t4g.medium": 0.052,
  "cache.m7g.large": 0.1264,
  "cache.m7g.xlarge": 0.252,
  "cache.r7g.xlarge": 0.3496,
  "cache.r7g.2xlarge": 0.6984,
  "cache.r7g.4xlarge": 1.3968,
};
