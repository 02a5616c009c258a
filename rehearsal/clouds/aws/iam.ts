import { type Behaviour, CloudError, type CloudObject, type Context } from "../../provider/behaviour";
import { flag, number, text } from "../../provider/properties";
import { assumed, replacedEverywhereBy } from "./facts";
import { isManagedPolicy } from "./managedPolicies";
import { policyProblems } from "./policyDocument";
import { live, liveOf, liveWhere, nameProblems } from "../reference";
import { globalArn } from "./region";
import * as tokens from "./tokens";

const NAME = /^[\w+=,.@-]+$/;
const POLICIES_PER_ROLE = 10;
const INLINE_BYTES = 10_240;

export function roleByName(context: Context, name: string): CloudObject {
  const found = live(context, tokens.ROLE, name);
  if (found === undefined) throw new CloudError("NoSuchEntity", `The role with name ${name} cannot be found.`);
  return found;
}

/** ARNs of the policies attached to a role. */
export function attachedPolicies(context: Pick<Context, "objects">, roleName: string): readonly string[] {
  const attached = liveWhere(context, tokens.ROLE_POLICY_ATTACHMENT, "role", roleName);
  return attached.flatMap(({ outputs }) => text(outputs, "policyArn") ?? []);
}

export const role: Behaviour = {
  latency: assumed("0:02", "0:02", "0:02"),
  forceNew: replacedEverywhereBy("iam/role.go", ["name", "namePrefix", "path"]),
  autoName: { property: "name", maxLength: 64 },
  check: (inputs) => [
    ...nameProblems(inputs, "name", /^[\w+=,.@-]{1,64}$/, "1 to 64 letters, digits and +=,.@_-"),
    ...policyProblems(inputs, "assumeRolePolicy"),
    ...(text(inputs, "assumeRolePolicy")?.includes('"Principal"') === false
      ? [{ property: "assumeRolePolicy", reason: "MalformedPolicyDocument: AssumeRole policy must contain a Principal." }]
      : []),
    ...sessionProblems(number(inputs, "maxSessionDuration")),
  ],
  uniqueBy: (inputs) => text(inputs, "name")?.toLowerCase(),
  alreadyExists: (key) => `EntityAlreadyExists: Role with name ${key} already exists.`,
  outputs: (inputs, context) => ({
    arn: globalArn("iam", `role${text(inputs, "path") ?? "/"}${text(inputs, "name")}`),
    uniqueId: `AROA${context.random.for("id").characters(17, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`,
    createDate: text(context.previous, "createDate") ?? context.timestamp,
    path: text(inputs, "path") ?? "/",
    maxSessionDuration: number(inputs, "maxSessionDuration") ?? 3600,
    forceDetachPolicies: flag(inputs, "forceDetachPolicies") ?? false,
    inlinePolicies: inputs.inlinePolicies ?? [],
    managedPolicyArns: inputs.managedPolicyArns ?? [],
  }),
  beforeDelete: async (object, context) => {
    if (flag(object.inputs, "forceDetachPolicies") === true) return;
    const inline = (): boolean => liveWhere(context, tokens.ROLE_POLICY, "role", object.id).length > 0;
    const attached = (): boolean => attachedPolicies(context, object.id).length > 0;
    if (await context.until(() => !inline() && !attached(), 2)) return;
    if (attached()) throw new CloudError("DeleteConflict", "Cannot delete entity, must detach all policies first.");
    throw new CloudError("DeleteConflict", "Cannot delete entity, must delete policies first.");
  },
};

function sessionProblems(seconds: number | undefined): readonly { property: string; reason: string }[] {
  if (seconds === undefined || (seconds >= 3600 && seconds <= 43_200)) return [];
  return [{ property: "maxSessionDuration", reason: `expected maxSessionDuration in the range 3600 to 43200 seconds, got ${seconds}.` }];
}

