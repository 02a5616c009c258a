import * as pulumi from "@pulumi/pulumi";
import { inMiB, type Size } from "../../components/config/size";
import type { CachePlan } from "../../components/plan/cloudPlan";
import type { CacheEndpoint, Egress } from "../contract";
import type { ExistingSettings } from "./config";
import { egressInside, egressTo, tlsOf } from "./endpoint";
import type { Scope } from "./scope";
import { certificates, hostOf, type Servers } from "./server";

export interface Cache {
  readonly endpoint: CacheEndpoint;
  readonly egress: readonly Egress[];
}

export interface Caches {
  readonly sessions: Cache;
  /** Undefined: shares the sessions' instance. */
  readonly application?: Cache;
}

/** https://hub.docker.com/r/valkey/valkey: open source knows other versions than the clouds. */
const image = "docker.io/valkey/valkey:8.1";

/** The caches that are brought along, or else some in the cluster. */
export function createCaches({ plan, settings, brought }: Scope, servers: () => Servers): Caches {
  return {
    sessions: createCache("sessionCache", "sessions", "Session cache", plan.sessionCache),
    ...(plan.applicationCache && { application: createCache("applicationCache", "cache", "Application cache", plan.applicationCache) }),
  };

  function createCache(which: "sessionCache" | "applicationCache", role: string, reason: string, cache: CachePlan): Cache {
    const given = settings[which];
    const password = brought[which === "sessionCache" ? "sessionCachePassword" : "applicationCachePassword"];
    return given.host === undefined ? inside(which, role, reason, cache) : outside(given, given.host, reason, password);
  }

  function outside(given: ExistingSettings["sessionCache"], host: string, reason: string, password?: pulumi.Output<string>): Cache {
    return {
      endpoint: {
        host: pulumi.output(host),
        port: given.port,
        ...(given.user !== undefined && { user: given.user }),
        password: pulumi.secret(password ?? ""),
        tls: tlsOf(given),
      },
      egress: egressTo(reason, given.port, given.ranges),
    };
  }

  function inside(which: "sessionCache" | "applicationCache", role: string, reason: string, { memory, whenFull }: CachePlan): Cache {
    const port = 6379;
    const password = servers().password(`${role}-password`);
    servers().run({
      role,
      holds: which,
      image: settings[which].image ?? image,
      runAs: settings[which].runAs,
      port,
      script: scriptOf({ port, memory, whenFull }),
      environment: { PASSWORD: password },
      disk: "1 GiB",
      // Writing down what it holds takes memory beside it.
      memory: `${Math.ceil(inMiB(memory) * 1.5)} MiB`,
      tls: true,
    });
    return { endpoint: { host: pulumi.output(hostOf(role)), port, password, tls: { ca: [servers().authority], verify: "full" } }, egress: egressInside(reason, port) };
  }
}

interface Script {
  readonly port: number;
  readonly memory: Size;
  readonly whenFull: CachePlan["whenFull"];
}

/** The password stands in a file: whoever lists processes reads arguments. Sessions survive a restart. */
function scriptOf({ port, memory, whenFull }: Script): string {
  const sessions = whenFull === "refuse";
  return `set -eu
cat > /tmp/server.conf <<CONFIGURATION
bind * -::*
port 0
tls-port ${port}
tls-cert-file ${certificates}/tls.crt
tls-key-file ${certificates}/tls.key
tls-auth-clients no
requirepass $PASSWORD
dir /data
save ""
appendonly ${sessions ? "yes" : "no"}
maxmemory ${inMiB(memory)}mb
maxmemory-policy ${sessions ? "noeviction" : "allkeys-lru"}
CONFIGURATION
exec valkey-server /tmp/server.conf
`;
}
