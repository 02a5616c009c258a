import { type Behaviour, CloudError, type CloudObject, type Context } from "../../provider/behaviour";
import { flag, type Properties, text } from "../../provider/properties";
import { momentary, replacedBy } from "./facts";
import { neededKey } from "./kms";
import { policyProblems } from "./policyDocument";
import { choiceProblems, live, liveWhere, nameProblems } from "../reference";
import { ACCOUNT, arn, regionOf } from "./region";
import * as tokens from "./tokens";

export const topic: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("sns/topic.go", ["name", "namePrefix", "fifoTopic"]),
  check: (inputs) => [...nameProblems(inputs, "name", /^[a-zA-Z0-9_-]{1,256}(\.fifo)?$/, "up to 256 letters, digits, - and _"), ...policyProblems(inputs, "policy")],
  beforeCreate: (inputs, context) => {
    neededKey(inputs, "kmsMasterKeyId", context, "InvalidParameter", (key) => `Invalid parameter: KmsMasterKeyId Reason: the key ${key} does not exist`);
  },
  overwrites: true,
  id: (inputs, context) => arn("sns", regionOf(inputs, context), text(inputs, "name") ?? ""),
  outputs: (inputs, context) => ({
    arn: context.id,
    owner: ACCOUNT,
    fifoTopic: flag(inputs, "fifoTopic") ?? false,
    signatureVersion: 0,
    tracingConfig: text(inputs, "tracingConfig") ?? "",
    policy: text(inputs, "policy") ?? JSON.stringify({ Version: "2008-10-17", Statement: [{ Sid: "__default_statement_ID", Effect: "Allow", Principal: { AWS: "*" }, Action: ["SNS:Publish"], Resource: context.id, Condition: { StringEquals: { "AWS:SourceOwner": ACCOUNT } } }] }),
  }),
};

export const topicPolicy: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("sns/topic_policy.go", ["arn"]),
  check: (inputs) => policyProblems(inputs, "policy"),
  beforeCreate: (inputs, context) => {
    if (live(context, tokens.TOPIC, text(inputs, "arn") ?? "") === undefined) throw new CloudError("NotFound", "Topic does not exist");
  },
  id: (inputs) => text(inputs, "arn") ?? "",
  overwrites: true,
  outputs: () => ({ owner: ACCOUNT }),
};

const PROTOCOLS = ["application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs"];

export const topicSubscription: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("sns/topic_subscription.go", ["endpoint", "protocol", "topic"]),
  check: (inputs) => {
    const endpoint = text(inputs, "endpoint");
    const mail = text(inputs, "protocol")?.startsWith("email") === true;
    return [
      ...choiceProblems(inputs, "protocol", PROTOCOLS),
      ...(mail && endpoint !== undefined && !/^[^@\s]+@[^@\s]+$/.test(endpoint) ? [{ property: "endpoint", reason: "InvalidParameter: Invalid parameter: Email address" }] : []),
    ];
  },
  beforeCreate: (inputs, context) => {
    if (live(context, tokens.TOPIC, text(inputs, "topic") ?? "") === undefined) throw new CloudError("NotFound", "Topic does not exist");
  },
  id: (inputs, context) => sameSubscription(inputs, context)?.id ?? `${text(inputs, "topic")}:${context.random.for("id").uuid()}`,
  overwrites: true,
  // Somebody has to click the link in the mail; until then the subscription waits.
  outputs: (inputs, context) => ({
    arn: context.id,
    ownerId: ACCOUNT,
    pendingConfirmation: text(inputs, "protocol")?.startsWith("email") === true,
    confirmationWasAuthenticated: false,
    filterPolicyScope: text(inputs, "filterPolicyScope") ?? "MessageAttributes",
    rawMessageDelivery: flag(inputs, "rawMessageDelivery") ?? false,
  }),
};

// Subscribing twice answers with the subscription that is there.
function sameSubscription(inputs: Properties, context: Context): CloudObject | undefined {
  const others = liveWhere(context, tokens.TOPIC_SUBSCRIPTION, "topic", text(inputs, "topic") ?? "");
  return others.find(({ outputs }) => ["protocol", "endpoint"].every((name) => text(outputs, name) === text(inputs, name)));
}
