import { inGiB } from "../../components/config/size";
import { removeCommand, setCommand, type Problem } from "../../components/config/problem";
import type { CloudPlan } from "../../components/plan/cloudPlan";
import { overlap } from "../../components/plan/ranges";
import { UnsupportedError } from "../errors";
import { diskProblems, limitsOf, versionProblems, type DiskKind } from "../sharedChecks";
import { databaseAuthority } from "./authorities";
import { serviceRange } from "./cluster";
import { awsSettings } from "./config";
import { stackCredentials } from "./credentials";
import { cacheNodes, databaseClasses, maxConnections, pickCacheNode, pickDatabaseClass, reservedConnections } from "./skus";

type Check = (plan: CloudPlan) => readonly Problem[];

const checks: readonly Check[] = [
  regionIsKnown,
  versionsAreOffered,
  deployersArePrincipals,
  toolsGetCredentials,
  zoneIsAHostedZone,
  networkLeavesRoomForServices,
  databaseClassExists,
  databaseHasConnections,
  cacheNodesExist,
  diskIsOffered,
  filesCanBeRestored,
  windowsDoNotOverlap,
];

/** What AWS cannot do of a plan, or cannot read in it. */
export function checkPlan(plan: CloudPlan): Problem[] {
  return checks.flatMap((check) => check(plan));
}

function unsupported(key: string, feature: string, alternative: string): UnsupportedError {
  return new UnsupportedError("aws", key, feature, alternative);
}

/** A region is known when its databases' certificates can be verified. China and GovCloud have other names for everything. */
function regionIsKnown({ region }: CloudPlan): readonly Problem[] {
  if (databaseAuthority(region) !== undefined) return [];
  return [
    unsupported(
      "aws:region",
      `the region ${region} to this adapter, which has no certificate of its databases' authority`,
      "pulumi config set aws:region eu-central-1, or another region that is open to every account",
    ),
  ];
}

/**
 * EKS: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html;
 * RDS and ElastiCache: their release notes. All as of 2026-11.
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
      what: "Valkey",
      version,
      from: offered.valkey,
    })),
  ];
  return versionProblems(asked, unsupported);
}

function deployersArePrincipals({ cluster }: CloudPlan): readonly Problem[] {
  const principal = /^arn:aws:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/;
  const session = /^arn:aws:sts::(\d{12}):assumed-role\/([^/]+)\//;
  return cluster.deployers.flatMap((deployer, index) => {
    if (principal.test(deployer)) return [];
    const key = `moodle:cluster.deployers[${index}]`;
    const assumed = session.exec(deployer);
    return [
      {
        key,
        message: `"${deployer}" was given; allowed is the ARN of an IAM role or user, not of a session`,
        remedy: setCommand(key, assumed ? `arn:aws:iam::${assumed[1]}:role/${assumed[2]}` : "arn:aws:iam::<account>:role/<name>"),
      },
    ];
  });
}

function toolsGetCredentials({ cluster }: CloudPlan): readonly Problem[] {
  const key = "moodle:cluster.credentials";
  const { profile, roles } = stackCredentials();
  if (cluster.credentials === "environment" && (profile !== undefined || roles.length > 0)) {
    return [
      unsupported(
        key,
        `tokens from the environment alone to a stack that sets ${profile === undefined ? "aws:assumeRoles" : "aws:profile"}`,
        `${setCommand(key, "cli")}, or put the role's own credentials into the environment and remove the key`,
      ),
    ];
  }
  if (cluster.credentials === "cli" && roles.length > 1) {
    return [
      unsupported(
        key,
        `tokens by its command line through ${roles.length} roles of aws:assumeRoles, only through one`,
        "name the last role in a profile of your AWS configuration, and set aws:profile instead",
      ),
    ];
  }
  return [];
}

function zoneIsAHostedZone({ ingress: { dnsZone } }: CloudPlan): readonly Problem[] {
  if (dnsZone === undefined || /^Z[A-Z0-9]{1,31}$/.test(dnsZone)) return [];
  const key = "moodle:ingress.dnsZone";
  return [
    {
      key,
      message: `"${dnsZone}" was given; allowed is the ID of a public hosted zone of Route 53, such as Z0123456789ABCDEFGHIJ`,
      remedy: `${setCommand(key, "<zone ID>")} (aws route53 list-hosted-zones-by-name prints it)`,
    },
  ];
}

function networkLeavesRoomForServices({ network: { range } }: CloudPlan): readonly Problem[] {
  if (!overlap(range, serviceRange)) return [];
  const key = "moodle:network.range";
  return [
    {
      key,
      message: `"${range}" was given; it overlaps ${serviceRange}, where the cluster's Services get their addresses`,
      remedy: setCommand(key, "10.64.0.0/16"),
    },
  ];
}

function databaseClassExists(plan: CloudPlan): readonly Problem[] {
  const { cpus, memory } = plan.database;
  if (pickDatabaseClass(plan.database, plan.environment, awsSettings(plan).databaseInstanceClass)) return [];
  const most = Math.max(...databaseClasses.map((each) => each.cpus));
  return [
    unsupported(
      "moodle:sizing.databaseCpus",
      `a database with ${cpus} processors and ${memory} of memory, at most ${most} processors`,
      setCommand("moodle:sizing.databaseCpus", String(most)),
    ),
  ];
}

function databaseHasConnections(plan: CloudPlan): readonly Problem[] {
  const picked = pickDatabaseClass(plan.database, plan.environment, awsSettings(plan).databaseInstanceClass);
  if (picked === undefined) return [];
  const allowed = maxConnections(picked) - reservedConnections;
  const { connections } = plan.database;
  if (connections <= allowed) return [];
  const enough = databaseClasses.find(
    (each) => each.memory > picked.memory && each.burstable === picked.burstable && maxConnections(each) - reservedConnections >= connections,
  );
  return [
    {
      key: "moodle:aws.databaseInstanceClass",
      message: `the pods may open ${connections} connections; ${picked.name} allows ${allowed}`,
      remedy: enough
        ? setCommand("moodle:aws.databaseInstanceClass", enough.name)
        : setCommand("moodle:sizing.webReplicasMax", "<fewer>"),
    },
  ];
}

function cacheNodesExist(plan: CloudPlan): readonly Problem[] {
  const { environment, sessionCache, applicationCache } = plan;
  const chosen = awsSettings(plan).cacheNodeType;
  const most = Math.max(...cacheNodes.map((each) => each.memory));
  const asked = [
    { key: "moodle:sizing.sessionCacheMemory", cache: sessionCache },
    ...(applicationCache ? [{ key: "moodle:sizing.applicationCacheMemory", cache: applicationCache }] : []),
  ];
  return asked.flatMap(({ key, cache: { memory } }): Problem[] => {
    const node = pickCacheNode(memory, environment, chosen);
    if (node === undefined) {
      return [unsupported(key, `a cache of ${memory} on one node, at most ${most} GiB`, setCommand(key, "100 GiB"))];
    }
    if (node.memory >= inGiB(memory)) return [];
    return [
      {
        key: "moodle:aws.cacheNodeType",
        message: `"${node.name}" was given; it holds ${node.memory} GiB and the plan needs ${memory} (${key})`,
        remedy: removeCommand("moodle:aws.cacheNodeType"),
      },
    ];
  });
}

/** Of gp3: https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html */
const disk: DiskKind = { mostIops: 80_000, mostIopsOfGiB: 500, mostThroughput: 2000, mostThroughputOfIops: 0.25 };

