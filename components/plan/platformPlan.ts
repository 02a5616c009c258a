import { inDays, inSeconds, type Duration } from "../config/duration";
import { broughtSecretKeys, type BroughtSecret, type PlatformConfig, type SecretKey } from "../config/schema";
import { cronHeartbeat, logEvents } from "../moodle/logEvents";
import type { CloudPlan, FileOwner, LogAlarm } from "./cloudPlan";
import { identifyingTags } from "./identity";
import { cutNetwork } from "./network";
import { sizePlatform, type Derivation, type Sizing } from "./sizing";
import { certManager, envoyGateway, type PublishedChart } from "./thirdPartyCharts";

/** Everything that was decided: plain JSON without secrets, made before anything is created. */
export interface PlatformPlan {
  readonly stack: string;
  readonly cloud: string;
  readonly rehearsal: boolean;
  /** What the cloud is asked for. Belongs to the foundation, which many sites could share. */
  readonly foundation: CloudPlan;
  readonly clusterServices: ClusterServicesPlan;
  /** What belongs to this one site. */
  readonly site: SitePlan;
  readonly application: ApplicationPlan;
  /** How the derived numbers came about. */
  readonly arithmetic: readonly Derivation[];
}

export interface ClusterServicesPlan {
  /** Namespace of the gateway's controller and proxies. */
  readonly gatewayNamespace: string;
  readonly certificatesNamespace: string;
  readonly envoyGateway: PublishedChart;
  readonly certManager: PublishedChart;
  /** Gateway proxies: two where one's failure must not be seen. */
  readonly proxies: number;
  readonly tls: PlatformConfig["ingress"]["tls"];
  /** Of the account with the certificate authority. */
  readonly acmeEmail: string;
}

export interface SitePlan {
  readonly hostname: string;
  readonly name: string;
  readonly shortName: string;
  readonly language: string;
  readonly adminUser: string;
  readonly adminEmail: string;
  readonly namespace: string;
  /** Folder in the object store, ending with a slash. */
  readonly objectPrefix: string;
  readonly sessionPrefix: string;
  readonly cachePrefix: string;
}

export interface ApplicationPlan {
  readonly version: string;
  /** By digest. */
  readonly image: string;
  /** Of a whole release: the job, and all pods after it. */
  readonly releaseLimit: Duration;
  readonly settings: PlatformConfig["application"]["settings"];
  readonly pluginSettings: PlatformConfig["application"]["pluginSettings"];
  readonly files: PlatformConfig["files"];
  readonly owner: FileOwner;
  readonly web: Sizing["web"];
  readonly cron: PlatformConfig["cron"];
  readonly mail?: PlatformConfig["mail"];
  readonly ingress: Pick<PlatformConfig["ingress"], "uploadLimit" | "timeout">;
  /** Where a Prometheus watches from; undefined: there is none. */
  readonly prometheusNamespace?: string;
}

/** Whom processes run as and files belong to: nobody on a node, and above 10000 as hardening guides ask. The chart's default. */
const owner: FileOwner = { user: 10_033, group: 10_033 };

/** A disk is tied to its zone; the first one always exists. */
const zoneOfTheDisk = 1;

/**
 * Decides everything that can be decided before a cloud is asked.
 *
 * @param stack the stack's name, for labels.
 */
export function planPlatform(config: PlatformConfig, stack: string): PlatformPlan {
  const sizing = sizePlatform(config);
  const site = planSite(config);
  const clusterServices = planClusterServices(config);
  return {
    stack,
    cloud: config.cloud,
    rehearsal: config.rehearsal,
    foundation: planFoundation(config, stack, sizing, site, clusterServices),
    clusterServices,
    site,
    application: planApplication(config, sizing),
    arithmetic: sizing.arithmetic,
  };
}

function planSite({ site }: PlatformConfig): SitePlan {
  return {
    ...site,
    namespace: "moodle",
    objectPrefix: "moodle/",
    sessionPrefix: "moodle-session-",
    cachePrefix: "moodle-cache-",
  };
}

function planClusterServices({ environment, ingress, site }: PlatformConfig): ClusterServicesPlan {
  return {
    gatewayNamespace: "gateway",
    certificatesNamespace: "cert-manager",
    envoyGateway,
    certManager,
    proxies: environment === "production" ? 2 : 1,
    tls: ingress.tls,
    acmeEmail: site.adminEmail,
  };
}

