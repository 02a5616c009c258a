import { type Behaviour, CloudError, type CloudObject, type Context, type Retained } from "../../provider/behaviour";
import { number, type Properties, same, text } from "../../provider/properties";
import { momentary, replacedBy } from "./facts";
import { neededKey } from "./kms";
import { liveOf, nameProblems } from "../reference";
import { arn, regionOf } from "./region";
import * as tokens from "./tokens";
import { removal, whileWaiting } from "./upkeep";

const DEFAULT_WINDOW = 30;
const LARGEST = 65_536;

export const secret: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("secretsmanager/secret.go", ["name", "namePrefix", "type"]),
  check: (inputs) => {
    const days = number(inputs, "recoveryWindowInDays");
    const window = days === undefined || days === 0 || (days >= 7 && days <= 30);
    return [
      ...nameProblems(inputs, "name", /^[a-zA-Z0-9/_+=.@-]{1,512}$/, "up to 512 letters, digits and /_+=.@-"),
      ...(window ? [] : [{ property: "recoveryWindowInDays", reason: `recovery_window_in_days must be 0 or in the range (7 - 30), got ${days}.` }]),
    ];
  },
  beforeCreate: (inputs, context) => {
    neededKey(inputs, "kmsKeyId", context, "InvalidParameterException", (key) => `The KMS key ${key} does not exist or can't be used.`);
  },
  uniqueBy: (inputs, context) => `${regionOf(inputs, context)} ${text(inputs, "name")}`,
  alreadyExists: (key, context) => {
    const name = key.slice(key.indexOf(" ") + 1);
    const waiting = context.objects.ofType(tokens.SECRET).some((other) => other.retained !== undefined && other.uniqueKey === key);
    return waiting
      ? "InvalidRequestException: You can't create this secret because a secret with this name is already scheduled for deletion."
      : `ResourceExistsException: The operation failed because the secret ${name} already exists.`;
  },
  id: (inputs, context) => arn("secretsmanager", regionOf(inputs, context), `secret:${text(inputs, "name")}-${context.random.for("id").characters(6, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")}`),
  outputs: (inputs, context) => ({
    arn: context.id,
    policy: text(inputs, "policy") ?? "",
    recoveryWindowInDays: number(inputs, "recoveryWindowInDays") ?? DEFAULT_WINDOW,
    forceOverwriteReplicaSecret: inputs.forceOverwriteReplicaSecret ?? false,
  }),
  retainedOnDelete: (object) => {
    const days = number(object.outputs, "recoveryWindowInDays") ?? DEFAULT_WINDOW;
    return days === 0 ? [] : [awaitingDeletion(object, days)];
  },
};

/** A secret that was deleted: for some days it can be restored. */
export function awaitingDeletion(object: CloudObject, days: number): Retained {
  const { id, type, name } = object;
  const remove = removal(object, `secretsmanager delete-secret --force-delete-without-recovery --secret-id ${id}`);
  const reason = `scheduled for deletion in ${days} days; its name is taken until then`;
  return { id, type, name, reason, upkeep: { monthly: whileWaiting, remove } };
}

function neededSecret(inputs: Properties, context: Context): CloudObject {
  const wanted = text(inputs, "secretId") ?? "";
  const found = liveOf(context, tokens.SECRET).find(({ id, outputs }) => id === wanted || text(outputs, "name") === wanted);
  if (found === undefined) throw new CloudError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  return found;
}

// The provider compares the text it kept with the one that it will not keep, so that a program can stop keeping it.
function otherValue(olds: Properties, news: Properties): readonly string[] {
  const given = news.secretString ?? news.secretStringWo;
  const unchanged = news.secretString === undefined && same(olds.secretString, given);
  const counted = olds.secretStringWoVersion !== undefined && news.secretStringWoVersion !== undefined;
  return [...(given === undefined || unchanged ? [] : ["secretString"]), ...(counted ? ["secretStringWoVersion"] : [])];
}

export const secretVersion: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("secretsmanager/secret_version.go", ["secretId", "secretBinary"], {
    when: otherValue,
    inWords: "`secretString`, except to the same text as `secretStringWo`; `secretStringWoVersion` from one to another",
  }),
  check: (inputs) => {
    const value = text(inputs, "secretString") ?? text(inputs, "secretBinary") ?? "";
    if (Buffer.byteLength(value) <= LARGEST) return [];
    return [{ property: "secretString", reason: `a secret holds up to ${LARGEST} bytes.` }];
  },
  beforeCreate: (inputs, context) => {
    neededSecret(inputs, context);
  },
  id: (inputs, context) => `${text(inputs, "secretId")}|terraform-${context.random.for("id").digits(26)}`,
  outputs: (inputs, context) => {
    const secretArn = neededSecret(inputs, context).id;
    return { arn: secretArn, secretArn, versionId: context.id.split("|")[1], versionStages: inputs.versionStages ?? ["AWSCURRENT"], hasSecretStringWo: inputs.secretStringWo !== undefined };
  },
};
