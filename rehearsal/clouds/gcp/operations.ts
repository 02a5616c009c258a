import { type Behaviour, type Context } from "../../provider/behaviour";
import { isObject, list, type Properties, text, texts } from "../../provider/properties";
import { momentary, replacedBy, replacedEverywhereBy } from "./facts";
import { locationOf, PROJECT_NUMBER, projectOf } from "./place";
import { choiceProblems, liveOf, nameOf, nameProblems, rangeProblems } from "./reference";
import { answered, refused, taken } from "./refusals";
import * as tokens from "./tokens";

export const notificationChannel: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("monitoring/resource_monitoring_notification_channel.go", []),
  autoName: false,
  beforeCreate: (inputs) => {
    if (text(inputs, "type") !== "email" || text(inputs, "labels.email_address")?.includes("@") === true) return;
    throw answered(400, 'Field "notification_channel.labels[\'email_address\']" had an invalid value: A valid email address is required.', "badRequest");
  },
  id: (inputs, context) => `projects/${projectOf(inputs, context)}/notificationChannels/${context.random.for("id").digits(19)}`,
  outputs: (_, context) => ({ name: context.id, verificationStatus: "" }),
  beforeDelete: (object, context) => {
    const policies = liveOf(context, tokens.ALERT_POLICY).filter(({ outputs }) => texts(outputs, "notificationChannels").includes(object.id));
    if (policies.length === 0 || object.inputs.forceDelete === true) return;
    throw answered(400, `Cannot delete channel: it is in use by ${policies.map(({ id }) => id).join(", ")}.`, "failedPrecondition");
  },
};

/** The ways a condition can be put. */
const CONDITIONS = ["conditionThreshold", "conditionAbsent", "conditionMatchedLog", "conditionMonitoringQueryLanguage", "conditionPrometheusQueryLanguage", "conditionSql"];

export const alertPolicy: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("monitoring/resource_monitoring_alert_policy.go", []),
  autoName: false,
  check: (inputs) => choiceProblems(inputs, "combiner", ["AND", "OR", "AND_WITH_MATCHING_RESOURCE"]),
  beforeCreate: refusePolicy,
  id: (inputs, context) => `projects/${projectOf(inputs, context)}/alertPolicies/${context.random.for("id").digits(19)}`,
  outputs: (_, context) => ({ name: context.id, creationRecords: [] }),
  beforeUpdate: (inputs, _, context) => refusePolicy(inputs, context),
};

function refusePolicy(inputs: Properties, context: Context): void {
  const conditions = list(inputs, "conditions").filter(isObject);
  const ofLogs = conditions.filter((condition) => condition.conditionMatchedLog !== undefined);
  for (const condition of conditions) refuseCondition(condition, context);
  // https://cloud.google.com/logging/docs/alerting/log-based-alerts
  if (ofLogs.length > 0 && conditions.length > 1) throw invalid("alert_policy.conditions", "A policy with a log-match condition can have one condition only.");
  if (ofLogs.length > 0 && text(inputs, "alertStrategy.notificationRateLimit.period") === undefined) {
    throw invalid("alert_policy.alert_strategy.notification_rate_limit", "A policy with a log-match condition must have a notification rate limit.");
  }
  for (const channel of texts(inputs, "notificationChannels")) {
    if (liveOf(context, tokens.NOTIFICATION_CHANNEL).some(({ id }) => id === channel)) continue;
    throw answered(404, `Cannot find notification channel ${channel}.`, "notFound");
  }
}

