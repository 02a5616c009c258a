import { inDays } from "../../components/config/duration";
import { removeCommand, setCommand, type Problem } from "../../components/config/problem";
import type { CloudPlan } from "../../components/plan/cloudPlan";
import { overlap } from "../../components/plan/ranges";
import { UnsupportedError } from "../errors";
import { diskProblems, versionProblems } from "../sharedChecks";
import { gcpSettings } from "./config";
import { stackCredentials } from "./credentials";
import { originForm, parseOrigin } from "./origin";
import { givenProject, projectKey } from "./project";
import { isRegion } from "./regions";
import {
  databaseTiers,
  largestCache,
  maxConnections,
  mostIops,
  mostThroughput,
  pickCacheSize,
  pickDatabaseTier,
  pickShareCapacity,
  reservedConnections,
} from "./skus";

type Check = (plan: CloudPlan) => readonly Problem[];

const checks: readonly Check[] = [
  projectIsGiven,
  regionIsKnown,
  versionsAreOffered,
  deployersArePrincipals,
  toolsGetCredentials,
  zoneIsAManagedZone,
  networkReachesTheDatabase,
  databaseTierExists,
  databaseHasConnections,
  databaseKeepsBackups,
  cachesExist,
  shareExists,
  diskIsOffered,
  originsAreReadable,
];

/** What Google Cloud cannot do of a plan, or cannot read in it. */
export function checkPlan(plan: CloudPlan): Problem[] {
  return checks.flatMap((check) => check(plan));
}

function unsupported(key: string, feature: string, alternative: string): UnsupportedError {
  return new UnsupportedError("gcp", key, feature, alternative);
}

function projectIsGiven(): readonly Problem[] {
  const project = givenProject();
  if (project !== undefined && /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(project)) return [];
  return [
    {
      key: projectKey,
      message:
        project === undefined
          ? "is missing; the project in which gcp builds the platform"
          : `"${project}" was given; allowed is the ID of a project: 6 to 30 lower-case letters, digits and dashes`,
      remedy: `pulumi config set ${projectKey} '<project ID>'`,
    },
  ];
}

function regionIsKnown({ region }: CloudPlan): readonly Problem[] {
  if (isRegion(region)) return [];
  return [
    unsupported(
      "gcp:region",
      `the region ${region} to this adapter, which knows those of 2026-11`,
      "pulumi config set gcp:region europe-west3, or another region (not a zone: those end with a letter)",
    ),
  ];
}

/**
 * GKE's channel Regular: https://cloud.google.com/kubernetes-engine/docs/release-schedule;
 * Cloud SQL: https://cloud.google.com/sql/docs/postgres/db-versions. All as of 2026-11.
 * Versions of Valkey are those that Redis 7.2 understands the commands of, as far as Moodle uses them.
 */
const offered = {
  kubernetes: { versions: ["1.34", "1.35", "1.36"], best: "1.35" },
  postgres: { versions: ["16", "17", "18"], best: "17" },
  valkey: { versions: ["7.2", "8.0", "8.1", "8.2", "9.0"], best: "8.2" },
} as const;

function versionsAreOffered({ cluster, database, sessionCache, applicationCache }: CloudPlan): readonly Problem[] {
  const asked = [
    { key: "moodle:cluster.version", what: "Kubernetes", version: cluster.version, from: offered.kubernetes },
    { key: "moodle:database.version", what: "PostgreSQL", version: database.version, from: offered.postgres },
    ...[...new Set([sessionCache.version, applicationCache?.version ?? sessionCache.version])].map((version) => ({
      key: "moodle:cache.version",
      what: "a cache compatible with Valkey",
      version,
      from: offered.valkey,
    })),
  ];
  return versionProblems(asked, unsupported);
}

function deployersArePrincipals({ cluster }: CloudPlan): readonly Problem[] {
  return cluster.deployers.flatMap((deployer, index) => {
    if (/^(user|group|serviceAccount):[^\s@:]+@[^\s@:]+\.[^\s@:]+$/.test(deployer)) return [];
    const key = `moodle:cluster.deployers[${index}]`;
    const kind = /\.gserviceaccount\.com$/.test(deployer) ? "serviceAccount" : "user";
    return [
      {
        key,
        message: `"${deployer}" was given; allowed is user:, group: or serviceAccount: with an address`,
        remedy: setCommand(key, /^[^\s@:]+@[^\s@:]+$/.test(deployer) ? `${kind}:${deployer}` : "serviceAccount:<name>@<project>.iam.gserviceaccount.com"),
      },
    ];
  });
}

/** Tools of the cluster would be somebody else than the provider, who sees what they do not. */
function toolsGetCredentials(): readonly Problem[] {
  return stackCredentials().hidden.map((key) =>
    unsupported(
      key,
      `credentials in ${key} to the tools that deploy into the cluster`,
      `pulumi config rm ${key}; put them into the environment, as GOOGLE_CREDENTIALS or GOOGLE_OAUTH_ACCESS_TOKEN, and set moodle:cluster.credentials to environment`,
    ),
  );
}

function zoneIsAManagedZone({ ingress: { dnsZone } }: CloudPlan): readonly Problem[] {
  if (dnsZone === undefined || /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(dnsZone)) return [];
  const key = "moodle:ingress.dnsZone";
  return [
    {
      key,
      message: `"${dnsZone}" was given; allowed is the name of a managed public zone of Cloud DNS in the same project, such as example-edu`,
      remedy: `${setCommand(key, "<zone name>")} (gcloud dns managed-zones list prints it)`,
    },
  ];
}

