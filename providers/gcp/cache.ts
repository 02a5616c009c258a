import * as redis from "@pulumi/gcp/redis";
import * as pulumi from "@pulumi/pulumi";
import type { CachePlan } from "../../components/plan/cloudPlan";
import type { CacheEndpoint } from "../contract";
import { checked } from "./checked";
import { cacheWindow } from "./maintenance";
import type { Network } from "./network";
import type { Scope } from "./scope";
import { after } from "./services";
import { pickCacheSize } from "./skus";

export interface Caches {
  readonly sessions: CacheEndpoint;
  /** Undefined: the sessions' instance serves both. */
  readonly application?: CacheEndpoint;
}

/** Memorystore's port for encrypted connections. */
export const cachePort = 6378;

/** What Redis calls the two answers to a full memory. */
const policies = { refuse: "noeviction", evict: "allkeys-lru" } as const;

/** The newest Memorystore for Redis has, whatever version of Valkey the plan names: it speaks the same protocol. */
const redisVersion = "REDIS_7_2";

/** Sessions, and apart from them whatever can be computed again. */
export function createCaches(foundation: Scope, network: Network): Caches {
  const scope = foundation.drawer("Caches");
  const { sessionCache, applicationCache, maintenance, region } = scope.plan;
  return {
    sessions: createCache("sessions", "sessionCache", sessionCache),
    ...(applicationCache && { application: createCache("cache", "applicationCache", applicationCache) }),
  };

  function createCache(role: string, resource: "sessionCache" | "applicationCache", plan: CachePlan): CacheEndpoint {
    const instance = new redis.Instance(
      scope.named(role),
      {
        name: scope.cloudName(role, "cache"),
        project: scope.project,
        region,
        displayName: `The cache of ${role}`,
        tier: plan.highAvailability ? "STANDARD_HA" : "BASIC",
        memorySizeGb: checked(pickCacheSize(plan.memory), `cache of ${plan.memory}`),
        redisVersion,
        redisConfigs: { "maxmemory-policy": policies[plan.whenFull] },

        connectMode: "PRIVATE_SERVICE_ACCESS",
        authorizedNetwork: network.network.id,
        reservedIpRange: network.dataRange,
        authEnabled: true,
        transitEncryptionMode: "SERVER_AUTHENTICATION",

        maintenancePolicy: { weeklyMaintenanceWindows: [cacheWindow(maintenance)] },
        ...persistence(plan),
        deletionProtection: scope.keeps(resource),
        labels: scope.labels(role),
      },
      scope.stateful(resource, {
        dependsOn: [network.peering, ...after(scope.apis, "redis")],
        customTimeouts: { create: "60m", update: "60m", delete: "60m" },
      }),
    );
    return {
      host: instance.host,
      port: cachePort,
      password: pulumi.secret(instance.authString),
      // All of them: a new authority is handed out before the certificate changes to it. They are this instance's own, and
      // the certificate names no host a client could know.
      tls: { ca: [instance.serverCaCerts.apply((certificates) => certificates.map(({ cert }) => cert).join("\n"))], verify: "ca" },
    };
  }

  /** Sessions come back after a restart of both nodes; what can be computed again is computed again. */
  function persistence({ whenFull }: CachePlan) {
    if (whenFull === "evict") return {};
    return { persistenceConfig: { persistenceMode: "RDB", rdbSnapshotPeriod: "ONE_HOUR" } };
  }
}
