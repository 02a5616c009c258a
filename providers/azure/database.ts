import * as postgres from "@pulumi/azure-native/dbforpostgresql";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { inDays } from "../../components/config/duration";
import { inGiB } from "../../components/config/size";
import type { DatabasePlan } from "../../components/plan/cloudPlan";
import type { DatabaseEndpoint } from "../contract";
import { checked } from "./checked";
import { lock } from "./lock";
import { databaseWindow } from "./maintenance";
import { createName } from "./names";
import type { Network } from "./network";
import { createPrivateZone } from "./privateEndpoint";
import { pointInTime } from "./references";
import type { Scope } from "./scope";
import { pickDatabaseSize, storageGiB, type DatabaseSize } from "./skus";

export interface Database {
  readonly server: postgres.Server;
  readonly size: DatabaseSize;
  readonly endpoint: DatabaseEndpoint;
  /** Pods that come before these find no database. */
  readonly ready: readonly pulumi.Resource[];
}

export const databasePort = 5432;

/** https://learn.microsoft.com/en-us/azure/postgresql/backup-restore/concepts-backup-restore#backup-retention */
const shortestRetention = 7;

/** The managed PostgreSQL. */
export function createDatabase(foundation: Scope, network: Network): Database {
  const scope = foundation.drawer("Database");
  const { database: plan, environment } = scope.plan;
  const size = checked(
    pickDatabaseSize(plan, environment, scope.settings.databaseSize),
    `size for ${plan.cpus} processors and ${plan.memory}`,
  );
  const password = new RandomPassword(
    scope.named("database"),
    // Azure wants three of four kinds of characters.
    { length: 40, special: false, minLower: 1, minUpper: 1, minNumeric: 1 },
    scope.stateful("keys"),
  );
  // The zone's name must end so, and must not be a server's.
  const names = createPrivateZone(scope, "database", `${scope.name}.private.postgres.database.azure.com`, network);
  const server = createServer();
  const database = createContents();
  const encrypted = new postgres.Configuration(
    scope.named("tls"),
    {
      resourceGroupName: scope.group.name,
      serverName: server.name,
      configurationName: "ssl_min_protocol_version",
      value: "TLSv1.2",
      source: "user-override",
    },
    // The server takes one change at a time.
    scope.child({ dependsOn: database }),
  );
  lock(scope, "database", "database", server.id, [...database, encrypted]);

  return {
    server,
    size,
    ready: [...database, encrypted],
    endpoint: {
      host: server.fullyQualifiedDomainName,
      port: databasePort,
      name: plan.name,
      user: plan.user,
      password: pulumi.secret(password.result),
      // By authorities that every system knows: DigiCert and Microsoft. The certificate carries the server's name.
      tls: { ca: "public", verify: "full" },
    },
  };

  function createServer() {
    return new postgres.Server(
      scope.named("database"),
      {
        ...scope.at("database"),
        serverName: createName(scope, "database", "database", "database"),
        version: plan.version,
        sku: { name: size.name, tier: size.tier },
        ...origin(plan),
        administratorLogin: plan.user,
        administratorLoginPassword: pulumi.secret(password.result),
        authConfig: { passwordAuth: "Enabled", activeDirectoryAuth: "Disabled" },
        storage: {
          type: "Premium_LRS",
          storageSizeGB: checked(storageGiB(plan.storage), `storage of ${plan.storage}`),
          autoGrow: inGiB(plan.storageLimit) > inGiB(plan.storage) ? "Enabled" : "Disabled",
        },
        highAvailability: { mode: plan.highAvailability ? "ZoneRedundant" : "Disabled" },
        backup: { backupRetentionDays: Math.max(shortestRetention, inDays(plan.retention)), geoRedundantBackup: "Disabled" },
        network: {
          delegatedSubnetResourceId: network.database.id,
          privateDnsZoneArmResourceId: names.zone.id,
          publicNetworkAccess: "Disabled",
        },
        maintenanceWindow: databaseWindow(scope.plan.maintenance),
      },
      scope.stateful("database", {
        dependsOn: [names.link],
        // A failover swaps the zones.
        ignoreChanges: ["availabilityZone", "highAvailability.standbyAvailabilityZone"],
        // The name is ours, so a new one cannot stand beside the old one.
        deleteBeforeReplace: true,
        // Restoring a large server and changing storage take hours.
        customTimeouts: { create: "3h", update: "3h", delete: "2h" },
      }),
    );
  }

  /** A restored server has its database already. */
  function createContents(): pulumi.Resource[] {
    if (plan.restoreFrom !== undefined) return [];
    return [
      new postgres.Database(
        scope.named("database"),
        { resourceGroupName: scope.group.name, serverName: server.name, databaseName: plan.name, charset: "UTF8", collation: "en_US.utf8" },
        scope.stateful("database"),
      ),
    ];
  }
}

function origin({ restoreFrom }: DatabasePlan) {
  if (restoreFrom === undefined) return { createMode: "Default" };
  const { server, time } = checked(pointInTime(restoreFrom), `database in "${restoreFrom}"`);
  return { createMode: "PointInTimeRestore", sourceServerResourceId: server, pointInTimeUTC: time };
}
