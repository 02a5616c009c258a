import * as monitor from "@pulumi/azure-native/monitor";
import type { Output } from "@pulumi/pulumi";
import { inGiB } from "../../components/config/size";
import { alarmNames, type AlarmName } from "../../components/plan/cloudPlan";
import type { Observability } from "../contract";
import type { Cluster } from "./cluster";
import type { Database } from "./database";
import { createLogAlarm } from "./logAlarm";
import type { PodLogs } from "./podLogs";
import type { Scope } from "./scope";

/** The alarms and whom they tell, and what cluster and database log themselves. */
export function createObservability(foundation: Scope, database: Database, cluster: Cluster, podLogs: PodLogs): Observability {
  const scope = foundation.drawer("Observability");
  const { observability: plan, database: databasePlan } = scope.plan;
  const told = createActionGroup();
  keepLogs("cluster", cluster.cluster.id, ["kube-apiserver", "kube-audit-admin", "kube-controller-manager", "kube-scheduler", "guard"]);
  keepLogs("database", database.server.id, ["PostgreSQLLogs"]);

  const databaseStorage = createMetricAlarm("databaseStorage", {
    description: "The database's free storage is short, and growing on its own did not help for an hour",
    metricName: "storage_free",
    timeAggregation: "Maximum",
    operator: "LessThan",
    threshold: Math.round(plan.storageAlarmAt * inGiB(databasePlan.storage) * 1024 ** 3),
    // Azure grows the storage when a tenth of it is left: only what lasts longer than that is somebody's business.
    windowSize: "PT1H",
  });
  const databaseConnections = createMetricAlarm("databaseConnections", {
    description: "The database is running out of connections",
    metricName: "active_connections",
    timeAggregation: "Maximum",
    operator: "GreaterThan",
    threshold: Math.floor(plan.connectionsAlarmAt * database.size.connections),
    windowSize: "PT5M",
  });
  const fromLogs = Object.fromEntries(plan.logAlarms.map((alarm) => [alarm.alarm, createLogAlarm(scope, podLogs, told.id, alarm)]));

  return {
    podLogs: podLogs.workspace.name,
    alarms: complete({ databaseStorage, databaseConnections, ...fromLogs }),
  };

  function createActionGroup() {
    return new monitor.ActionGroup(
      scope.named("alarms"),
      {
        ...scope.at("alarms"),
        location: "global",
        groupShortName: "moodle",
        enabled: true,
        emailReceivers: [...new Set(plan.alarmEmails)].sort().map((email) => ({ name: email, emailAddress: email, useCommonAlertSchema: true })),
      },
      scope.child(),
    );
  }

  function keepLogs(role: string, resourceUri: Output<string>, categories: readonly string[]) {
    new monitor.DiagnosticSetting(
      scope.named(`${role}-logs`),
      {
        resourceUri,
        name: "workspace",
        workspaceId: podLogs.workspace.id,
        logAnalyticsDestinationType: "Dedicated",
        logs: categories.map((category) => ({ category, enabled: true })),
      },
      scope.child(),
    );
  }

  interface MetricAlarm {
    readonly description: string;
    readonly metricName: string;
    readonly timeAggregation: string;
    readonly operator: string;
    readonly threshold: number;
    readonly windowSize: string;
  }

  /** https://learn.microsoft.com/en-us/azure/postgresql/monitor/concepts-monitoring#list-of-metrics */
  function createMetricAlarm(alarm: AlarmName, { description, windowSize, ...metric }: MetricAlarm): Output<string> {
    const role = `alarm-${alarm}`;
    return new monitor.MetricAlert(
      scope.named(role),
      {
        ...scope.at(role),
        location: "global",
        description,
        enabled: true,
        severity: 1,
        scopes: [database.server.id],
        evaluationFrequency: "PT5M",
        windowSize,
        criteria: {
          odataType: "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
          allOf: [
            {
              name: alarm,
              criterionType: "StaticThresholdCriterion",
              metricNamespace: "Microsoft.DBforPostgreSQL/flexibleServers",
              ...metric,
            },
          ],
        },
        actions: [{ actionGroupId: told.id }],
      },
      scope.child(),
    ).name;
  }
}

function complete(alarms: Readonly<Partial<Record<AlarmName, Output<string>>>>): Readonly<Record<AlarmName, Output<string>>> {
  return Object.fromEntries(
    alarmNames.map((name) => {
      const alarm = alarms[name];
      if (alarm === undefined) throw new Error(`the plan's observability.logAlarms has nothing for ${name}`);
      return [name, alarm];
    }),
  ) as Record<AlarmName, Output<string>>;
}
