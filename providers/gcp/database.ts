import * as sql from "@pulumi/gcp/sql";
import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { inDays } from "../../components/config/duration";
import { inGiB } from "../../components/config/size";
import type { DatabasePlan } from "../../components/plan/cloudPlan";
import type { DatabaseEndpoint } from "../contract";
import { checked } from "./checked";
import { backupStart, databaseWindow } from "./maintenance";
import type { Network } from "./network";
import { originOf } from "./origin";
import type { Scope } from "./scope";
import { after } from "./services";
import { pickDatabaseTier, type DatabaseTier } from "./skus";

export interface Database {
  readonly instance: sql.DatabaseInstance;
  readonly tier: DatabaseTier;
  readonly endpoint: DatabaseEndpoint;
}

export const databasePort = 5432;

/** Days of transaction logs, which is how far back any moment can be restored: the most the edition has. */
const mostLogDays = 7;

/** The managed PostgreSQL. */
export function createDatabase(foundation: Scope, network: Network): Database {
  const scope = foundation.drawer("Database");
  const { plan: whole, project } = scope;
  const { database: plan, environment, maintenance, region } = whole;
  const tier = checked(
    pickDatabaseTier(plan, environment, scope.settings.databaseTier),
    `tier for ${plan.cpus} processors and ${plan.memory}`,
  );
  const password = new RandomPassword(scope.named("database"), { length: 40, special: false }, scope.stateful("keys"));
  // An instance's name cannot be used again for a week: the next platform, or the one in its place, needs another.
  const suffix = new RandomId(scope.named("database"), { byteLength: 4 }, scope.stateful("database"));
  const instance = createInstance();
  const database = createContents();

  return {
    instance,
    tier,
    endpoint: {
      // Whoever asks for the address may use the database: not before there is one, and somebody to use it.
      host: pulumi.all([instance.privateIpAddress, ...database.map(({ id }) => id)]).apply(([address]) => checked(address, "address of the database")),
      port: databasePort,
      name: plan.name,
      user: plan.user,
      password: pulumi.secret(password.result),
      // The instance has an authority of its own, which signs for nobody else: whom it vouches for is the instance. The
      // certificate names the instance and not its address, so a name could not be compared.
      tls: { ca: authorities(instance), verify: "ca" },
    },
  };

  function createInstance() {
    return new sql.DatabaseInstance(
      scope.named("database"),
      {
        name: scope.cloudName("database", "other", suffix.hex),
        project,
        region,
        databaseVersion: `POSTGRES_${plan.version}`,
        ...originOf(plan.restoreFrom, project),
        settings: {
          tier: tier.name,
          // PostgreSQL 16 and later would be ENTERPRISE_PLUS by themselves, which has other tiers.
          edition: "ENTERPRISE",
          availabilityType: plan.highAvailability ? "REGIONAL" : "ZONAL",
          diskType: "PD_SSD",
          diskSize: Math.ceil(inGiB(plan.storage)),
          ...growth(plan),
          ipConfiguration: {
            ipv4Enabled: false,
            privateNetwork: network.network.id,
            allocatedIpRange: network.dataRange,
            sslMode: "ENCRYPTED_ONLY",
            serverCaMode: "GOOGLE_MANAGED_INTERNAL_CA",
          },
          backupConfiguration: {
            enabled: true,
            pointInTimeRecoveryEnabled: true,
            startTime: backupStart(maintenance),
            location: region,
            transactionLogRetentionDays: Math.min(mostLogDays, inDays(plan.retention)),
            backupRetentionSettings: { retainedBackups: inDays(plan.retention), retentionUnit: "COUNT" },
          },
          maintenanceWindow: databaseWindow(maintenance),
          insightsConfig: { queryInsightsEnabled: true },
          deletionProtectionEnabled: scope.keeps("database"),
          retainBackupsOnDelete: true,
          finalBackupConfig: { enabled: true, retentionDays: inDays(plan.retention) },
          userLabels: scope.labels("database"),
        },
        deletionProtection: scope.keeps("database"),
      },
      scope.stateful("database", {
        dependsOn: [network.peering, ...after(scope.apis, "sqladmin")],
        // Where it grows by itself, asking for the size it began with would mean to shrink it.
        ignoreChanges: grows(plan) ? ["settings.diskSize"] : [],
        // Restoring a large backup takes hours.
        customTimeouts: { create: "3h", update: "3h", delete: "2h" },
      }),
    );
  }

  /** A restored instance has its database already. A user of the same name is given the new password. */
  function createContents(): pulumi.CustomResource[] {
    const user = new sql.User(
      scope.named("database"),
      // The role owns what is in the database, and cannot be deleted before it: both go with the instance.
      { name: plan.user, project, instance: instance.name, password: password.result, deletionPolicy: "ABANDON" },
      scope.child({ deleteBeforeReplace: false }),
    );
    if (plan.restoreFrom !== undefined) return [user];
    const database = new sql.Database(
      scope.named("database"),
      { name: plan.name, project, instance: instance.name, charset: "UTF8", collation: "en_US.UTF8", deletionPolicy: "ABANDON" },
      scope.stateful("database"),
    );
    return [user, database];
  }
}

function authorities(instance: sql.DatabaseInstance): pulumi.Output<string>[] {
  // Certificates are for everybody; they come beside what is not.
  return [pulumi.unsecret(instance.serverCaCerts.apply((certificates) => certificates.map(({ cert }) => cert).join("\n")))];
}

/** A limit that is not above the storage means that it does not grow; to Cloud SQL no limit would mean without end. */
function growth(plan: DatabasePlan) {
  return grows(plan) ? { diskAutoresize: true, diskAutoresizeLimit: Math.ceil(inGiB(plan.storageLimit)) } : { diskAutoresize: false };
}

function grows({ storage, storageLimit }: DatabasePlan): boolean {
  return Math.ceil(inGiB(storageLimit)) > Math.ceil(inGiB(storage));
}