/** Inside its machines Cloud SQL uses this range itself: https://cloud.google.com/sql/docs/postgres/private-ip#network_requirements */
const rangeOfCloudSql = "172.17.0.0/16";

function networkReachesTheDatabase({ network: { range } }: CloudPlan): readonly Problem[] {
  if (!overlap(range, rangeOfCloudSql)) return [];
  const key = "moodle:network.range";
  return [
    {
      key,
      message: `"${range}" was given; it overlaps ${rangeOfCloudSql}, to whose addresses a database of Google's never answers`,
      remedy: setCommand(key, "10.64.0.0/16"),
    },
  ];
}

function databaseTierExists(plan: CloudPlan): readonly Problem[] {
  const { cpus, memory } = plan.database;
  if (pickDatabaseTier(plan.database, plan.environment, gcpSettings(plan).databaseTier)) return [];
  const most = Math.max(...databaseTiers.map((each) => each.cpus));
  return [
    unsupported(
      "moodle:sizing.databaseCpus",
      `a database with ${cpus} processors and ${memory} of memory, at most ${most} processors`,
      setCommand("moodle:sizing.databaseCpus", String(most)),
    ),
  ];
}

function databaseHasConnections(plan: CloudPlan): readonly Problem[] {
  const picked = pickDatabaseTier(plan.database, plan.environment, gcpSettings(plan).databaseTier);
  if (picked === undefined) return [];
  const { connections } = plan.database;
  const allowed = maxConnections(picked) - reservedConnections;
  if (connections <= allowed) return [];
  const key = "moodle:gcp.databaseTier";
  const enough = databaseTiers.find((each) => !each.shared && each.memory > picked.memory && maxConnections(each) - reservedConnections >= connections);
  return [
    {
      key,
      message: `the pods may open ${connections} connections; ${picked.name} allows ${allowed}`,
      remedy: enough ? setCommand(key, enough.name) : setCommand("moodle:sizing.webReplicasMax", "<fewer>"),
    },
  ];
}

/** https://cloud.google.com/sql/docs/postgres/backup-recovery/backups#retention */
const mostBackups = 365;

function databaseKeepsBackups({ database: { retention } }: CloudPlan): readonly Problem[] {
  if (inDays(retention) <= mostBackups) return [];
  const key = "moodle:database.retention";
  return [unsupported(key, `backups of a database for ${retention}, at most ${mostBackups} d`, setCommand(key, `${mostBackups} d`))];
}

function cachesExist({ sessionCache, applicationCache }: CloudPlan): readonly Problem[] {
  return [
    { key: "moodle:sizing.sessionCacheMemory", cache: sessionCache },
    ...(applicationCache ? [{ key: "moodle:sizing.applicationCacheMemory", cache: applicationCache }] : []),
  ].flatMap(({ key, cache: { memory } }) =>
    pickCacheSize(memory) === undefined
      ? [unsupported(key, `a cache of ${memory} on one instance, at most ${largestCache} GiB`, setCommand(key, `${largestCache} GiB`))]
      : [],
  );
}

function shareExists({ sharedFiles }: CloudPlan): readonly Problem[] {
  if (sharedFiles === undefined || pickShareCapacity(sharedFiles.size) !== undefined) return [];
  const key = "moodle:files.mode";
  return [unsupported(key, `a share of ${sharedFiles.size}, at most 100 TiB`, setCommand(key, "objectfs"))];
}

function diskIsOffered({ blockDisk }: CloudPlan): readonly Problem[] {
  if (blockDisk === undefined) return [];
  return diskProblems(blockDisk, { iops: mostIops(blockDisk.size), throughput: mostThroughput(blockDisk.iops) }, unsupported);
}

function originsAreReadable({ database, objectStore, sharedFiles, blockDisk }: CloudPlan): readonly Problem[] {
  const files = "moodle:files.restoreFrom";
  const asked = [
    { key: "moodle:database.restoreFrom", given: database.restoreFrom, allowed: originForm, reads: (text: string) => parseOrigin(text) !== undefined },
    { key: files, given: objectStore?.restoreFrom, allowed: "the name of a bucket", reads: (text: string) => /^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/.test(text) },
    {
      key: files,
      given: sharedFiles?.restoreFrom,
      allowed: "a backup of a Filestore instance, projects/…/locations/…/backups/… or one in a vault",
      reads: (text: string) => /^projects\/[^/\s]+\/locations\/[^/\s]+\/(backups|backupVaults\/[^/\s]+\/dataSources\/[^/\s]+\/backups)\/[^/\s]+$/.test(text),
    },
    {
      key: files,
      given: blockDisk?.restoreFrom,
      allowed: "the name of a snapshot of a disk",
      reads: (text: string) => /^(projects\/[^/\s]+\/global\/snapshots\/)?[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text),
    },
  ];
  return asked.flatMap(({ key, given, allowed, reads }) =>
    given === undefined || reads(given)
      ? []
      : [{ key, message: `"${given}" was given; allowed is ${allowed}`, remedy: `${setCommand(key, "<name>")}, or ${removeCommand(key)}` }],
  );
}
