import * as rds from "@pulumi/aws/rds";
import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { inDays } from "../../components/config/duration";
import { inGiB } from "../../components/config/size";
import type { DatabasePlan } from "../../components/plan/cloudPlan";
import type { DatabaseEndpoint } from "../contract";
import { authorityName, databaseAuthority } from "./authorities";
import { checked } from "./checked";
import type { Keys } from "./keys";
import { createLogGroup } from "./logGroup";
import { backupWindow, maintenanceWindow } from "./maintenance";
import type { Network } from "./network";
import { trustService } from "./policy";
import { createRole } from "./role";
import type { Scope } from "./scope";
import { createClosedGroup, type Guarded } from "./securityGroup";
import { pickDatabaseClass, type DatabaseClass } from "./skus";

export interface Database {
  readonly instance: rds.Instance;
  /** The instance's name, known before the instance. */
  readonly identifier: pulumi.Output<string>;
  readonly class: DatabaseClass;
  readonly endpoint: DatabaseEndpoint;
  readonly guarded: Guarded;
}

export const databasePort = 5432;

/** The managed PostgreSQL. */
export function createDatabase(foundation: Scope, network: Network, keys: Keys): Database {
  const scope = foundation.drawer("Database");
  const { database: plan, environment, maintenance, region } = scope.plan;
  const machine = checked(
    pickDatabaseClass(plan, environment, scope.settings.databaseInstanceClass),
    `class for ${plan.cpus} processors and ${plan.memory}`,
  );

  const password = new RandomPassword(
    scope.named("database"),
    { length: 40, special: false },
    scope.stateful("keys"),
  );
  // RDS writes its logs where the instance's name says, so the name is ours: else they would be kept for ever.
  const suffix = new RandomId(scope.named("database"), { byteLength: 4 }, scope.stateful("database"));
  const identifier = pulumi.interpolate`${scope.named("database")}-${suffix.hex}`;
  const logs = (["postgresql", "upgrade"] as const).map((log) => ({
    log,
    group: createLogGroup(scope, `database-${log}`, keys, pulumi.interpolate`/aws/rds/instance/${identifier}/${log}`),
  }));
  const subnets = new rds.SubnetGroup(
    scope.named("database"),
    { subnetIds: network.zones.map(({ dataSubnet }) => dataSubnet.id), tags: scope.tags("database") },
    scope.child(),
  );
  const group = createClosedGroup(scope, "database", network, "The database");
  const parameters = createParameters();
  const monitoring = createRole(scope, "database-monitoring", {
    trust: trustService("monitoring.rds.amazonaws.com"),
    managed: ["service-role/AmazonRDSEnhancedMonitoringRole"],
  });
  const instance = createInstance();

  return {
    instance,
    identifier,
    class: machine,
    endpoint: {
      host: instance.address,
      port: databasePort,
      name: plan.name,
      user: plan.user,
      password: pulumi.secret(password.result),
      tls: { ca: [checked(databaseAuthority(region), `authority in ${region}`)], verify: "full" },
    },
    guarded: { role: "database", group, port: databasePort },
  };

  function createParameters() {
    return new rds.ParameterGroup(
      scope.named("database"),
      {
        family: `postgres${plan.version}`,
        description: "Connections are encrypted or refused",
        parameters: [{ name: "rds.force_ssl", value: "1" }],
        tags: scope.tags("database"),
      },
      scope.child(),
    );
  }

  function createInstance() {
    return new rds.Instance(
      scope.named("database"),
      {
        identifier,
        engine: "postgres",
        // Major version only: AWS moves the minor one.
        engineVersion: plan.version,
        allowMajorVersionUpgrade: true,
        autoMinorVersionUpgrade: true,
        engineLifecycleSupport: "open-source-rds-extended-support-disabled",
        instanceClass: machine.name,
        multiAz: plan.highAvailability,

        dbName: plan.name,
        username: plan.user,
        password: password.result,
        port: databasePort,
        parameterGroupName: parameters.name,
        caCertIdentifier: authorityName,

        storageType: "gp3",
        allocatedStorage: Math.ceil(inGiB(plan.storage)),
        ...growth(plan),
        storageEncrypted: true,
        ...origin(plan, keys),

        dbSubnetGroupName: subnets.name,
        vpcSecurityGroupIds: [group.id],
        publiclyAccessible: false,

        backupRetentionPeriod: inDays(plan.retention),
        backupWindow: backupWindow(maintenance),
        maintenanceWindow: maintenanceWindow(maintenance),
        copyTagsToSnapshot: true,
        deleteAutomatedBackups: false,
        deletionProtection: scope.keeps("database"),
        skipFinalSnapshot: false,
        finalSnapshotIdentifier: pulumi.interpolate`${identifier}-final`,
        // What a preview showed has happened when the update ends, not on some night after it.
        applyImmediately: true,

        performanceInsightsEnabled: true,
        performanceInsightsKmsKeyId: keys.data.arn,
        performanceInsightsRetentionPeriod: 7,
        databaseInsightsMode: "standard",
        monitoringInterval: 60,
        monitoringRoleArn: monitoring.arn,
        enabledCloudwatchLogsExports: logs.map(({ log }) => log),
        tags: scope.tags("database"),
      },
      scope.stateful("database", {
        dependsOn: [...logs.map((each) => each.group), ...monitoring.permissions],
        // The name is ours, so a new one cannot stand beside the old one. The old one leaves a final snapshot.
        deleteBeforeReplace: true,
        // Restoring a large snapshot and changing storage take hours.
        customTimeouts: { create: "3h", update: "3h", delete: "2h" },
      }),
    );
  }
}

/** RDS refuses a limit that is not above the storage. */
function growth({ storage, storageLimit }: DatabasePlan) {
  return Math.ceil(inGiB(storageLimit)) > Math.ceil(inGiB(storage)) ? { maxAllocatedStorage: Math.ceil(inGiB(storageLimit)) } : {};
}

/** A restored database keeps the key of its snapshot: asking for another would replace it. */
function origin({ restoreFrom }: DatabasePlan, keys: Keys) {
  return restoreFrom === undefined ? { kmsKeyId: keys.data.arn } : { snapshotIdentifier: restoreFrom };
}