export const policy: Behaviour = {
  latency: assumed("0:02", "0:02", "0:02"),
  forceNew: replacedEverywhereBy("iam/policy.go", ["name", "namePrefix", "path", "description"]),
  check: (inputs) => [...nameProblems(inputs, "name", /^[\w+=,.@-]{1,128}$/, "1 to 128 letters, digits and +=,.@_-"), ...policyProblems(inputs, "policy")],
  uniqueBy: (inputs) => text(inputs, "name")?.toLowerCase(),
  alreadyExists: (key) => `EntityAlreadyExists: A policy called ${key} already exists. Duplicate names are not allowed.`,
  id: (inputs) => globalArn("iam", `policy${text(inputs, "path") ?? "/"}${text(inputs, "name")}`),
  outputs: (inputs, context) => ({
    arn: context.id,
    policyId: `ANPA${context.random.for("id").characters(17, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`,
    path: text(inputs, "path") ?? "/",
    attachmentCount: 0,
  }),
  beforeDelete: (object, context) => {
    if (liveWhere(context, tokens.ROLE_POLICY_ATTACHMENT, "policyArn", object.id).length === 0) return;
    throw new CloudError("DeleteConflict", "Cannot delete a policy attached to entities.");
  },
};

export const rolePolicy: Behaviour = {
  latency: assumed("0:01", "0:01", "0:01"),
  forceNew: replacedEverywhereBy("iam/role_policy.go", ["name", "namePrefix", "role"]),
  check: (inputs) => [...nameProblems(inputs, "name", /^[\w+=,.@-]{1,128}$/, "1 to 128 letters, digits and +=,.@_-"), ...policyProblems(inputs, "policy")],
  beforeCreate: (inputs, context) => {
    const name = text(inputs, "role") ?? "";
    roleByName(context, name);
    const documents = [...liveWhere(context, tokens.ROLE_POLICY, "role", name).map(({ outputs }) => text(outputs, "policy") ?? ""), text(inputs, "policy") ?? ""];
    const size = documents.reduce((sum, document) => sum + document.replace(/\s/g, "").length, 0);
    if (size > INLINE_BYTES) throw new CloudError("LimitExceeded", `Maximum policy size of ${INLINE_BYTES} bytes exceeded for role ${name}`);
  },
  id: (inputs) => `${text(inputs, "role")}:${text(inputs, "name")}`,
  overwrites: true,
};

export const rolePolicyAttachment: Behaviour = {
  latency: assumed("0:01", "0:01", "0:01"),
  forceNew: replacedEverywhereBy("iam/role_policy_attachment.go", ["policyArn", "role"]),
  // Deleting the old attachment afterwards could remove the new one: to the API they are the same.
  deleteBeforeReplace: true,
  check: (inputs) => nameProblems(inputs, "role", NAME, "the role's name, not its ARN"),
  beforeCreate: (inputs, context) => {
    const name = text(inputs, "role") ?? "";
    const policyArn = text(inputs, "policyArn") ?? "";
    roleByName(context, name);
    if (!isManagedPolicy(policyArn) && live(context, tokens.POLICY, policyArn) === undefined) {
      throw new CloudError("NoSuchEntity", `Policy ${policyArn} does not exist or is not attachable.`);
    }
    if (attachedPolicies(context, name).length < POLICIES_PER_ROLE) return;
    throw new CloudError("LimitExceeded", `Cannot exceed quota for PoliciesPerRole: ${POLICIES_PER_ROLE}`);
  },
  id: (inputs) => `${text(inputs, "role")}/${text(inputs, "policyArn")}`,
  overwrites: true,
};

/** Seconds a new role takes until other services see it. */
const PROPAGATION = 10;

/**
 * Waits, as the provider does (up to 2 minutes), until another service may use a role.
 *
 * @throws CloudError `code` when the role does not exist by then.
 */
export async function usableRole(context: Context, roleArn: string, code: string, message: string): Promise<CloudObject> {
  const find = (): CloudObject | undefined => liveOf(context, tokens.ROLE).find(({ outputs }) => text(outputs, "arn") === roleArn);
  const seen = await context.until(() => {
    const found = find();
    return found !== undefined && context.now - found.createdAt >= PROPAGATION / 60;
  }, 2);
  const found = find();
  if (!seen || found === undefined) throw new CloudError(code, message);
  return found;
}