function planFoundation(
  config: PlatformConfig,
  stack: string,
  sizing: Sizing,
  site: SitePlan,
  services: ClusterServicesPlan,
): CloudPlan {
  const { environment, database, cache, network, ingress, files, observability } = config;
  const { range, zones, natPerZone, flowLogs } = network;
  const brought = inOrder(config.secrets.filter(isBrought));
  const restored = files.restoreFrom === undefined ? {} : { restoreFrom: files.restoreFrom };
  return {
    environment,
    region: config.region,
    settings: config.cloudSettings,
    ...(brought.length > 0 && { broughtSecrets: brought }),
    tags: { ...config.tags, environment, ...identifyingTags(stack) },
    unprotected: inOrder(config.allowDataLoss.map(({ resource }) => resource)),
    maintenance: config.maintenance,
    network: { range, zones: cutNetwork(range, zones), natPerZone, flowLogs },
    cluster: {
      ...config.cluster,
      endpointRanges: inOrder(config.cluster.endpointRanges),
      deployers: inOrder(config.cluster.deployers),
    },
    database: { ...sizing.database, ...database, name: "moodle", user: "moodle" },
    sessionCache: { ...cacheOf(cache), memory: sizing.sessionCache, whenFull: "refuse" },
    ...(cache.separate && { applicationCache: { ...cacheOf(cache), memory: sizing.applicationCache, whenFull: "evict" } }),
    ...(files.mode === "objectfs" && {
      objectStore: { deletedRetention: deletedRetention(database.retention), origins: [`https://${site.hostname}`], mayDelete: false, ...restored },
    }),
    // With an object store the share holds nothing that is not in it as well, or can be made again.
    ...(files.mode !== "block" && { sharedFiles: { size: sharedFilesSize(config), owner, ...(files.mode === "shared" && restored) } }),
    ...(files.mode === "block" && { blockDisk: { ...files.disk, zone: zoneOfTheDisk, owner, ...restored } }),
    ingress: {
      hostname: site.hostname,
      ...(ingress.dnsZone && { dnsZone: ingress.dnsZone }),
      allowedRanges: inOrder(ingress.allowedRanges),
    },
    backup: { retention: database.retention },
    workload: {
      namespace: site.namespace,
      serviceAccount: "moodle",
      certificates: { namespace: services.certificatesNamespace, serviceAccount: "cert-manager" },
    },
    observability: {
      logRetention: observability.logRetention,
      alarmEmails: inOrder(observability.alarmEmails),
      connectionsAlarmAt: 0.8,
      storageAlarmAt: 0.1,
      logAlarms,
    },
  };
}

function isBrought(name: SecretKey): name is BroughtSecret {
  return name in broughtSecretKeys;
}

/** Each once and sorted: the order in which an operator lists things is no difference. */
function inOrder<Item extends string>(list: readonly Item[]): readonly Item[] {
  return [...new Set(list)].sort();
}

function cacheOf({ version, highAvailability }: PlatformConfig["cache"]) {
  return { version, highAvailability };
}

/** Objects outlive the oldest restorable database by a week, so that a restored site finds every file it knows of. */
const weekAfterDatabase = 7;

function deletedRetention(database: Duration): Duration {
  return `${inDays(database) + weekAfterDatabase} d`;
}

/** What a cloud that asks in advance should set aside: with an object store only caches, temporary files and new uploads. */
function sharedFilesSize({ files }: PlatformConfig) {
  return files.mode === "objectfs" ? ("100 GiB" as const) : ("1 TiB" as const);
}

/** Lines of the pods' logs somebody is told about. The image writes them. */
const logAlarms: readonly LogAlarm[] = [
  { alarm: "cronAge", event: logEvents.cronFinished, when: "silent", period: cronSilence() },
  { alarm: "failedJob", event: logEvents.releaseFailed, when: "seen", period: "5 min" },
  {
    alarm: "certificateExpiry",
    event: logEvents.certificateChecked,
    when: "below",
    period: "1 d",
    field: "daysLeft",
    threshold: 14,
  },
];

/** Ten missed heartbeats: one long task holds a runner up for less. */
function cronSilence(): Duration {
  return `${(10 * inSeconds(cronHeartbeat)) / 60} min`;
}

function planApplication(config: PlatformConfig, sizing: Sizing): ApplicationPlan {
  const { application, files, cron, mail, ingress, observability } = config;
  return {
    ...application,
    files,
    owner,
    web: sizing.web,
    cron,
    ...(mail && { mail }),
    ingress: { uploadLimit: ingress.uploadLimit, timeout: ingress.timeout },
    ...(observability.prometheusNamespace && { prometheusNamespace: observability.prometheusNamespace }),
  };
}