function refuseCondition(condition: Properties, context: Context): void {
  const ways = CONDITIONS.filter((way) => condition[way] !== undefined);
  if (ways.length !== 1) throw invalid("alert_policy.conditions", `A condition must have exactly one of ${CONDITIONS.join(", ")}.`);
  const filter = text(condition, "conditionThreshold.filter") ?? text(condition, "conditionAbsent.filter") ?? "";
  const metric = /logging\.googleapis\.com\/user\/([^"\s]+)/.exec(filter)?.[1];
  if (metric === undefined || liveOf(context, tokens.LOG_METRIC).some(({ outputs }) => nameOf(outputs) === metric)) return;
  throw answered(
    404,
    `Cannot find metric that matches type = "logging.googleapis.com/user/${metric}". If a metric was created recently, it could take up to 10 minutes to become available. Please try again soon.`,
    "notFound",
  );
}

function invalid(field: string, why: string) {
  return answered(400, `Field ${field} had an invalid value: ${why}`, "badRequest");
}

export const logMetric: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("logging/resource_logging_metric.go", ["metricDescriptor.valueType", "metricDescriptor.labels.key"]),
  check: (inputs) => nameProblems(inputs, "name", /^[A-Za-z0-9][A-Za-z0-9_.,+\-!*',()%/]{0,99}$/, "up to 100 letters, digits and _-.,+!*',()%/"),
  id: nameOf,
  uniqueBy: (inputs, context) => `projects/${projectOf(inputs, context)}/metrics/${nameOf(inputs)}`,
  alreadyExists: taken,
  outputs: (inputs) => ({ metricDescriptor: inputs.metricDescriptor ?? { metricKind: "DELTA", valueType: "INT64", unit: "1" } }),
};

/** Of the two that every project has, the provider takes over the one that can be changed. */
const STANDING = ["_Default", "_Required"];

export const logBucket: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("logging/resource_logging_project_bucket_config.go", ["location", "bucketId"]),
  autoName: false,
  check: (inputs) => [
    ...nameProblems(inputs, "bucketId", /^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}$/, "up to 100 letters, digits, _, - and ."),
    ...rangeProblems(inputs, "retentionDays", 1, 3650, "days"),
  ],
  id: bucketPath,
  uniqueBy: bucketPath,
  alreadyExists: taken,
  outputs: (inputs, context) => ({ name: context.id, lifecycleState: "ACTIVE", description: text(inputs, "description") ?? "", retentionDays: inputs.retentionDays ?? 30 }),
  beforeDelete: (object) => {
    if (object.outputs.locked === true) throw refused(`${object.id} is locked and can't be deleted`);
  },
  // https://cloud.google.com/logging/docs/buckets#delete-bucket
  retainedOnDelete: ({ id, type, name, outputs }) => {
    if (STANDING.includes(text(outputs, "bucketId") ?? "")) return [];
    const reason = "its logs are deleted in 7 days; its name is taken until then";
    return [{ id, type, name, reason, upkeep: { monthly: { usd: 0, why: "not billed while it waits for its deletion" }, remove: "wait: it goes by itself" } }];
  },
};

function bucketPath(inputs: Properties, context: Pick<Context, "config">): string {
  return `projects/${projectOf(inputs, context)}/locations/${locationOf(inputs, context)}/buckets/${text(inputs, "bucketId")}`;
}

export const logSink: Behaviour = {
  latency: momentary,
  forceNew: replacedEverywhereBy("logging/resource_logging_sink.go", ["name"]),
  beforeCreate: (inputs, context) => {
    const path = /^logging\.googleapis\.com\/(.*)$/.exec(text(inputs, "destination") ?? "")?.[1];
    const own = path === undefined || !path.startsWith(`projects/${projectOf(inputs, context)}/`) || STANDING.some((name) => path.endsWith(`/${name}`));
    if (own || liveOf(context, tokens.LOG_BUCKET).some(({ id }) => id === path)) return;
    throw answered(404, `Destination ${text(inputs, "destination")} does not exist.`, "notFound");
  },
  id: (inputs, context) => `projects/${projectOf(inputs, context)}/sinks/${nameOf(inputs)}`,
  uniqueBy: (inputs, context) => `projects/${projectOf(inputs, context)}/sinks/${nameOf(inputs)}`,
  alreadyExists: taken,
  outputs: (inputs) => ({
    uniqueWriterIdentity: inputs.uniqueWriterIdentity ?? true,
    // A bucket of the same project needs nobody to write into it.
    writerIdentity: text(inputs, "destination")?.startsWith("logging.googleapis.com/") === true ? "" : `serviceAccount:service-${PROJECT_NUMBER}@gcp-sa-logging.iam.gserviceaccount.com`,
  }),
};
