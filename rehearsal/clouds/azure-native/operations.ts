import { CloudError, type CloudObject, type Context, type Problem } from "../../provider/behaviour";
import { isObject, list, number, object, type Properties, text, texts } from "../../provider/properties";
import { choiceProblems, described, liveOf, nameProblems } from "../reference";
import { assignmentsOn, isKnown } from "./access";
import { lastName, parentId, sameId } from "./arm";
import { assumed, minutes, momentary, replacedByName } from "./facts";
import { parentOf, referred, resource } from "./resource";
import { TENANT } from "./subscription";
import * as tokens from "./tokens";

export const registry = resource(tokens.REGISTRY, {
  latency: assumed("0:20", "0:15", "0:15"),
  forceNew: replacedByName(tokens.REGISTRY),
  check: (inputs) => [
    ...nameProblems(inputs, "registryName", /^[a-zA-Z0-9]{5,50}$/, "5 to 50 letters and digits"),
    ...choiceProblems(inputs, "sku.name", ["Basic", "Standard", "Premium"]),
    ...(text(inputs, "sku.name") !== undefined && text(inputs, "sku.name") !== "Premium" && text(inputs, "publicNetworkAccess") === "Disabled"
      ? [{ property: "publicNetworkAccess", reason: "FeatureNotSupportedInSku: Only registries of the Premium sku can be closed to the public network." }]
      : []),
  ],
  uniqueBy: (inputs) => (text(inputs, "registryName") ?? "").toLowerCase(),
  alreadyExists: (key) => `AlreadyInUse: The registry DNS name ${key}.azurecr.io is already in use.`,
  outputs: (inputs, context) => ({
    loginServer: `${lastName(context.id).toLowerCase()}.azurecr.io`,
    creationDate: text(context.previous, "creationDate") ?? context.timestamp,
    sku: { ...object(inputs, "sku"), tier: text(inputs, "sku.name") },
    dataEndpointHostNames: [],
    privateEndpointConnections: [],
    status: { displayStatus: "Ready" },
  }),
});

export const workspace = resource(tokens.WORKSPACE, {
  latency: assumed("0:35", "0:10", "0:05"),
  forceNew: replacedByName(tokens.WORKSPACE),
  check: (inputs) => {
    const days = number(inputs, "retentionInDays");
    return [
      ...nameProblems(inputs, "workspaceName", /^[a-zA-Z0-9][a-zA-Z0-9-]{2,61}[a-zA-Z0-9]$/, "4 to 63 letters, digits and -, beginning and ending with a letter or digit"),
      ...(days === undefined || days === 7 || (days >= 30 && days <= 730) ? [] : [{ property: "retentionInDays", reason: `InvalidParameter: Logs are kept for 30 to 730 days, not ${days}.` }]),
    ];
  },
  // It can be brought back for two weeks under the same name, and making it again does so.
  outputs: (inputs, context) => ({
    customerId: context.random.for("customer").uuid(),
    createdDate: text(context.previous, "createdDate") ?? context.timestamp,
    modifiedDate: context.timestamp,
    privateLinkScopedResources: [],
    sku: { name: "PerGB2018", lastSkuUpdate: context.timestamp, ...object(inputs, "sku") },
  }),
  retainedOnDelete: (gone) => [
    {
      id: `${gone.id}/deleted`,
      type: gone.type,
      name: gone.name,
      reason: `deleted workspace ${lastName(gone.id)} with its logs: it can be recovered for 14 days`,
      upkeep: { monthly: { usd: 0, why: "not billed while it waits for its deletion" }, remove: "nothing to do: Azure deletes it after 14 days" },
    },
  ],
});

export const collectionRule = resource(tokens.COLLECTION_RULE, {
  latency: assumed("0:05", "0:05", "0:05"),
  forceNew: replacedByName(tokens.COLLECTION_RULE),
  beforeCreate: (inputs, context) => {
    for (const destination of list(inputs, "destinations.logAnalytics")) referred(context, tokens.WORKSPACE, text(destination, "workspaceResourceId") ?? "");
  },
  outputs: (_inputs, context) => ({ immutableId: `dcr-${context.random.for("rule").hex(32)}` }),
});

