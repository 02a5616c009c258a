import type { CloudPlan } from "../../components/plan/cloudPlan";

/** A highly available plan with an object store, in documentation's address ranges and example names. */
export function aCloudPlan(overrides: Partial<CloudPlan> = {}): CloudPlan {
  return {
    environment: "production",
    region: "eu-central-1",
    settings: {},
    tags: { stack: "production", environment: "production" },
    unprotected: [],
    maintenance: { day: "sun", hour: 2, backupHour: 0 },
    network: {
      range: "10.64.0.0/16",
      zones: [1, 2, 3].map((number) => ({
        number,
        privateRange: `10.64.${(number - 1) * 32}.0/19`,
        dataRange: `10.64.${96 + number}.0/24`,
        publicRange: `10.64.${104 + number}.0/24`,
      })),
      natPerZone: true,
      flowLogs: true,
    },
    cluster: {
      version: "1.35",
      endpointRanges: ["192.0.2.0/24"],
      deployers: ["arn:aws:iam::123456789012:role/deploy"],
      credentials: "cli",
    },
    database: {
      version: "17",
      cpus: 4,
      memory: "16 GiB",
      storage: "100 GiB",
      storageLimit: "1 TiB",
      highAvailability: true,
      retention: "14 d",
      connections: 200,
      name: "moodle",
      user: "moodle",
    },
    sessionCache: { version: "8.2", memory: "1.5 GiB", highAvailability: true, whenFull: "refuse" },
    applicationCache: { version: "8.2", memory: "3 GiB", highAvailability: true, whenFull: "evict" },
    objectStore: { deletedRetention: "21 d", origins: ["https://moodle.example.edu"], mayDelete: false },
    sharedFiles: { size: "100 GiB", owner: { user: 33, group: 33 } },
    ingress: { hostname: "moodle.example.edu", allowedRanges: ["0.0.0.0/0"] },
    backup: { retention: "14 d" },
    workload: {
      namespace: "moodle",
      serviceAccount: "moodle",
      certificates: { namespace: "cert-manager", serviceAccount: "cert-manager" },
    },
    observability: {
      logRetention: "80 d",
      alarmEmails: ["operators@example.edu", "duty@example.edu"],
      connectionsAlarmAt: 0.8,
      storageAlarmAt: 0.1,
      logAlarms: [
        { alarm: "cronAge", event: "cron.finished", when: "silent", period: "10 min" },
        { alarm: "failedJob", event: "release.failed", when: "seen", period: "5 min" },
        { alarm: "certificateExpiry", event: "certificate.checked", when: "below", period: "1 d", field: "daysLeft", threshold: 14 },
      ],
    },
    ...overrides,
  };
}

/** A plan with as little as a cloud is ever asked for: no high availability, one cache, no object store, no zone. */
export function aSmallCloudPlan(overrides: Partial<CloudPlan> = {}): CloudPlan {
  const { network, database, sessionCache, objectStore: _none, applicationCache: _shared, ...rest } = aCloudPlan();
  return {
    ...rest,
    environment: "staging",
    network: { ...network, zones: network.zones.slice(0, 2), natPerZone: false, flowLogs: false },
    database: { ...database, cpus: 2, memory: "8 GiB", storage: "20 GiB", storageLimit: "20 GiB", highAvailability: false },
    sessionCache: { ...sessionCache, memory: "512 MiB", highAvailability: false },
    ...overrides,
  };
}
