import * as logging from "@pulumi/gcp/logging";
import * as monitoring from "@pulumi/gcp/monitoring";
import type { monitoring as shapes } from "@pulumi/gcp/types/input";
import * as pulumi from "@pulumi/pulumi";
import { inSeconds } from "../../components/config/duration";
import { inGiB } from "../../components/config/size";
import { alarmNames, type AlarmName, type LogAlarm } from "../../components/plan/cloudPlan";
import type { Observability } from "../contract";
import type { Cluster } from "./cluster";
import type { Database } from "./database";
import { dashed, slug } from "./names";
import type { PodLogs } from "./podLogs";
import type { Scope } from "./scope";
import { after } from "./services";
import { maxConnections } from "./skus";

type Condition = Omit<shapes.AlertPolicyCondition, "displayName">;

const gibibyte = 1024 ** 3;

/** Monitoring closes what has been quiet for so long, and tells so: the least it allows. */
const autoClose = "1800s";

/** The alarms, and whom they tell. */
export function createObservability(foundation: Scope, database: Database, { name: cluster }: Cluster, podLogs: PodLogs): Observability {
  const scope = foundation.drawer("Observability");
  const { project } = scope;
  const { observability: plan, database: databasePlan, workload } = scope.plan;
  const channels = [...new Set(plan.alarmEmails)].map(createChannel);
  const ofDatabase = pulumi.interpolate`resource.type = "cloudsql_database" AND resource.labels.database_id = "${project}:${database.instance.name}"`;
  const ofPods = pulumi.interpolate`resource.type="k8s_container" AND resource.labels.cluster_name="${cluster}" AND resource.labels.namespace_name="${workload.namespace}"`;

  // It grows up to its limit by itself: what counts is how far off that is.
  const limit = Math.max(inGiB(databasePlan.storage), inGiB(databasePlan.storageLimit));
  const mostUsed = Math.floor((limit - plan.storageAlarmAt * inGiB(databasePlan.storage)) * gibibyte);
  const databaseStorage = createAlarm("databaseStorage", "The database's disk is nearly full", {
    conditionThreshold: {
      filter: pulumi.interpolate`${ofDatabase} AND metric.type = "cloudsql.googleapis.com/database/disk/bytes_used"`,
      aggregations: [{ alignmentPeriod: "300s", perSeriesAligner: "ALIGN_MAX" }],
      comparison: "COMPARISON_GT",
      thresholdValue: mostUsed,
      duration: "300s",
    },
  });
  const databaseConnections = createAlarm("databaseConnections", "The database's connections are nearly used up", {
    conditionThreshold: {
      filter: pulumi.interpolate`${ofDatabase} AND metric.type = "cloudsql.googleapis.com/database/postgresql/num_backends"`,
      // There is a series for each database of the instance.
      aggregations: [{ alignmentPeriod: "60s", perSeriesAligner: "ALIGN_MAX", crossSeriesReducer: "REDUCE_SUM" }],
      comparison: "COMPARISON_GT",
      thresholdValue: Math.floor(plan.connectionsAlarmAt * maxConnections(database.tier)),
      duration: "300s",
    },
  });
  const fromLogs = Object.fromEntries(plan.logAlarms.map((alarm) => [alarm.alarm, createLogAlarm(alarm)]));
  return { podLogs: podLogs.bucket, alarms: complete({ databaseStorage, databaseConnections, ...fromLogs }) };

  function createChannel(email: string) {
    return new monitoring.NotificationChannel(
      scope.named(`alarms-${email}`),
      {
        project,
        type: "email",
        displayName: `${scope.name}: ${email}`,
        labels: { email_address: email },
        userLabels: scope.labels(`alarms-${slug(email)}`),
      },
      named(),
    );
  }

  /** Google names them, so a new one stands beside the old; a channel that an alarm uses cannot go before it. */
  function named() {
    return scope.child({ deleteBeforeReplace: false, dependsOn: after(scope.apis, "monitoring") });
  }

  function createAlarm(alarm: AlarmName, text: string, condition: Condition, strategy: Partial<monitoring.AlertPolicyArgs> = {}): pulumi.Output<string> {
    return new monitoring.AlertPolicy(
      scope.named(`alarm-${alarm}`),
      {
        project,
        displayName: scope.named(`alarm-${alarm}`),
        documentation: { content: text, mimeType: "text/markdown" },
        combiner: "OR",
        conditions: [{ displayName: text, ...condition }],
        notificationChannels: channels.map(({ name }) => name),
        userLabels: scope.labels(`alarm-${alarm}`),
        ...strategy,
      },
      named(),
    ).name;
  }

  /** A line that is there is an alarm by itself. Only of one that is missing there must be a figure. */
  function createLogAlarm(alarm: LogAlarm): pulumi.Output<string> {
    const seconds = Math.max(60, Math.ceil(inSeconds(alarm.period) / 60) * 60);
    const line = pulumi.interpolate`${ofPods} AND jsonPayload.event="${alarm.event}"`;
    if (alarm.when === "silent") {
      return createAlarm(alarm.alarm, describe(alarm), {
        conditionPrometheusQueryLanguage: {
          query: count(alarm, line).apply((metric) => `absent_over_time(logging_googleapis_com:user_${metric}{monitored_resource="k8s_container"}[${seconds}s])`),
          duration: "0s",
          evaluationInterval: "60s",
          // The figure exists once the first line was counted.
          disableMetricValidation: true,
        },
      });
    }
    const filter = alarm.when === "seen" ? line : pulumi.interpolate`${line} AND jsonPayload.${alarm.field ?? ""} < ${alarm.threshold ?? 0}`;
    return createAlarm(alarm.alarm, describe(alarm), { conditionMatchedLog: { filter } }, {
      alertStrategy: { notificationRateLimit: { period: `${Math.max(300, seconds)}s` }, autoClose },
    });
  }

  /** Counts the lines of an event. @returns the figure's name as the query language writes it. */
  function count({ alarm }: LogAlarm, filter: pulumi.Input<string>): pulumi.Output<string> {
    const metric = new logging.Metric(
      scope.named(`alarm-${alarm}`),
      {
        name: scope.cloudName(`alarm-${dashed(alarm)}`),
        project,
        filter,
        metricDescriptor: { metricKind: "DELTA", valueType: "INT64", unit: "1" },
      },
      scope.child({ dependsOn: after(scope.apis, "logging") }),
    );
    return metric.name.apply((name) => name.replace(/[^a-zA-Z0-9_]/g, "_"));
  }
}

function complete(alarms: Readonly<Partial<Record<AlarmName, pulumi.Output<string>>>>): Readonly<Record<AlarmName, pulumi.Output<string>>> {
  return Object.fromEntries(
    alarmNames.map((name) => {
      const alarm = alarms[name];
      if (alarm === undefined) throw new Error(`the plan's observability.logAlarms has nothing for ${name}`);
      return [name, alarm];
    }),
  ) as Record<AlarmName, pulumi.Output<string>>;
}

function describe({ when, event, period, field, threshold }: LogAlarm): string {
  if (when === "seen") return `A line "${event}" was logged`;
  if (when === "silent") return `No line "${event}" was logged for ${period}`;
  return `A line "${event}" was logged with ${field} below ${threshold}`;
}
