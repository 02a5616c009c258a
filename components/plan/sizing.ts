import { inMiB, sizeOfGiB, sizeOfMiB, type Size } from "../config/size";
import type { PlatformConfig } from "../config/schema";
import { explainWorkers, phpWorkers } from "../moodle/phpSizing";

/** One derived number and how it came about, for the reader of a plan. */
export interface Derivation {
  readonly what: string;
  readonly value: string;
  readonly because: string;
}

export interface WebSizing {
  readonly memory: Size;
  /** Thousandths of a processor each pod asks for. It may use more where the node has it. */
  readonly cpu: number;
  readonly workers: number;
  readonly replicasMin: number;
  readonly replicasMax: number;
}

export interface Sizing {
  readonly web: WebSizing;
  readonly database: { readonly cpus: number; readonly memory: Size; readonly connections: number };
  readonly sessionCache: Size;
  readonly applicationCache: Size;
  readonly arithmetic: readonly Derivation[];
}

/**
 * A user in the middle of something asks PHP for something every 20 seconds on average (a page, then what the page
 * fetches), a worker is busy for a quarter of a second with it, and computes for three fifths of that. Estimates; the
 * load test of a site of yours is better, and `moodle:sizing` overrides all that follows.
 */
const secondsBetweenRequests = 20;
const secondsOfWork = 0.25;
const shareComputing = 0.6;

/** Room for the moment in which an exam opens. An estimate. */
const headroom = 2;

/** At rest this share of the peak's pods runs. */
const shareAtRest = 0.5;

/**
 * Users a processor of the database carries, by the step where sites were seen to need the next class. An estimate in
 * steps of what all three clouds sell.
 */
const databaseSteps = [
  { users: 750, cpus: 2 },
  { users: 2_500, cpus: 4 },
  { users: 6_000, cpus: 8 },
  { users: 12_000, cpus: 16 },
] as const;
const cpusBeyond = 32;

/** General-purpose classes have this much memory for each processor on all three clouds. */
const memoryOfCpu = 4;

/** Sessions live for eight hours by default: each user active now stands for so many that still have one. An estimate. */
const sessionsOfUser = 20;
const sessionMiB = 16 / 1024;

/** Course structures, strings, settings: a base and a share by users. Estimates. */
const applicationCacheBase = 512;
const applicationCacheOfUser = 0.5;

/** Cache servers need as much again for fragmentation and replication buffers. An estimate. */
const cacheHeadroom = 2;

/** @returns every size `concurrentUsers` decides, with overrides applied and the arithmetic written out. */
export function sizePlatform(config: PlatformConfig): Sizing {
  const { concurrentUsers: users, sizing: given, files, environment } = config;
  const onePod = files.mode === "block";

  const workersNeeded = Math.ceil((users / secondsBetweenRequests) * secondsOfWork * headroom);
  const memory = given.webMemory ?? (onePod ? onePodMemory(workersNeeded) : webMemory);
  const workers = phpWorkers(inMiB(memory));
  const least = onePod || environment !== "production" ? 1 : 2;
  const replicasMax = onePod ? 1 : (given.webReplicasMax ?? Math.max(least, given.webReplicasMin ?? 0, Math.ceil(workersNeeded / workers)));
  const replicasMin = onePod ? 1 : (given.webReplicasMin ?? Math.min(replicasMax, Math.max(least, Math.ceil(replicasMax * shareAtRest))));

  const cpu = Math.max(leastCpu, Math.ceil((Math.min(workers, workersNeeded / replicasMax) * shareComputing * 1000) / headroom / 50) * 50);
  const cpus = given.databaseCpus ?? databaseCpus(users);
  const connections = replicasMax * workers + config.cron.runners + config.cron.adhocRunners + releaseConnections;
  const sessions = cacheSize(users * sessionsOfUser * sessionMiB * cacheHeadroom);
  const applicationCache = given.applicationCacheMemory ?? cacheSize((applicationCacheBase + users * applicationCacheOfUser) * cacheHeadroom);
  // An instance that holds both must never be full: it refuses what does not fit, sessions among it.
  const sessionCache = given.sessionCacheMemory ?? (config.cache.separate ? sessions : sizeOfMiB(inMiB(sessions) + inMiB(applicationCache)));

  const overridden = (name: keyof typeof given, before = "") => (given[name] === undefined ? "" : `${before}sizing.${name}`);
  const overriddenReplicas = () => [overridden("webReplicasMin"), overridden("webReplicasMax")].filter(Boolean).join(" and ");

  return {
    web: { memory, cpu, workers, replicasMin, replicasMax },
    database: { cpus, memory: sizeOfGiB(cpus * memoryOfCpu), connections },
    sessionCache,
    applicationCache,
    arithmetic: [
      {
        what: "busy PHP workers at the peak",
        value: String(workersNeeded),
        because: `${users} users / ${secondsBetweenRequests} s between requests x ${secondsOfWork} s of work x ${headroom} headroom`,
      },
      { what: "PHP workers of a web pod", value: String(workers), because: `${explainWorkers(inMiB(memory))}${overridden("webMemory", ", by ")}` },
      {
        what: "web pods",
        value: `${replicasMin} to ${replicasMax}`,
        because: onePod
          ? "files.mode block allows one pod"
          : overriddenReplicas() || `${workersNeeded} workers / ${workers} a pod, at least ${least}; half of it at rest`,
      },
      {
        what: "processors of a web pod",
        value: `${cpu}m`,
        because: `its share of the busy workers x ${shareComputing} computing / ${headroom} headroom, at least ${leastCpu}m`,
      },
      { what: "database processors", value: String(cpus), because: overridden("databaseCpus") || `the step for ${users} users` },
      {
        what: "database connections",
        value: String(connections),
        because: `${replicasMax} web pods x ${workers} workers + ${config.cron.runners} cron + ${config.cron.adhocRunners} ad-hoc + ${releaseConnections} for a release`,
      },
      {
        what: "session cache",
        value: sessionCache,
        because:
          overridden("sessionCacheMemory") ||
          `${users} users x ${sessionsOfUser} sessions x 16 KiB x ${cacheHeadroom} headroom, at least 512 MiB` +
            (config.cache.separate ? "" : `; and the application cache, ${applicationCache}`),
      },
      {
        what: "application cache",
        value: applicationCache,
        because:
          overridden("applicationCacheMemory") ||
          `(${applicationCacheBase} MiB + ${users} users x ${applicationCacheOfUser} MiB) x ${cacheHeadroom} headroom`,
      },
    ],
  };
}

function databaseCpus(users: number): number {
  return databaseSteps.find((step) => users <= step.users)?.cpus ?? cpusBeyond;
}

/** The install-or-upgrade job and the pods that wait for it, one connection each at most. */
const releaseConnections = 5;

/** Small enough that a dozen pods share a load evenly, large enough that the opcache is not most of it. */
const webMemory: Size = "2 GiB";

/** Below this a pod takes minutes to start. An estimate. */
const leastCpu = 250;

/** In block mode one pod must hold all workers: the smallest whole GiB that does, up to a large node. */
function onePodMemory(workersNeeded: number): Size {
  for (let gibibytes = 2; gibibytes < 32; gibibytes++) {
    if (phpWorkers(gibibytes * 1024) >= workersNeeded) return sizeOfGiB(gibibytes);
  }
  return "32 GiB";
}

/** Rounded up to half a GiB: clouds sell steps, and the plan should not change with every user. */
function cacheSize(needed: number): Size {
  return sizeOfMiB(Math.max(512, Math.ceil(needed / 512) * 512));
}