function diskIsOffered({ blockDisk }: CloudPlan): readonly Problem[] {
  return blockDisk === undefined ? [] : diskProblems(blockDisk, limitsOf(blockDisk, disk), unsupported);
}

function filesCanBeRestored(plan: CloudPlan): readonly Problem[] {
  const { objectStore, sharedFiles, blockDisk } = plan;
  const key = "moodle:files.restoreFrom";
  if (sharedFiles?.restoreFrom !== undefined) {
    return [
      unsupported(
        key,
        "a shared file system that starts from another",
        `${removeCommand(key)}; bring the platform up empty and restore the file system's backup into it`,
      ),
    ];
  }
  if (blockDisk?.restoreFrom !== undefined && !/^snap-[0-9a-f]+$/.test(blockDisk.restoreFrom)) {
    return [{ key, message: `"${blockDisk.restoreFrom}" was given; allowed is the ID of an EBS snapshot, such as snap-0123456789abcdef0`, remedy: setCommand(key, "<snapshot>") }];
  }
  if (objectStore?.restoreFrom !== undefined && awsSettings(plan).dataKey === undefined) {
    const missing = "moodle:aws.dataKey";
    return [
      {
        key: missing,
        message: "is missing; with files.restoreFrom it is the key that the bucket's objects are encrypted with",
        remedy: `${setCommand(missing, "<ARN>")} (aws s3api get-bucket-encryption --bucket ${objectStore.restoreFrom} prints it)`,
      },
    ];
  }
  return [];
}

function windowsDoNotOverlap({ maintenance: { hour, backupHour } }: CloudPlan): readonly Problem[] {
  if (hour !== backupHour) return [];
  const key = "moodle:maintenance.backupHour";
  return [
    {
      key,
      message: `${backupHour} was given; AWS refuses backups inside the maintenance window, which opens at ${hour}`,
      remedy: setCommand(key, String((hour + 22) % 24)),
    },
  ];
}
