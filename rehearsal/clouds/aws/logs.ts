import { type Behaviour, CloudError, type Context } from "../../provider/behaviour";
import { flag, list, number, type Properties, text, texts } from "../../provider/properties";
import { momentary, replacedBy } from "./facts";
import { usableRole } from "./iam";
import { keyOf } from "./kms";
import { allowsService } from "./policyDocument";
import { choiceProblems, live, nameProblems } from "../reference";
import { arn, regionOf } from "./region";
import * as tokens from "./tokens";
import { logUpkeep } from "./upkeep";
import { neededVpc, neededSubnet } from "./vpc";

const RETENTIONS = [0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];
const NAME = /^[a-zA-Z0-9_./#-]{1,512}$/;

export const logGroup: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("logs/group.go", ["name", "namePrefix", "logGroupClass"]),
  check: (inputs) => {
    const days = number(inputs, "retentionInDays");
    return [
      ...nameProblems(inputs, "name", NAME, "up to 512 letters, digits and _./#-"),
      ...choiceProblems(inputs, "logGroupClass", ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"]),
      ...(days === undefined || RETENTIONS.includes(days) ? [] : [{ property: "retentionInDays", reason: `expected retention_in_days to be one of ${RETENTIONS.join(", ")}, got ${days}` }]),
    ];
  },
  beforeCreate: refuseKey,
  beforeUpdate: (inputs, _, context) => refuseKey(inputs, context),
  uniqueBy: (inputs, context) => `${regionOf(inputs, context)} ${text(inputs, "name")}`,
  alreadyExists: (key) => `ResourceAlreadyExistsException: The specified log group already exists: ${key.split(" ")[1]}`,
  outputs: (inputs, context) => ({
    arn: arn("logs", regionOf(inputs, context), `log-group:${text(inputs, "name")}`),
    logGroupClass: text(inputs, "logGroupClass") ?? "STANDARD",
    retentionInDays: number(inputs, "retentionInDays") ?? 0,
    skipDestroy: flag(inputs, "skipDestroy") ?? false,
  }),
  beforeDelete: (object) => {
    if (flag(object.outputs, "deletionProtectionEnabled") !== true) return;
    throw new CloudError("ValidationException", `Log group ${object.id} has deletion protection enabled.`);
  },
  retainedOnDelete: (object) =>
    flag(object.outputs, "skipDestroy") === true ? [{ id: object.id, type: object.type, name: object.name, reason: "kept by skipDestroy", upkeep: logUpkeep(object, object.id) }] : [],
};

// The service writes with the key itself, so the key's policy must name it.
function refuseKey(inputs: Properties, context: Context): void {
  const reference = text(inputs, "kmsKeyId");
  if (reference === undefined) return;
  const region = regionOf(inputs, context);
  const policy = text(keyOf(context, reference)?.outputs, "policy") ?? "";
  if ([`logs.${region}.amazonaws.com`, "logs.amazonaws.com"].some((service) => allowsService(policy, service, "kms:GenerateDataKey"))) return;
  const group = arn("logs", region, `log-group:${text(inputs, "name")}`);
  throw new CloudError("AccessDeniedException", `The specified KMS key does not exist or is not allowed to be used with Arn '${group}'`);
}

export const metricFilter: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("logs/metric_filter.go", ["logGroupName", "name"]),
  check: (inputs) => {
    const both = inputs.metricTransformation !== undefined && text(inputs, "metricTransformation.defaultValue") !== undefined;
    const dimensions = typeof inputs.metricTransformation === "object" && inputs.metricTransformation !== null && "dimensions" in inputs.metricTransformation;
    return [
      ...nameProblems(inputs, "name", /^[^:*]{1,512}$/, "up to 512 characters without : and *"),
      ...(both && dimensions ? [{ property: "metricTransformation", reason: "defaultValue conflicts with dimensions" }] : []),
    ];
  },
  beforeCreate: (inputs, context) => {
    if (live(context, tokens.LOG_GROUP, text(inputs, "logGroupName") ?? "") !== undefined) return;
    throw new CloudError("ResourceNotFoundException", `The specified log group does not exist: ${text(inputs, "logGroupName")}`);
  },
  overwrites: true,
  outputs: (inputs) => ({ applyOnTransformedLogs: inputs.applyOnTransformedLogs ?? false }),
};

const COMPARISONS = ["GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold"];
const DAY = 86_400;

