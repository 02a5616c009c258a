import * as elasticache from "@pulumi/aws/elasticache";
import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId";
import { RandomPassword } from "@pulumi/random/randomPassword";
import type { CachePlan } from "../../components/plan/cloudPlan";
import type { CacheEndpoint } from "../contract";
import { checked } from "./checked";
import type { Keys } from "./keys";
import { backupWindow, maintenanceWindow } from "./maintenance";
import type { Network } from "./network";
import type { Scope } from "./scope";
import { createClosedGroup, type Guarded } from "./securityGroup";
import { pickCacheNode } from "./skus";

export interface Cache {
  readonly endpoint: CacheEndpoint;
  readonly guarded: Guarded;
}

export interface Caches {
  readonly sessions: Cache;
  /** Undefined: the sessions' instance serves both. */
  readonly application?: Cache;
}

export const cachePort = 6379;

/** What ElastiCache calls the two answers to a full memory. */
const policies = { refuse: "noeviction", evict: "allkeys-lru" } as const;

/** Sessions, and apart from them whatever can be computed again. */
export function createCaches(foundation: Scope, network: Network, keys: Keys): Caches {
  const scope = foundation.drawer("Caches");
  const { sessionCache, applicationCache, environment } = scope.plan;
  const subnets = new elasticache.SubnetGroup(
    scope.named("caches"),
    { subnetIds: network.zones.map(({ dataSubnet }) => dataSubnet.id), description: "Data subnets", tags: scope.tags("caches") },
    scope.child(),
  );
  return {
    sessions: createCache("sessions", "sessionCache", sessionCache),
    ...(applicationCache && { application: createCache("cache", "applicationCache", applicationCache) }),
  };

  function createCache(role: string, resource: "sessionCache" | "applicationCache", plan: CachePlan): Cache {
    const token = new RandomPassword(scope.named(role), { length: 64, special: false }, scope.stateful("keys"));
    const group = createClosedGroup(scope, role, network, `The cache of ${role}`);
    const parameters = new elasticache.ParameterGroup(
      scope.named(role),
      {
        family: `valkey${plan.version.split(".")[0]}`,
        description: "What happens when memory is full",
        parameters: [{ name: "maxmemory-policy", value: policies[plan.whenFull] }],
        tags: scope.tags(role),
      },
      scope.child(),
    );
    const replicas = new elasticache.ReplicationGroup(
      scope.named(role),
      {
        description: `The cache of ${role}`,
        engine: "valkey",
        engineVersion: plan.version,
        autoMinorVersionUpgrade: true,
        nodeType: checked(pickCacheNode(plan.memory, environment, scope.settings.cacheNodeType), `node for ${plan.memory}`).name,
        // Clients speak to one server: with more shards they would need to know them.
        clusterMode: "disabled",
        numCacheClusters: plan.highAvailability ? 2 : 1,
        automaticFailoverEnabled: plan.highAvailability,
        multiAzEnabled: plan.highAvailability,
        parameterGroupName: parameters.name,
        port: cachePort,

        transitEncryptionEnabled: true,
        transitEncryptionMode: "required",
        authToken: token.result,
        authTokenUpdateStrategy: "SET",
        atRestEncryptionEnabled: true,
        kmsKeyId: keys.data.arn,

        subnetGroupName: subnets.name,
        securityGroupIds: [group.id],
        maintenanceWindow: maintenanceWindow(scope.plan.maintenance),
        ...snapshots(role, plan),
        applyImmediately: true,
        tags: scope.tags(role),
      },
      scope.stateful(resource, { customTimeouts: { create: "90m", update: "90m", delete: "60m" } }),
    );
    return {
      endpoint: {
        host: replicas.primaryEndpointAddress,
        port: cachePort,
        password: pulumi.secret(token.result),
        // The certificate is from Amazon's public authority and carries the endpoint's name.
        tls: { ca: "public", verify: "full" },
      },
      guarded: { role, group, port: cachePort },
    };
  }

  /** Yesterday's sessions are worth keeping for a day; what can be computed again is not. */
  function snapshots(role: string, { whenFull }: CachePlan) {
    if (whenFull === "evict") return { snapshotRetentionLimit: 0 };
    // A snapshot's name can be taken once: the next platform of the same name needs another.
    const suffix = new RandomId(scope.named(role), { byteLength: 4 }, scope.child());
    return {
      snapshotRetentionLimit: 1,
      snapshotWindow: backupWindow(scope.plan.maintenance),
      finalSnapshotIdentifier: pulumi.interpolate`${scope.named(role)}-final-${suffix.hex}`,
    };
  }
}
