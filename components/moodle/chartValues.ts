import type { CacheEndpoint, CloudFoundation, ObjectStoreAccess, Tls, VolumeAccess } from "../../providers/contract";
import { inSeconds } from "../config/duration";
import { inGiB, inMiB, type Size } from "../config/size";
import type { PlatformPlan } from "../plan/platformPlan";
import type { Deferred } from "./deferred";
import { apcuMemory, internedStringsMemory, memoryLimit, opcacheMemory } from "./phpSizing";
import { objectFs, objectFsSettings } from "./objectFs";
import { releaseTiming } from "./releaseTiming";
import type { ChartValues, Credentials, Egress, ObjectStore, Secrets, Volume } from "./values";

/** What the cluster holds for the release: made before it, named in the values. */
export interface ReleaseFacts {
  readonly chartDigest: string;
  readonly secrets: Deferred<Secrets>;
  readonly pullSecrets: readonly Deferred<string>[];
  /** The claim of the files' volume, where one was made for it. */
  readonly claim?: Deferred<string>;
  /** Whose pods pass requests on; the gateway and its listeners, where the route is made here. */
  readonly wayIn: {
    readonly from: string;
    readonly gateway?: { readonly name: string; readonly namespace: string; readonly https: string; readonly http: string };
  };
}

/** Turns what was decided and what the cloud gave into the values of charts/moodle. */
export function chartValues(plan: PlatformPlan, foundation: CloudFoundation, facts: ReleaseFacts): Values {
  const { application, site, foundation: cloud } = plan;
  const { web, cron, ingress, files } = application;
  const [repository, digest] = application.image.split("@") as [string, string];
  const alone = files.mode === "block";
  return {
    image: { repository: repository.replace(/:[^/:]+$/, ""), digest, pullSecrets: facts.pullSecrets },
    chartDigest: facts.chartDigest,
    site: {
      hostname: site.hostname,
      name: site.name,
      shortName: site.shortName,
      language: site.language,
      adminUser: site.adminUser,
      adminEmail: site.adminEmail,
    },
    moodle: {
      version: application.version,
      settings: application.settings,
      pluginSettings: pluginSettings(application),
    },
    files: {
      mode: files.mode,
      volume: volume(foundation, facts.claim),
      ...(foundation.objectStore && { objectStore: objectStore(plan, foundation.objectStore) }),
    },
    database: {
      host: foundation.database.host,
      port: foundation.database.port,
      name: foundation.database.name,
      user: foundation.database.user,
      tls: tls(foundation.database.tls),
    },
    sessionCache: cache(foundation.sessionCache, site.sessionPrefix),
    applicationCache: cache(foundation.applicationCache, site.cachePrefix),
    secrets: facts.secrets,
    ...(application.mail && {
      mail: {
        host: application.mail.host,
        port: application.mail.port,
        ...(application.mail.user && { user: application.mail.user }),
        from: application.mail.from,
        security: application.mail.encryption,
      },
    }),
    web: {
      replicas: web.replicasMin,
      autoscaling: {
        enabled: !alone && web.replicasMax > web.replicasMin,
        minReplicas: web.replicasMin,
        maxReplicas: web.replicasMax,
      },
      zoneSpread: cloud.environment === "production" ? "required" : "preferred",
      uploadLimitMiB: inMiB(ingress.uploadLimit),
      requestTimeoutSeconds: inSeconds(ingress.timeout),
      trustedProxies: foundation.kubernetes.podRanges,
      php: {
        workers: web.workers,
        memoryLimitMiB: memoryLimit,
        opcacheMiB: opcacheMemory,
        internedStringsMiB: internedStringsMemory,
        apcuMiB: apcuMemory,
        resources: { cpuRequest: `${web.cpu}m`, memoryMiB: inMiB(web.memory) },
      },
      localStorage: { temporaryGiB: temporaryGiB(ingress.uploadLimit) },
    },
    job: { deadlineSeconds: releaseTiming(application.releaseLimit).job },
    cron: { replicas: alone ? 1 : cron.runners },
    adhoc: { replicas: alone ? 1 : cron.adhocRunners },
    ...(facts.wayIn.gateway && {
      gateway: {
        name: facts.wayIn.gateway.name,
        namespace: facts.wayIn.gateway.namespace,
        section: facts.wayIn.gateway.https,
        redirectSection: facts.wayIn.gateway.http,
      },
    }),
    network: {
      policies: true,
      ingressFrom: [{ namespace: facts.wayIn.from }],
      requiredEgress: [...foundation.requiredEgress, ...mailEgress(plan)],
    },
    ...(application.prometheusNamespace && {
      monitoring: {
        serviceMonitor: { enabled: true },
        rules: { enabled: true },
        scrapeFrom: [{ namespace: application.prometheusNamespace }],
      },
    }),
    serviceAccount: {
      name: cloud.workload.serviceAccount,
      annotations: foundation.workloadIdentity.serviceAccountAnnotations,
    },
    runAs: application.owner,
    podLabels: foundation.workloadIdentity.podLabels,
  };
}

