import * as redis from "@pulumi/azure-native/redisenterprise";
import * as pulumi from "@pulumi/pulumi";
import type { CachePlan } from "../../components/plan/cloudPlan";
import type { CacheEndpoint } from "../contract";
import { checked } from "./checked";
import { createName } from "./names";
import type { Network } from "./network";
import { createPrivateEndpoint, createPrivateZone } from "./privateEndpoint";
import type { Scope } from "./scope";
import { pickCacheSize } from "./skus";

export interface Cache {
  readonly endpoint: CacheEndpoint;
  readonly ready: readonly pulumi.Resource[];
}

export interface Caches {
  readonly sessions: Cache;
  /** Undefined: the sessions' instance serves both. */
  readonly application?: Cache;
}

/** Azure Managed Redis knows no other. */
export const cachePort = 10_000;

/** What it calls the two answers to a full memory. */
const policies = { refuse: "NoEviction", evict: "AllKeysLRU" } as const;

/** Sessions, and apart from them whatever can be computed again. */
export function createCaches(foundation: Scope, network: Network): Caches {
  const scope = foundation.drawer("Caches");
  const { sessionCache, applicationCache, environment } = scope.plan;
  const names = createPrivateZone(scope, "caches", "privatelink.redis.azure.net", network);
  return {
    sessions: createCache("sessions", "sessionCache", sessionCache),
    ...(applicationCache && { application: createCache("cache", "applicationCache", applicationCache) }),
  };

  function createCache(role: string, resource: "sessionCache" | "applicationCache", plan: CachePlan): Cache {
    const size = checked(pickCacheSize(plan.memory, environment, scope.settings.cacheSize), `cache for ${plan.memory}`);
    const cluster = new redis.RedisEnterprise(
      scope.named(role),
      {
        ...scope.at(role),
        clusterName: createName(scope, "cache", role, resource),
        sku: { name: size.name },
        highAvailability: plan.highAvailability ? "Enabled" : "Disabled",
        minimumTlsVersion: "1.2",
        publicNetworkAccess: "Disabled",
      },
      scope.stateful(resource, { customTimeouts: { create: "90m", update: "90m", delete: "60m" } }),
    );
    const database = new redis.Database(
      scope.named(role),
      {
        resourceGroupName: scope.group.name,
        clusterName: cluster.name,
        databaseName: "default",
        port: cachePort,
        clientProtocol: "Encrypted",
        // Clients speak to one server: with another policy they would need to know the shards.
        clusteringPolicy: "NoCluster",
        evictionPolicy: policies[plan.whenFull],
        accessKeysAuthentication: "Enabled",
        ...persistence(plan),
      },
      scope.stateful(resource, { customTimeouts: { create: "60m", update: "60m", delete: "60m" } }),
    );
    const keys = redis.listDatabaseKeysOutput(
      // The database's own name, so that nobody asks before it is there.
      { resourceGroupName: scope.group.name, clusterName: cluster.name, databaseName: database.name },
      { parent: scope.parent },
    );
    const ready = createPrivateEndpoint(scope, role, network, { of: cluster.id, service: "redisEnterprise", names });
    return {
      ready: [database, ...ready],
      endpoint: {
        host: cluster.hostName,
        port: cachePort,
        password: pulumi.secret(keys.primaryKey),
        tls: { ca: "public", verify: "full" },
      },
    };
  }
}

/** Sessions outlive the loss of both machines, as of an hour ago; what can be computed again does not have to. */
function persistence({ whenFull }: CachePlan) {
  return whenFull === "evict" ? {} : { persistence: { rdbEnabled: true, rdbFrequency: "1h" } };
}
