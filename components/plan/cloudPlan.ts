import type { Duration } from "../config/duration";
import type { Environment } from "../config/environment";
import type { StatefulResource } from "../config/groups/dataLoss";
import type { BroughtSecret } from "../config/schema";
import type { Size } from "../config/size";

/**
 * The part of the plan a cloud answers: plain data, no cloud's words and nothing about Moodle. Every adapter gets the
 * same one.
 */
export interface CloudPlan {
  readonly environment: Environment;
  readonly region: string;
  /** The cloud's own keys, as its adapter declared them. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Which secrets of what exists already are set; undefined: none. */
  readonly broughtSecrets?: readonly BroughtSecret[];
  /** Labels for everything that is paid for. */
  readonly tags: Readonly<Record<string, string>>;
  /** What somebody consented to lose: only there protection is off. */
  readonly unprotected: readonly StatefulResource[];
  readonly maintenance: MaintenancePlan;
  readonly network: NetworkPlan;
  readonly cluster: ClusterPlan;
  readonly database: DatabasePlan;
  readonly sessionCache: CachePlan;
  /** Undefined: shares the session cache's instance. */
  readonly applicationCache?: CachePlan;
  readonly objectStore?: ObjectStorePlan;
  readonly sharedFiles?: SharedFilesPlan;
  readonly blockDisk?: BlockDiskPlan;
  readonly ingress: IngressPlan;
  readonly backup: BackupPlan;
  readonly workload: WorkloadPlan;
  readonly observability: ObservabilityPlan;
}

export interface MaintenancePlan {
  readonly day: "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";
  /** Hour the window of one hour opens, UTC, 0 to 20. */
  readonly hour: number;
  /** Hour of daily backups, UTC, 0 to 23. */
  readonly backupHour: number;
}

/** One zone's subnets. Zones are numbered from 1: a subnet's number is its identity, whatever the zone is called. */
export interface ZonePlan {
  readonly number: number;
  /** Nodes and pods. */
  readonly privateRange: string;
  /** Database, caches and shares. */
  readonly dataRange: string;
  /** Load balancer and the way out. */
  readonly publicRange: string;
}

export interface NetworkPlan {
  readonly range: string;
  readonly zones: readonly ZonePlan[];
  readonly natPerZone: boolean;
  readonly flowLogs: boolean;
}

export interface ClusterPlan {
  /** Minor version, such as `1.35`. */
  readonly version: string;
  /** Who reaches the API from outside; empty: nobody. */
  readonly endpointRanges: readonly string[];
  /** Administrators, by the cloud's own identifiers. */
  readonly deployers: readonly string[];
  /** How tools get a token: the cloud's command line, or the environment alone. */
  readonly credentials: "cli" | "environment";
}

export interface DatabasePlan {
  /** Major version of PostgreSQL. */
  readonly version: string;
  readonly cpus: number;
  readonly memory: Size;
  readonly storage: Size;
  readonly storageLimit: Size;
  readonly highAvailability: boolean;
  readonly retention: Duration;
  /** Connections all pods together may open; the instance must allow more. */
  readonly connections: number;
  readonly name: string;
  readonly user: string;
  /** Snapshot a new database starts from, by the cloud's own name. */
  readonly restoreFrom?: string;
}

export interface CachePlan {
  /** Version of Valkey, such as `8.2`; a cloud without it answers with a compatible Redis. */
  readonly version: string;
  readonly memory: Size;
  readonly highAvailability: boolean;
  /** What happens when memory is full: refuse writes, or drop the least recently used. */
  readonly whenFull: "refuse" | "evict";
}

export interface ObjectStorePlan {
  /** How long deleted and overwritten objects are kept: longer than the oldest restorable database. */
  readonly deletedRetention: Duration;
  /** Origins whose pages may fetch objects in a browser. */
  readonly origins: readonly string[];
  /** Whether the application may delete objects. */
  readonly mayDelete: boolean;
  /** A bucket that exists already and is taken over, by the cloud's own name; undefined: a new one. */
  readonly restoreFrom?: string;
}

/** The user and group files belong to. */
export interface FileOwner {
  readonly user: number;
  readonly group: number;
}

export interface SharedFilesPlan {
  /** What will be stored, where a cloud asks in advance. */
  readonly size: Size;
  readonly owner: FileOwner;
  /** What they are restored from, by the cloud's own name. */
  readonly restoreFrom?: string;
}

export interface BlockDiskPlan {
  readonly size: Size;
  readonly iops: number;
  /** MiB a second. */
  readonly throughput: number;
  /** Number of the zone the disk is in. */
  readonly zone: number;
  readonly owner: FileOwner;
  /** Snapshot the disk starts from, by the cloud's own name. */
  readonly restoreFrom?: string;
}

export interface IngressPlan {
  readonly hostname: string;
  /** The managed zone by the cloud's own identifier; undefined: records are made by hand. */
  readonly dnsZone?: string;
  readonly allowedRanges: readonly string[];
}

export interface BackupPlan {
  readonly retention: Duration;
}

/** Who needs an identity in the cloud: `namespace/serviceAccount`, by role. */
export interface WorkloadPlan {
  readonly namespace: string;
  /** The account of every pod that reads or writes the object store. */
  readonly serviceAccount: string;
  /** The account and namespace that prove ownership of the DNS zone to the certificate authority. */
  readonly certificates: { readonly namespace: string; readonly serviceAccount: string };
}

export const alarmNames = [
  "databaseStorage",
  "databaseConnections",
  "certificateExpiry",
  "cronAge",
  "failedJob",
] as const;
export type AlarmName = (typeof alarmNames)[number];

/** An alarm that a line of JSON in the pods' logs sets off. */
export interface LogAlarm {
  readonly alarm: AlarmName;
  /** Value of the line's field `event`. */
  readonly event: string;
  /**
   * - `seen`: any such line is an alarm.
   * - `silent`: no such line for `period` is an alarm.
   * - `below`: such a line whose field `field` is below `threshold` is an alarm.
   */
  readonly when: "seen" | "silent" | "below";
  readonly period: Duration;
  readonly field?: string;
  readonly threshold?: number;
}

export interface ObservabilityPlan {
  readonly logRetention: Duration;
  readonly alarmEmails: readonly string[];
  /** Share of the database's connections in use that is an alarm, 0 to 1. */
  readonly connectionsAlarmAt: number;
  /** Share of the storage the database began with that is still free when it is an alarm, 0 to 1. */
  readonly storageAlarmAt: number;
  readonly logAlarms: readonly LogAlarm[];
}