/** Values as the release takes them: the top level is always known. */
export type Values = { readonly [Key in keyof ChartValues]: Deferred<ChartValues[Key]> };

/** What the plan decides of a plugin stands beside what the operator does; the config refuses a setting that both name. */
function pluginSettings({ files, pluginSettings: given }: PlatformPlan["application"]) {
  if (files.mode !== "objectfs") return given;
  return { ...given, [objectFs]: { ...given[objectFs], ...objectFsSettings(files.offload) } };
}

function tls({ ca, verify }: Tls) {
  return { enabled: true, ca, verify };
}

function cache({ host, port, user, tls: encryption }: CacheEndpoint, prefix: string) {
  return { host, port, ...(user && { user }), prefix, tls: tls(encryption) };
}

/** The plan has exactly one volume: a disk of one pod's own, or a share. */
function volume({ sharedFiles, blockDisk }: CloudFoundation, claim?: Deferred<string>): Deferred<Volume> {
  const access = blockDisk ?? sharedFiles;
  if (!access) throw new Error("the foundation has neither shared files nor a disk, and Moodle needs one of them");
  return {
    sizeGiB: inGiB(access.size),
    mountOptions: access.mountOptions,
    ...source(access, claim),
    prepare: prepare[access.writableBy],
    ...(access.zone && { nodeAffinity: nodeAffinity(access.zone) }),
  };
}

function source(access: VolumeAccess, claim?: Deferred<string>): Source {
  if (access.csi) return { csi: access.csi };
  if (access.nfs) return { nfs: access.nfs };
  if (access.local) return { local: access.local };
  if (claim === undefined) throw new Error("the volume is for a claim, and nobody made one");
  return { existingClaim: claim };
}

type Source = { readonly [Key in "csi" | "nfs" | "local" | "existingClaim"]?: Deferred<Volume[Key]> };

/** The chart's words for who makes a volume writable. */
const prepare = { volume: "preset", fsGroup: "fsGroup", job: "rootJob" } as const;

function nodeAffinity({ label, value }: NonNullable<VolumeAccess["zone"]>) {
  return { [label]: [value] };
}

function objectStore({ site, application }: PlatformPlan, store: ObjectStoreAccess): Deferred<ObjectStore> {
  return {
    protocol: store.protocol,
    ...(store.endpoint !== undefined && { endpoint: store.endpoint }),
    region: store.region,
    ...(store.account && { account: store.account }),
    bucket: store.bucket,
    prefix: site.objectPrefix,
    aclHeader: store.aclHeader,
    checksums: store.endpoint === undefined ? "always" : "whenRequired",
    presignedDownloads: store.protocol === "s3" && store.fromBrowsers !== false && application.files.offload.redirectDownloads,
    credentials: credentials(store),
  };
}

function credentials({ credentials: access }: ObjectStoreAccess): Deferred<Credentials> {
  switch (access.kind) {
    case "workload identity":
      return { kind: "workloadIdentity" };
    case "access key":
      return { kind: "accessKey" };
    case "minted token":
      return { kind: "mintedToken", minter: { ...(access.image && { image: access.image }), command: access.command, environment: access.environment } };
  }
}

/** Mail servers have no fixed address: their port is open to everywhere, and nothing else on it. */
function mailEgress({ application }: PlatformPlan): Egress[] {
  if (!application.mail) return [];
  return [{ cidr: "0.0.0.0/0", port: application.mail.port, protocol: "TCP", reason: "outgoing mail" }];
}

/** An upload is written twice before it is a file: by the web server and unpacked by PHP. A GiB on top for the rest. */
function temporaryGiB(uploadLimit: Size): number {
  return Math.ceil(2 * inGiB(uploadLimit)) + 1;
}
