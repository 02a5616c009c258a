import { type AutoName, type Behaviour, CloudError, type CloudObject, type Context, type Problem } from "../../provider/behaviour";
import { flag, number, type Properties, text } from "../../provider/properties";
import { assumed, momentary, replacedBy } from "./facts";
import { covers, parsePolicy, policyProblems } from "./policyDocument";
import { liveOf, nameProblems, needed } from "../reference";
import { ACCOUNT, arn, regionOf } from "./region";
import * as tokens from "./tokens";
import { removal, whileWaiting } from "./upkeep";

const DEFAULT_WINDOW = 30;
const SHORTEST_WINDOW = 7;

/** The key of an id, ARN or alias, if there is one that may still be used. */
export function keyOf(context: Pick<Context, "objects">, reference: string): CloudObject | undefined {
  const alias = liveOf(context, tokens.KMS_ALIAS).find(({ id, outputs }) => id === reference || text(outputs, "arn") === reference);
  const wanted = alias === undefined ? reference : (text(alias.outputs, "targetKeyId") ?? reference);
  return liveOf(context, tokens.KMS_KEY).find(({ id, outputs }) => id === wanted || text(outputs, "arn") === wanted);
}

/**
 * The key at `property`, unless that names one of the service's own keys (`alias/aws/…`).
 *
 * @throws CloudError when it names a key that is not there or that waits for its deletion.
 */
export function neededKey(inputs: Properties, property: string, context: Context, code: string, message: (key: string) => string): CloudObject | undefined {
  const reference = text(inputs, property);
  if (reference === undefined || reference.includes("alias/aws/")) return undefined;
  const found = keyOf(context, reference);
  if (found === undefined) throw new CloudError(code, message(reference));
  return found;
}

export const key: Behaviour = {
  latency: assumed("0:15", "0:10", "0:02"),
  forceNew: replacedBy("kms/key.go", ["customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"]),
  check: (inputs) => [...windowProblems(inputs), ...policyProblems(inputs, "policy"), ...rotationProblems(inputs)],
  beforeCreate: (inputs, context) => refuseLockout(inputs, context),
  beforeUpdate: (inputs, _, context) => refuseLockout(inputs, context),
  id: (_, context) => context.random.for("id").uuid(),
  outputs: (inputs, context) => ({
    arn: arn("kms", regionOf(inputs, context), `key/${context.id}`),
    keyId: context.id,
    customerMasterKeySpec: text(inputs, "customerMasterKeySpec") ?? "SYMMETRIC_DEFAULT",
    keyUsage: text(inputs, "keyUsage") ?? "ENCRYPT_DECRYPT",
    isEnabled: flag(inputs, "isEnabled") ?? true,
    multiRegion: flag(inputs, "multiRegion") ?? false,
    description: text(inputs, "description") ?? "Managed by Pulumi",
    policy: text(inputs, "policy") ?? ownersPolicy(),
    ...(flag(inputs, "enableKeyRotation") === true ? { rotationPeriodInDays: number(inputs, "rotationPeriodInDays") ?? 365 } : {}),
  }),
  retainedOnDelete: (object, context) => {
    const days = number(object.inputs, "deletionWindowInDays") ?? DEFAULT_WINDOW;
    const reason = `pending deletion for ${days} days; can be restored until then${lost(object, context)}`;
    return [{ id: object.id, type: object.type, name: object.name, reason, upkeep: { monthly: whileWaiting, remove: soonest(object) } }];
  },
};

// A backup outlives its key and is worth nothing then.
function lost(key: CloudObject, context: Context): string {
  const backups = context.objects.all().filter(({ type, retained, outputs }) => retained !== undefined && type !== tokens.SECRET && outputs.kmsKeyId === key.outputs.arn);
  return backups.length === 0 ? "" : `. Once it is gone, nobody can restore ${backups.map(({ id }) => id).join(", ")}`;
}

