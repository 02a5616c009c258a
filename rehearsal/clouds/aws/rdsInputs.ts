import type { Problem } from "../../provider/behaviour";
import { flag, number, type Properties, text } from "../../provider/properties";
import { choiceProblems, choicesProblems, nameProblems } from "../reference";
import { windowProblems } from "./windows";

type Rule = (inputs: Properties) => readonly Problem[];

const RESERVED_USERS = ["admin", "rdsadmin", "postgres_admin", "rds_superuser", "user", "public"];
const IDENTIFIER = /^(?!.*--)[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** From this size on gp3 stripes over four volumes: more throughput, and IOPS can be chosen. */
const STRIPED_FROM = 400;

/** What the service and its provider refuse of a PostgreSQL instance by looking at it alone. */
export function instanceProblems(inputs: Properties): readonly Problem[] {
  return RULES.flatMap((rule) => rule(inputs));
}

const RULES: readonly Rule[] = [
  (inputs) => nameProblems(inputs, "identifier", IDENTIFIER, "up to 63 lower-case letters, digits and single hyphens, beginning with a letter, not ending with a hyphen"),
  (inputs) => nameProblems(inputs, "dbName", /^[A-Za-z_][A-Za-z0-9_]{0,62}$/, "up to 63 letters, digits and _, beginning with a letter"),
  (inputs) => nameProblems(inputs, "instanceClass", /^db\.[a-z0-9]+\.[a-z0-9]+$/, "a class such as db.m8g.large"),
  (inputs) => nameProblems(inputs, "finalSnapshotIdentifier", /^(?!.*--)[A-Za-z][0-9A-Za-z-]*(?<!-)$/, "letters, digits and single hyphens, beginning with a letter, not ending with a hyphen"),
  (inputs) => choiceProblems(inputs, "storageType", ["gp2", "gp3", "io1", "io2", "standard"]),
  (inputs) => choiceProblems(inputs, "databaseInsightsMode", ["standard", "advanced"]),
  (inputs) => choiceProblems(inputs, "caCertIdentifier", ["rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"]),
  (inputs) => (text(inputs, "engine") === "postgres" ? choicesProblems(inputs, "enabledCloudwatchLogsExports", ["postgresql", "upgrade", "iam-db-auth-error"]) : []),
  user,
  password,
  storage,
  performance,
  windows,
  monitoring,
];

function user(inputs: Properties): readonly Problem[] {
  const name = text(inputs, "username");
  if (name === undefined) return [];
  if (RESERVED_USERS.includes(name.toLowerCase())) {
    return [{ property: "username", reason: `MasterUsername ${name} cannot be used as it is a reserved word used by the engine` }];
  }
  return nameProblems(inputs, "username", /^[A-Za-z][A-Za-z0-9_]{0,62}$/, "up to 63 letters, digits and _, beginning with a letter");
}

// The message never repeats the password.
function password(inputs: Properties): readonly Problem[] {
  const given = text(inputs, "password");
  const refused = (reason: string): readonly Problem[] => [{ property: "password", reason: `The parameter MasterUserPassword is not a valid password${reason}` }];
  if (given === undefined) {
    const other = ["password", "passwordWo", "manageMasterUserPassword", "snapshotIdentifier", "replicateSourceDb", "restoreToPointInTime", "s3Import"];
    if (other.some((name) => inputs[name] !== undefined)) return [];
    return [{ property: "password", reason: "The parameter MasterUserPassword must be provided and must not be blank." }];
  }
  if (given.length < 8) return refused(" because it is shorter than 8 characters.");
  if (given.length > 128) return refused(" because it is longer than 128 characters.");
  if (/^[!-~]+$/.test(given) && !/[/@"]/.test(given)) return [];
  return refused(". Only printable ASCII characters besides '/', '@', '\"', ' ' may be used.");
}

function storage(inputs: Properties): readonly Problem[] {
  const size = number(inputs, "allocatedStorage");
  const limit = number(inputs, "maxAllocatedStorage");
  if (size === undefined) return [];
  const type = text(inputs, "storageType") ?? "gp2";
  const [least, most] = type.startsWith("io") ? [100, 65_536] : [20, 65_536];
  return [
    ...(size >= least && size <= most ? [] : [{ property: "allocatedStorage", reason: `Invalid storage size for engine name ${text(inputs, "engine")} and storage type ${type}: ${size}` }]),
    ...(limit === undefined || limit === 0 || limit > size ? [] : [{ property: "maxAllocatedStorage", reason: "Max storage size must be greater than storage size" }]),
  ];
}

function performance(inputs: Properties): readonly Problem[] {
  const type = text(inputs, "storageType") ?? "gp2";
  const chosen = ["iops", "storageThroughput"].filter((name) => number(inputs, name) !== undefined);
  const size = number(inputs, "allocatedStorage") ?? STRIPED_FROM;
  if (type === "gp3" && chosen.length > 0 && size < STRIPED_FROM) {
    return [{ property: chosen[0] ?? "", reason: `You can't specify IOPS or storage throughput for engine ${text(inputs, "engine")} and a storage size less than ${STRIPED_FROM}.` }];
  }
  if (type.startsWith("io") && inputs.iops === undefined) return [{ property: "iops", reason: `The parameter Iops must be provided for storage type ${type}.` }];
  if (type === "gp3" || !chosen.includes("storageThroughput")) return [];
  return [{ property: "storageThroughput", reason: `You can't specify storage throughput for storage type ${type}.` }];
}

function windows(inputs: Properties): readonly Problem[] {
  const days = number(inputs, "backupRetentionPeriod");
  const retention = days === undefined || (days >= 0 && days <= 35) ? [] : [{ property: "backupRetentionPeriod", reason: `Invalid backup retention period: ${days}. Must be between 0 and 35` }];
  return [...retention, ...windowProblems(text(inputs, "backupWindow"), text(inputs, "maintenanceWindow"))];
}

function monitoring(inputs: Properties): readonly Problem[] {
  const interval = number(inputs, "monitoringInterval") ?? 0;
  const days = number(inputs, "performanceInsightsRetentionPeriod");
  const paid = days === undefined || days === 7 || days === 731 || (days % 31 === 0 && days <= 713);
  const advanced = text(inputs, "databaseInsightsMode") === "advanced" && (flag(inputs, "performanceInsightsEnabled") !== true || (days ?? 0) < 465);
  return [
    ...([0, 1, 5, 10, 15, 30, 60].includes(interval) ? [] : [{ property: "monitoringInterval", reason: `expected monitoringInterval to be one of 0, 1, 5, 10, 15, 30, 60 seconds, got ${interval}` }]),
    ...(interval > 0 && inputs.monitoringRoleArn === undefined ? [{ property: "monitoringRoleArn", reason: "A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0." }] : []),
    ...(paid ? [] : [{ property: "performanceInsightsRetentionPeriod", reason: `expected 7, a multiple of 31 up to 713, or 731 days, got ${days}` }]),
    ...(advanced ? [{ property: "databaseInsightsMode", reason: "the advanced mode of Database Insights needs performanceInsightsEnabled and a retention of at least 465 days" }] : []),
  ];
}