/** Something that is attached to a resource of any type. */
function attached(type: string, property: string, check: (inputs: Properties) => readonly Problem[] = () => []) {
  return resource(type, {
    latency: momentary,
    forceNew: replacedByName(type),
    check,
    beforeCreate: (inputs, context) => {
      refuseMissing(text(inputs, property) ?? "", context);
    },
  });
}

function refuseMissing(id: string, context: Context): CloudObject {
  const found = context.objects.all().find((each) => each.retained === undefined && sameId(each.id, id));
  if (found === undefined) throw new CloudError("ResourceNotFound", `The Resource '${id}' was not found.`);
  return found;
}

export const collection = attached(tokens.COLLECTION, "resourceUri");

export const diagnosticSetting = attached(tokens.DIAGNOSTIC_SETTING, "resourceUri", (inputs) => {
  const destination = ["workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId"].some((name) => inputs[name] !== undefined);
  return destination ? [] : [{ property: "workspaceId", reason: "BadRequest: At least one data sink needs to be specified." }];
});

export const actionGroup = resource(tokens.ACTION_GROUP, {
  latency: momentary,
  forceNew: replacedByName(tokens.ACTION_GROUP),
  check: (inputs) => {
    const short = text(inputs, "groupShortName");
    const names = list(inputs, "emailReceivers").filter(isObject).map((receiver) => text(receiver, "name"));
    return [
      ...(short === undefined || (short.length >= 1 && short.length <= 12) ? [] : [{ property: "groupShortName", reason: `InvalidGroupShortName: '${short}' is longer than 12 characters.` }]),
      ...(new Set(names).size === names.length ? [] : [{ property: "emailReceivers", reason: "DuplicateReceiverName: The names of receivers must be different." }]),
    ];
  },
});

/** An alarm: on a resource that exists, telling groups that exist. */
function alarm(type: string, groupsOf: (inputs: Properties) => readonly string[]) {
  return resource(type, {
    latency: assumed("0:05", "0:05", "0:03"),
    forceNew: replacedByName(type),
    check: (inputs) => {
      const severity = number(inputs, "severity");
      return severity === undefined || (Number.isInteger(severity) && severity >= 0 && severity <= 4) ? [] : [{ property: "severity", reason: `BadRequest: The severity is from 0 to 4, not ${severity}.` }];
    },
    beforeCreate: (inputs, context) => {
      for (const id of texts(inputs, "scopes")) refuseMissing(id, context);
      for (const id of groupsOf(inputs)) referred(context, tokens.ACTION_GROUP, id);
    },
    outputs: (_inputs, context) => (type === tokens.QUERY_RULE ? { createdWithApiVersion: "2025-01-01-preview", isLegacyLogAnalyticsRule: false, isWorkspaceAlertsStorageConfigured: false } : { lastUpdatedTime: context.timestamp, isMigrated: false }),
  });
}

export const metricAlert = alarm(tokens.METRIC_ALERT, (inputs) => list(inputs, "actions").flatMap((action) => text(action, "actionGroupId") ?? []));
export const queryRule = alarm(tokens.QUERY_RULE, (inputs) => texts(inputs, "actions.actionGroups"));

