import * as monitor from "@pulumi/azure-native/monitor";
import type { Input, Output } from "@pulumi/pulumi";
import { inSeconds, type Duration } from "../../components/config/duration";
import type { LogAlarm } from "../../components/plan/cloudPlan";
import type { PodLogs } from "./podLogs";
import type { Scope } from "./scope";

/** Minutes a rule may look back: https://learn.microsoft.com/en-us/azure/azure-monitor/alerts/alerts-types#log-alerts */
const windows = [5, 10, 15, 30, 45, 60, 120, 180, 240, 300, 360, 1440, 2880];

/** @returns the shortest time a rule may look back that is as long as asked, as Azure writes it. */
export function windowOf(period: Duration): string {
  const asked = inSeconds(period) / 60;
  const minutes = windows.find((each) => each >= asked) ?? 2880;
  return minutes % 1440 === 0 ? `P${minutes / 1440}D` : minutes % 60 === 0 ? `PT${minutes / 60}H` : `PT${minutes}M`;
}

/** The alarm that a line of JSON in the pods' logs sets off, or its absence. */
export function createLogAlarm(scope: Scope, { workspace }: PodLogs, told: Input<string>, alarm: LogAlarm): Output<string> {
  const role = `alarm-${alarm.alarm}`;
  return new monitor.ScheduledQueryRule(
    scope.named(role),
    {
      ...scope.at(role),
      kind: "LogAlert",
      description: describe(alarm),
      enabled: true,
      severity: 1,
      scopes: [workspace.id],
      evaluationFrequency: "PT5M",
      windowSize: windowOf(alarm.period),
      // The table comes with the first line.
      skipQueryValidation: true,
      autoMitigate: true,
      criteria: {
        allOf: [
          {
            query: queryOf(alarm, scope.plan.workload.namespace),
            timeAggregation: "Count",
            ...(alarm.when === "silent" ? { operator: "LessThan", threshold: 1 } : { operator: "GreaterThan", threshold: 0 }),
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 },
          },
        ],
      },
      actions: { actionGroups: [told] },
    },
    scope.child(),
  ).name;
}

/** Lines of JSON arrive parsed or as a text, as the collector sees fit. */
function queryOf({ event, when, field, threshold }: LogAlarm, namespace: string): string {
  return [
    "ContainerLogV2",
    `where PodNamespace == "${namespace}"`,
    "extend line = parse_json(tostring(LogMessage))",
    `where tostring(line.event) == "${event}"`,
    ...(when === "below" ? [`where todouble(line.${field}) < ${threshold}`] : []),
  ].join(" | ");
}

function describe({ when, event, period, field, threshold }: LogAlarm): string {
  if (when === "seen") return `A line "${event}" was logged`;
  if (when === "silent") return `No line "${event}" was logged for ${period}`;
  return `A line "${event}" was logged with ${field} below ${threshold}`;
}