// Nothing removes a key at once: a shorter wait is all there is.
function soonest(object: CloudObject): string {
  const cancel = removal(object, `kms cancel-key-deletion --key-id ${object.id}`);
  return `${cancel} && ${removal(object, `kms schedule-key-deletion --key-id ${object.id} --pending-window-in-days ${SHORTEST_WINDOW}`)}`;
}

function ownersPolicy(): string {
  const statement = { Sid: "Enable IAM User Permissions", Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: "kms:*", Resource: "*" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

function windowProblems(inputs: Properties): readonly Problem[] {
  const days = number(inputs, "deletionWindowInDays");
  if (days === undefined || (days >= 7 && days <= 30)) return [];
  return [{ property: "deletionWindowInDays", reason: `expected deletion_window_in_days to be in the range (7 - 30), got ${days}.` }];
}

function rotationProblems(inputs: Properties): readonly Problem[] {
  const days = number(inputs, "rotationPeriodInDays");
  if (days === undefined) return [];
  if (flag(inputs, "enableKeyRotation") !== true) return [{ property: "rotationPeriodInDays", reason: "needs enableKeyRotation." }];
  return days >= 90 && days <= 2560 ? [] : [{ property: "rotationPeriodInDays", reason: `expected rotation_period_in_days to be in the range (90 - 2560), got ${days}.` }];
}

// Principals of this account must exist; the provider waits 2 minutes for new ones to be seen.
async function refuseLockout(inputs: Properties, context: Context): Promise<void> {
  const statements = parsePolicy(text(inputs, "policy") ?? ownersPolicy()) ?? [];
  const roles = statements.flatMap(({ principals }) => (principals.AWS ?? []).filter((name) => name.startsWith(`arn:aws:iam::${ACCOUNT}:role/`)));
  const known = (): boolean => roles.every((name) => context.objects.byArn(name) !== undefined);
  if (!(await context.until(known, 2))) {
    throw new CloudError("MalformedPolicyDocumentException", "Policy contains a statement with one or more invalid principals.");
  }
  const manageable = statements.some(
    ({ effect, principals, actions }) =>
      effect === "Allow" && (principals.AWS ?? []).length > 0 && actions.some((action) => covers(action, "kms:PutKeyPolicy")),
  );
  if (manageable || flag(inputs, "bypassPolicyLockoutSafetyCheck") === true) return;
  throw new CloudError("MalformedPolicyDocumentException", "The new key policy will not allow you to update the key policy in the future.");
}

/** Automatic names are made below `alias/`, which the service wants. */
export const ALIAS_NAME: AutoName = { property: "name", maxLength: 238 };

export const alias: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("kms/alias.go", ["name", "namePrefix"]),
  autoName: ALIAS_NAME,
  check: (inputs) => [
    ...nameProblems(inputs, "name", /^alias\/[a-zA-Z0-9/_-]{1,250}$/, "alias/ and letters, digits, / _ -"),
    ...nameProblems(inputs, "name", /^(?!alias\/aws\/)/, "alias/aws/ is the vendor's own"),
  ],
  beforeCreate: (inputs, context) => {
    const target = text(inputs, "targetKeyId") ?? "";
    const found = keyOf(context, target);
    if (found === undefined) needed(context, tokens.KMS_KEY, target, "NotFoundException", `Key '${target}' does not exist`);
  },
  uniqueBy: (inputs, context) => `${regionOf(inputs, context)} ${text(inputs, "name")}`,
  alreadyExists: (name) => `AlreadyExistsException: An alias with the name ${arn("kms", name.split(" ")[0] ?? "", name.split(" ")[1] ?? "")} already exists`,
  outputs: (inputs, context) => ({
    arn: arn("kms", regionOf(inputs, context), text(inputs, "name") ?? ""),
    targetKeyArn: text(keyOf(context, text(inputs, "targetKeyId") ?? "")?.outputs, "arn"),
  }),
};