export const backupVault = resource(tokens.BACKUP_VAULT, {
  latency: assumed("0:20", "0:15", "0:15"),
  forceNew: replacedByName(tokens.BACKUP_VAULT),
  check: (inputs) => nameProblems(inputs, "vaultName", /^[a-zA-Z][a-zA-Z0-9-]{1,49}$/, "2 to 50 letters, digits and -, beginning with a letter"),
  outputs: (inputs, context) => {
    const own = text(inputs, "identity.type") === "SystemAssigned" ? { principalId: context.random.for("principal").uuid(), tenantId: TENANT } : {};
    return {
      ...(inputs.identity !== undefined && { identity: { ...object(inputs, "identity"), ...own } }),
      properties: { isVaultProtectedByResourceGuard: false, provisioningState: "Succeeded", ...object(inputs, "properties") },
    };
  },
  decides: ["identity.principalId", "identity.tenantId"],
  beforeUpdate: (inputs, olds) => {
    const [from, to] = [olds, inputs].map((each) => JSON.stringify(list(each, "properties.storageSettings")));
    if (from !== to) throw new CloudError("UserErrorVaultStorageTypeChangeNotAllowed", "The storage of a vault can't be changed once it was made.");
  },
  beforeDelete: ({ id }, context) => {
    const items = liveOf(context, tokens.BACKUP_INSTANCE).filter((each) => sameId(parentId(each.id), id));
    if (items.length === 0) return;
    throw new CloudError("UserErrorCannotDeleteVaultWithBackupInstances", `Backup vault ${lastName(id)} can't be deleted: there are backup instances in it: ${items.map(described).join(", ")}.`);
  },
});

export const backupPolicy = resource(tokens.BACKUP_POLICY, {
  latency: momentary,
  forceNew: replacedByName(tokens.BACKUP_POLICY),
  check: (inputs) => nameProblems(inputs, "backupPolicyName", /^[a-zA-Z][a-zA-Z0-9-]{2,149}$/, "3 to 150 letters, digits and -, beginning with a letter"),
  beforeDelete: ({ id }, context) => {
    const users = liveOf(context, tokens.BACKUP_INSTANCE).filter(({ outputs }) => sameId(text(outputs, "properties.policyInfo.policyId") ?? "", id));
    if (users.length === 0) return;
    throw new CloudError("UserErrorPolicyInUse", `The policy ${lastName(id)} is used by ${users.map(described).join(", ")}.`);
  },
});

/** How long Azure Backup takes to find that it is not allowed. Assumed. */
const ANSWER = minutes("0:20");

export const backupInstance = resource(tokens.BACKUP_INSTANCE, {
  latency: assumed("1:00", "0:30", "0:30"),
  forceNew: replacedByName(tokens.BACKUP_INSTANCE),
  beforeCreate: async (inputs, context) => {
    const source = refuseMissing(text(inputs, "properties.dataSourceInfo.resourceID") ?? "", context);
    referred(context, tokens.BACKUP_POLICY, text(inputs, "properties.policyInfo.policyId") ?? "");
    const may = (): boolean => vaultMay(inputs, source, context);
    if (may()) return;
    await context.sleep(ANSWER);
    if (may()) return;
    throw new CloudError("UserErrorMissingPermissions", `Appropriate permissions to perform the operation are missing: the identity of the vault holds no role on ${source.id}. UserErrorInsufficientPermissions`);
  },
  outputs: (inputs) => ({ properties: { currentProtectionState: "ProtectionConfigured", provisioningState: "Succeeded", ...object(inputs, "properties") } }),
  retainedOnDelete: (gone, context) => {
    const vault = parentOf(context, tokens.BACKUP_VAULT, gone.id);
    const settings = object(vault?.outputs, "properties.securitySettings.softDeleteSettings");
    const days = number(settings, "retentionDurationInDays") ?? 14;
    if (text(settings, "state") !== "On" && text(settings, "state") !== "AlwaysOn") return [];
    const reason = `backups of ${lastName(text(gone.outputs, "properties.dataSourceInfo.resourceID") ?? "")}, kept for ${days} days after their deletion`;
    return [{ id: `${parentId(gone.id)}/deletedBackupInstances/${lastName(gone.id)}`, type: gone.type, name: gone.name, reason, upkeep: { monthly: { why: "as before, for each GiB stored" }, remove: `nothing to do: Azure deletes them after ${days} days` } }];
  },
});

function vaultMay(inputs: Properties, source: CloudObject, context: Context): boolean {
  const vault = liveOf(context, tokens.BACKUP_VAULT).find(({ outputs }) => text(outputs, "name") === text(inputs, "vaultName"));
  const principal = text(vault?.outputs, "identity.principalId");
  return assignmentsOn(source.id, context).some(({ outputs, createdAt }) => text(outputs, "principalId") === principal && isKnown(createdAt, context.now));
}
