import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as sns from "@pulumi/aws/sns";
import type { Output } from "@pulumi/pulumi";
import { inSeconds } from "../../components/config/duration";
import { inGiB } from "../../components/config/size";
import { alarmNames, type AlarmName, type LogAlarm } from "../../components/plan/cloudPlan";
import type { Observability } from "../contract";
import type { Cluster } from "./cluster";
import type { Database } from "./database";
import type { Keys } from "./keys";
import type { PodLogs } from "./podLogs";
import type { Scope } from "./scope";
import { maxConnections } from "./skus";

/** The alarms, and whom they tell. */
export function createObservability(foundation: Scope, keys: Keys, database: Database, { cluster }: Cluster, podLogs: PodLogs): Observability {
  const scope = foundation.drawer("Observability");
  const { observability: plan, database: databasePlan, workload } = scope.plan;
  const topic = createTopic();
  const ofDatabase = { DBInstanceIdentifier: database.identifier };

  const databaseStorage = createAlarm("databaseStorage", {
    alarmDescription: "The database's free storage is short, and growing on its own did not help for an hour",
    namespace: "AWS/RDS",
    metricName: "FreeStorageSpace",
    dimensions: ofDatabase,
    statistic: "Minimum",
    comparisonOperator: "LessThanThreshold",
    threshold: Math.round(plan.storageAlarmAt * inGiB(databasePlan.storage) * 1024 ** 3),
    period: 300,
    // RDS grows the storage when a tenth of it is left: only what lasts longer than that is somebody's business.
    evaluationPeriods: 12,
    treatMissingData: "missing",
  });
  const databaseConnections = createAlarm("databaseConnections", {
    alarmDescription: "The database is running out of connections",
    namespace: "AWS/RDS",
    metricName: "DatabaseConnections",
    dimensions: ofDatabase,
    statistic: "Maximum",
    comparisonOperator: "GreaterThanThreshold",
    threshold: Math.floor(plan.connectionsAlarmAt * maxConnections(database.class)),
    period: 60,
    evaluationPeriods: 5,
    treatMissingData: "missing",
  });
  const fromLogs = Object.fromEntries(plan.logAlarms.map((alarm) => [alarm.alarm, createLogAlarm(alarm)]));

  return {
    podLogs: podLogs.application.name,
    alarms: complete({ databaseStorage, databaseConnections, ...fromLogs }),
  };

  function createTopic() {
    const topic = new sns.Topic(
      scope.named("alarms"),
      { kmsMasterKeyId: keys.logs.arn, tags: scope.tags("alarms") },
      scope.child(),
    );
    for (const email of new Set(plan.alarmEmails)) {
      new sns.TopicSubscription(
        scope.named(`alarms-${email}`),
        { topic: topic.arn, protocol: "email", endpoint: email },
        scope.child(),
      );
    }
    return topic;
  }

  function createAlarm(alarm: AlarmName, args: cloudwatch.MetricAlarmArgs): Output<string> {
    return new cloudwatch.MetricAlarm(
      scope.named(`alarm-${alarm}`),
      { ...args, alarmActions: [topic.arn], okActions: [topic.arn], tags: scope.tags(`alarm-${alarm}`) },
      scope.child(),
    ).name;
  }

  /** The log shipper puts a line of JSON under `log_processed`. */
  function createLogAlarm(alarm: LogAlarm): Output<string> {
    const filter = new cloudwatch.LogMetricFilter(
      scope.named(`alarm-${alarm.alarm}`),
      {
        logGroupName: podLogs.application.name,
        // Made a second time after an interruption it overwrites itself: two filters would count each line twice.
        name: alarm.alarm,
        pattern: `{ $.kubernetes.namespace_name = "${workload.namespace}" && $.log_processed.event = "${alarm.event}" }`,
        metricTransformation: {
          // Of this cluster alone: two stacks in one account must not hear each other's alarms.
          namespace: cluster.name,
          name: alarm.alarm,
          value: alarm.when === "below" ? `$.log_processed.${alarm.field}` : "1",
        },
      },
      scope.child(),
    );
    return createAlarm(alarm.alarm, {
      alarmDescription: describe(alarm),
      namespace: filter.metricTransformation.namespace,
      metricName: filter.metricTransformation.name,
      period: Math.max(60, Math.ceil(inSeconds(alarm.period) / 60) * 60),
      evaluationPeriods: 1,
      ...condition(alarm),
    });
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

function describe({ when, event, period, field, threshold }: LogAlarm): string {
  if (when === "seen") return `A line "${event}" was logged`;
  if (when === "silent") return `No line "${event}" was logged for ${period}`;
  return `A line "${event}" was logged with ${field} below ${threshold}`;
}

function condition({ when, threshold }: LogAlarm): Pick<cloudwatch.MetricAlarmArgs, "statistic" | "comparisonOperator" | "threshold" | "treatMissingData"> {
  switch (when) {
    case "seen":
      return { statistic: "Sum", comparisonOperator: "GreaterThanOrEqualToThreshold", threshold: 1, treatMissingData: "notBreaching" };
    case "silent":
      return { statistic: "Sum", comparisonOperator: "LessThanThreshold", threshold: 1, treatMissingData: "breaching" };
    case "below":
      return { statistic: "Minimum", comparisonOperator: "LessThanThreshold", threshold, treatMissingData: "notBreaching" };
  }
}
