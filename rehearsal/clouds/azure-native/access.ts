import { CloudError, type Context } from "../../provider/behaviour";
import { type Properties, text } from "../../provider/properties";
import { described, liveOf, nameProblems } from "../reference";
import { isBelow, lastName, sameId } from "./arm";
import { assumed, fromRunLogs, minutes, momentary, replacedByList, replacedByName } from "./facts";
import { resource } from "./resource";
import { CLIENT, DEPLOYER, TENANT } from "./subscription";
import * as tokens from "./tokens";

/** Minutes until a role that was given is known where it is asked for. One run log of 2026-09, 25 to 30 seconds. */
const KNOWN_AFTER = minutes("0:30");

/** Minutes until the directory knows an identity everywhere. Assumed. */
const DIRECTORY_KNOWS_AFTER = minutes("0:20");

/** https://learn.microsoft.com/en-us/azure/role-based-access-control/built-in-roles */
export const ROLES = {
  owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  networkContributor: "4d97b98b-1d4f-4787-a291-c67834d212e7",
  clusterAdmin: "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
  clusterUser: "4abbcc35-e782-43d8-92c5-2d3f1bd2253f",
} as const;

export const identity = resource(tokens.IDENTITY, {
  latency: assumed("0:05", "0:03", "0:05"),
  forceNew: replacedByName(tokens.IDENTITY),
  check: (inputs) => nameProblems(inputs, "resourceName", /^[a-zA-Z0-9][\w-]{2,127}$/, "3 to 128 letters, digits, - and _, beginning with a letter or digit"),
  outputs: (_inputs, context) => ({
    principalId: context.random.for("principal").uuid(),
    clientId: context.random.for("client").uuid(),
    tenantId: TENANT,
  }),
});

const CREDENTIALS_OF_AN_IDENTITY = 20;

export const federatedCredential = resource(tokens.FEDERATED_CREDENTIAL, {
  latency: fromRunLogs(minutes("0:28"), "one run log of 2026-09", "0:10", "0:05"),
  forceNew: replacedByName(tokens.FEDERATED_CREDENTIAL),
  check: (inputs) => nameProblems(inputs, "federatedIdentityCredentialResourceName", /^[a-zA-Z0-9][\w-]{2,119}$/, "3 to 120 letters, digits, - and _, beginning with a letter or digit"),
  beforeCreate: (inputs, context) => {
    const siblings = liveOf(context, tokens.FEDERATED_CREDENTIAL).filter(({ outputs }) => ["resourceGroupName", "resourceName"].every((name) => text(outputs, name) === text(inputs, name)));
    if (siblings.some(({ status }) => status === "creating")) {
      throw new CloudError("ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity", "Too many Federated Identity Credentials are written concurrently for the managed identity. Concurrent writes for one identity are not supported.");
    }
    const twice = siblings.find(({ outputs }) => ["issuer", "subject"].every((name) => text(outputs, name) === text(inputs, name)));
    if (twice !== undefined) throw new CloudError("Conflict", `Issuer and subject combination already exists for this Managed Identity: ${described(twice)}.`);
    if (siblings.length >= CREDENTIALS_OF_AN_IDENTITY) throw new CloudError("Conflict", `Too many federated identity credentials. The limit of ${CREDENTIALS_OF_AN_IDENTITY} for one identity has been reached.`);
  },
});

export const roleAssignment = resource(tokens.ROLE_ASSIGNMENT, {
  latency: fromRunLogs(minutes("0:30"), "one run log of 2026-09", "0:05", "0:05"),
  forceNew: replacedByList(tokens.ROLE_ASSIGNMENT, ["principalId", "scope"]),
  check: (inputs) => {
    const names = nameProblems(inputs, "roleAssignmentName", GUID, "a GUID");
    return [...names, ...nameProblems(inputs, "principalId", GUID, "the object ID of somebody in the directory, a GUID")];
  },
  uniqueBy: (inputs) => [text(inputs, "scope"), text(inputs, "principalId"), lastName(text(inputs, "roleDefinitionId") ?? "")].join(" ").toLowerCase().replace(/^\//, "scope /"),
  alreadyExists: () => "RoleAssignmentExists: The role assignment already exists.",
  beforeCreate: (inputs, context) => {
    const principal = text(inputs, "principalId") ?? "";
    const found = liveOf(context, tokens.IDENTITY).find(({ outputs }) => text(outputs, "principalId") === principal);
    // Said to be a service principal, it is not looked for.
    if (found === undefined || text(inputs, "principalType") === "ServicePrincipal") return;
    if (context.now - found.createdAt >= DIRECTORY_KNOWS_AFTER) return;
    throw new CloudError(
      "PrincipalNotFound",
      `Principal ${principal.replaceAll("-", "")} does not exist in the directory ${TENANT}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.`,
    );
  },
  outputs: (inputs, context) => ({
    principalType: text(inputs, "principalType") ?? "User",
    createdBy: DEPLOYER,
    updatedBy: DEPLOYER,
    createdOn: text(context.previous, "createdOn") ?? context.timestamp,
    updatedOn: context.timestamp,
  }),
  beforeUpdate: (inputs, olds) => {
    if (sameId(text(inputs, "roleDefinitionId") ?? "", text(olds, "roleDefinitionId") ?? "")) return;
    throw new CloudError("RoleAssignmentUpdateNotPermitted", "Tenant ID, application ID, principal ID, role definition ID, and scope are not allowed to be updated.");
  },
});

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether somebody holds one of the roles on a resource, or on what it is in, and it is known by now. */
export function holds(principal: string, roles: readonly string[], on: string, context: Pick<Context, "objects" | "now">): boolean {
  return assignmentsOn(on, context).some(({ outputs, createdAt }) => text(outputs, "principalId") === principal && roles.includes(lastName(text(outputs, "roleDefinitionId") ?? "")) && context.now - createdAt >= KNOWN_AFTER - 1e-9);
}

/** Who was let do anything with a resource, and when. */
export function assignmentsOn(on: string, context: Pick<Context, "objects">) {
  return liveOf(context, tokens.ROLE_ASSIGNMENT).filter(({ outputs }) => isBelow(on, text(outputs, "scope") ?? ""));
}

/** Whether a role that was given to anybody on a resource is known by now. */
export function isKnown(createdAt: number, now: number): boolean {
  return now - createdAt >= KNOWN_AFTER - 1e-9;
}

export const lock = resource(tokens.LOCK, {
  latency: momentary,
  forceNew: replacedByName(tokens.LOCK),
  check: (inputs) => {
    const level = text(inputs, "level");
    const known = level === undefined || ["NotSpecified", "CanNotDelete", "ReadOnly"].includes(level);
    return known ? [] : [{ property: "level", reason: `InvalidLockLevel: The lock level '${level}' is not valid; it is CanNotDelete or ReadOnly.` }];
  },
  beforeCreate: (inputs, context) => {
    const scope = text(inputs, "scope") ?? "";
    const isThere = context.objects.all().some(({ id, retained }) => retained === undefined && sameId(id, scope));
    if (!isThere) throw new CloudError("ResourceNotFound", `The Resource '${scope}' to be locked was not found.`);
  },
});

/** What the provider tells of itself. */
export function clientConfig(subscriptionId: string): Properties {
  return { clientId: CLIENT, objectId: DEPLOYER, subscriptionId, tenantId: TENANT };
}

/** The identity a resource id names. */
export function identityOf(id: string, context: Context) {
  return liveOf(context, tokens.IDENTITY).find((object) => sameId(object.id, id));
}