export const metricAlarm: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("cloudwatch/metric_alarm.go", ["name"]),
  check: (inputs) => [
    ...choiceProblems(inputs, "comparisonOperator", [...COMPARISONS, "LessThanLowerOrGreaterThanUpperThreshold", "LessThanLowerThreshold", "GreaterThanUpperThreshold"]),
    ...choiceProblems(inputs, "treatMissingData", ["missing", "ignore", "breaching", "notBreaching"]),
    ...choiceProblems(inputs, "statistic", ["SampleCount", "Average", "Sum", "Minimum", "Maximum"]),
    ...periodProblems(inputs),
    ...metricProblems(inputs),
    ...["alarmActions", "okActions", "insufficientDataActions"].flatMap((property) =>
      texts(inputs, property).filter((action) => !action.startsWith("arn:")).map((action) => ({ property, reason: `"${action}" is no ARN` })),
    ),
  ],
  beforeCreate: (inputs, context) => refuseActions(inputs, context),
  overwrites: true,
  beforeUpdate: (inputs, _, context) => refuseActions(inputs, context),
  outputs: (inputs, context) => ({
    arn: arn("cloudwatch", regionOf(inputs, context), `alarm:${text(inputs, "name")}`),
    actionsEnabled: flag(inputs, "actionsEnabled") ?? true,
    treatMissingData: text(inputs, "treatMissingData") ?? "missing",
  }),
};

function periodProblems(inputs: Properties): readonly { property: string; reason: string }[] {
  const period = number(inputs, "period");
  const times = number(inputs, "evaluationPeriods") ?? 1;
  if (period === undefined) return [];
  const form = [10, 20, 30].includes(period) || (period >= 60 && period % 60 === 0);
  const longest = period >= 3600 ? 7 * DAY : DAY;
  return [
    ...(form ? [] : [{ property: "period", reason: `ValidationError: period must be 10, 20, 30 or a multiple of 60 seconds, got ${period}` }]),
    ...(period * times <= longest ? [] : [{ property: "evaluationPeriods", reason: `ValidationError: Metrics cannot be checked across more than ${longest / DAY} day(s) (EvaluationPeriods * Period must be <= ${longest})` }]),
  ];
}

function metricProblems(inputs: Properties): readonly { property: string; reason: string }[] {
  const queries = list(inputs, "metricQueries").length > 0 || inputs.metricQueries !== undefined;
  if (queries || inputs.evaluationCriteria !== undefined) return inputs.metricName === undefined ? [] : [{ property: "metricName", reason: "conflicts with metricQueries" }];
  if (inputs.metricName === undefined) return [{ property: "metricName", reason: "one of metricName and metricQueries is needed" }];
  return inputs.statistic === undefined && inputs.extendedStatistic === undefined ? [{ property: "statistic", reason: "one of statistic and extendedStatistic is needed" }] : [];
}

function refuseActions(inputs: Properties, context: Context): void {
  const region = regionOf(inputs, context);
  for (const action of [...texts(inputs, "alarmActions"), ...texts(inputs, "okActions")]) {
    if (!action.includes(":sns:") || action.split(":")[3] === region) continue;
    throw new CloudError("ValidationError", `Invalid region ${action.split(":")[3]} specified. Only ${region} is supported.`);
  }
}

export const flowLog: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("ec2/vpc_flow_log.go", [
    ...["deliverCrossAccountRole", "destinationOptions", "eniId", "iamRoleArn", "logDestination", "logDestinationType", "logFormat"],
    ...["maxAggregationInterval", "regionalNatGatewayId", "subnetId", "tagFieldSpecifications", "trafficType", "transitGatewayAttachmentId", "transitGatewayId", "vpcId"],
  ]),
  check: (inputs) => [
    ...choiceProblems(inputs, "trafficType", ["ALL", "ACCEPT", "REJECT"]),
    ...choiceProblems(inputs, "logDestinationType", ["cloud-watch-logs", "s3", "kinesis-data-firehose"]),
    ...([60, 600].includes(number(inputs, "maxAggregationInterval") ?? 600) ? [] : [{ property: "maxAggregationInterval", reason: "expected max_aggregation_interval to be one of [60 600]" }]),
  ],
  beforeCreate: async (inputs, context) => {
    const [vpcId, subnetId] = [text(inputs, "vpcId"), text(inputs, "subnetId")];
    if (vpcId !== undefined) neededVpc(context, vpcId);
    if (subnetId !== undefined) neededSubnet(context, subnetId);
    const role = text(inputs, "iamRoleArn");
    if ((text(inputs, "logDestinationType") ?? "cloud-watch-logs") !== "cloud-watch-logs") return;
    if (role === undefined) throw new CloudError("InvalidParameter", "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.");
    const unable = "Unable to assume given IAM role";
    const found = await usableRole(context, role, "InvalidParameter", unable);
    if (!allowsService(text(found.outputs, "assumeRolePolicy") ?? "", "vpc-flow-logs.amazonaws.com", "sts:AssumeRole")) throw new CloudError("InvalidParameter", unable);
  },
  id: (_, context) => `fl-${context.random.for("id").hex(17)}`,
  outputs: (inputs, context) => ({ arn: arn("ec2", regionOf(inputs, context), `vpc-flow-log/${context.id}`) }),
};
