import { CloudError, type CloudObject, type Context, type Problem, type Retained } from "../../provider/behaviour";
import { flag, list, number, object, type Properties, text } from "../../provider/properties";
import { choiceProblems, described, liveOf, nameProblems } from "../reference";
import { isBelow, lastName, sameId } from "./arm";
import { assumed, replacedByList, replacedByName } from "./facts";
import { dropKept, resource } from "./resource";
import { regionName } from "./subscription";
import * as tokens from "./tokens";
import { filesUpkeep } from "./upkeep";

const SKUS = ["Standard_LRS", "Standard_ZRS", "Standard_GRS", "Standard_GZRS", "Standard_RAGRS", "Standard_RAGZRS", "Premium_LRS", "Premium_ZRS"];
const PROVISIONED = ["StandardV2_LRS", "StandardV2_ZRS", "StandardV2_GRS", "StandardV2_GZRS", "PremiumV2_LRS", "PremiumV2_ZRS"];

export const account = resource(tokens.STORAGE_ACCOUNT, {
  latency: assumed("0:25", "0:10", "0:10"),
  forceNew: replacedByList(tokens.STORAGE_ACCOUNT, ["isHnsEnabled", "location"]),
  check: (inputs) => [
    ...nameProblems(inputs, "accountName", /^[a-z0-9]{3,24}$/, "3 to 24 lower-case letters and digits"),
    ...choiceProblems(inputs, "kind", ["Storage", "StorageV2", "BlobStorage", "FileStorage", "BlockBlobStorage"]),
    ...choiceProblems(inputs, "sku.name", [...SKUS, ...PROVISIONED]),
    ...skuProblems(inputs),
  ],
  uniqueBy: (inputs) => text(inputs, "accountName") ?? "",
  alreadyExists: (key) => `StorageAccountAlreadyTaken: The storage account named ${key} is already taken.`,
  outputs: accountOutputs,
  afterDelete: dropKept,
  beforeUpdate: (inputs, olds) => {
    for (const property of ["kind", "sku.name"]) {
      const [from = "", to = ""] = [olds, inputs].map((each) => text(each, property) ?? "");
      const moved = property === "kind" ? from !== to : family(from) !== family(to);
      if (moved) throw new CloudError("AccountPropertyCannotBeUpdated", `The property '${property}' was specified in the input, but it cannot be updated from ${from} to ${to}.`);
    }
  },
});

function family(sku: string): string {
  return sku.split("_")[0] ?? "";
}

function skuProblems(inputs: Properties): readonly Problem[] {
  const [kind, sku] = [text(inputs, "kind"), text(inputs, "sku.name")];
  if (kind === undefined || sku === undefined) return [];
  const wrong = (kind === "FileStorage") !== (PROVISIONED.includes(sku) || sku.startsWith("Premium")) && kind !== "BlockBlobStorage";
  return wrong ? [{ property: "sku.name", reason: `AccountKindSkuMismatch: An account of the kind ${kind} can't have the sku ${sku}.` }] : [];
}

function accountOutputs(inputs: Properties, context: Context): Properties {
  const name = lastName(context.id);
  const service = (kind: string): string => `https://${name}.${kind}.core.windows.net/`;
  const files = text(inputs, "kind") === "FileStorage";
  const endpoints: Properties = files ? { file: service("file") } : { blob: service("blob"), dfs: service("dfs"), file: service("file"), queue: service("queue"), table: service("table"), web: `https://${name}.z6.web.core.windows.net/` };
  return {
    allowSharedKeyAccess: flag(inputs, "allowSharedKeyAccess") ?? true,
    primaryEndpoints: endpoints,
    primaryLocation: regionName(text(inputs, "location") ?? ""),
    statusOfPrimary: "available",
    creationTime: text(context.previous, "creationTime") ?? context.timestamp,
    sku: { ...object(inputs, "sku"), tier: (text(inputs, "sku.name") ?? "").startsWith("Premium") ? "Premium" : "Standard" },
    encryption: { keySource: "Microsoft.Storage", ...object(inputs, "encryption") },
    keyCreationTime: { key1: context.timestamp, key2: context.timestamp },
    networkRuleSet: { bypass: "AzureServices", defaultAction: "Allow", ...object(inputs, "networkRuleSet") },
    privateEndpointConnections: [],
  };
}

// The only one of its account, there from the start: to make it is to change it, and to delete it changes nothing.
function service(type: string, name: string) {
  return resource(type, {
    latency: assumed("0:05", "0:05", "0:02"),
    forceNew: replacedByName(type),
    overwrites: true,
    check: (inputs) => {
      const given = text(inputs, name);
      return given === undefined || given === "default" ? [] : [{ property: name, reason: `InvalidName: it can only be default, not ${given}.` }];
    },
    beforeCreate: (inputs) => refuseRetention(inputs),
    beforeUpdate: (inputs) => refuseRetention(inputs),
    outputs: (inputs) => ({ sku: { name: "Standard_ZRS", tier: "Standard" }, ...inputs }),
  });
}

function refuseRetention(inputs: Properties): void {
  for (const property of ["deleteRetentionPolicy", "containerDeleteRetentionPolicy", "shareDeleteRetentionPolicy"]) {
    const days = number(inputs, `${property}.days`);
    if (days === undefined || (days >= 1 && days <= 365)) continue;
    throw new CloudError("InvalidInput", `The retention of ${property} is from 1 to 365 days, not ${days}.`);
  }
}

export const blobService = service(tokens.BLOB_SERVICE, "blobServicesName");
export const fileService = service(tokens.FILE_SERVICE, "fileServicesName");

const CONTAINER_NAME = /^(?=.{3,63}$)(\$root|\$web|[a-z0-9]+(-[a-z0-9]+)*)$/;
const CONTAINER_RULE = "3 to 63 lower-case letters, digits and single -, beginning and ending with a letter or digit";

export const container = resource(tokens.CONTAINER, {
  latency: assumed("0:03", "0:03", "0:03"),
  forceNew: replacedByList(tokens.CONTAINER, []),
  check: (inputs) => nameProblems(inputs, "containerName", CONTAINER_NAME, CONTAINER_RULE),
  beforeCreate: (inputs, context) => {
    const open = text(inputs, "publicAccess") ?? "None";
    if (open === "None" || flag(accountOf(inputs, context)?.outputs, "allowBlobPublicAccess") === true) return;
    throw new CloudError("PublicAccessNotPermitted", "Public access is not permitted on this storage account.");
  },
  outputs: (inputs, context) => ({
    leaseState: "Available",
    leaseStatus: "Unlocked",
    lastModifiedTime: context.timestamp,
    publicAccess: "None",
    ...inputs,
    hasImmutabilityPolicy: false,
    hasLegalHold: false,
  }),
  retainedOnDelete: (gone, context) => softDeleted(gone, tokens.BLOB_SERVICE, "containerDeleteRetentionPolicy", context),
});

export const share = resource(tokens.SHARE, {
  latency: assumed("0:05", "0:05", "0:05"),
  forceNew: replacedByName(tokens.SHARE),
  check: (inputs) => [
    ...nameProblems(inputs, "shareName", CONTAINER_NAME, CONTAINER_RULE),
    ...choiceProblems(inputs, "enabledProtocols", ["SMB", "NFS"]),
    ...choiceProblems(inputs, "rootSquash", ["NoRootSquash", "RootSquash", "AllSquash"]),
    ...(inputs.rootSquash !== undefined && text(inputs, "enabledProtocols") !== "NFS" ? [{ property: "rootSquash", reason: "InvalidRootSquash: Only shares of NFS have a root to squash." }] : []),
  ],
  beforeCreate: (inputs, context) => refuseShare(inputs, context),
  beforeUpdate: (inputs, olds, context) => {
    if (text(olds, "enabledProtocols") !== text(inputs, "enabledProtocols")) throw new CloudError("ShareProtocolCannotBeUpdated", "The protocol of a share can't be changed after its creation.");
    refuseShare(inputs, context);
  },
  outputs: (inputs, context) => ({ leaseState: "Available", leaseStatus: "Unlocked", lastModifiedTime: context.timestamp, accessTier: "Premium", ...inputs }),
  retainedOnDelete: (gone, context) => softDeleted(gone, tokens.FILE_SERVICE, "shareDeleteRetentionPolicy", context),
});

// https://learn.microsoft.com/en-us/azure/storage/files/understanding-billing
function refuseShare(inputs: Properties, context: Context): void {
  const owner = accountOf(inputs, context)?.outputs;
  const quota = number(inputs, "shareQuota");
  const nfs = text(inputs, "enabledProtocols") === "NFS";
  if (nfs && text(owner, "kind") !== "FileStorage") throw new CloudError("UnsupportedProtocol", `NFS needs an account of the kind FileStorage, not ${text(owner, "kind")}.`);
  const least = (text(owner, "sku.name") ?? "").startsWith("PremiumV2") || (text(owner, "sku.name") ?? "").startsWith("StandardV2") ? 32 : text(owner, "kind") === "FileStorage" ? 100 : 1;
  if (quota === undefined || (quota >= least && quota <= 262_144)) return;
  throw new CloudError("InvalidHeaderValue", `The value for one of the HTTP headers is not in the correct format: a share of this account has from ${least} to 262144 GiB, not ${quota}.`);
}

function accountOf(inputs: Properties, context: Pick<Context, "objects">): CloudObject | undefined {
  return liveOf(context, tokens.STORAGE_ACCOUNT).find(({ id }) => sameId(lastName(id), text(inputs, "accountName") ?? ""));
}

// Kept in the account, so it goes for good with the account.
function softDeleted(gone: CloudObject, service: string, policy: string, context: Context): readonly Retained[] {
  const settings = liveOf(context, service).find(({ id }) => isBelow(gone.id, id.split("/").slice(0, 9).join("/")))?.outputs;
  const days = flag(settings, `${policy}.enabled`) === true ? number(settings, `${policy}.days`) : undefined;
  if (days === undefined) return [];
  return [{ id: `${gone.id}/deleted/${context.random.for("deleted").hex(16)}`, type: gone.type, name: gone.name, reason: `${lastName(gone.id)} of ${gone.id.split("/")[8]}, kept for ${days} days after its deletion`, upkeep: filesUpkeep(gone, days) }];
}

export const lifecycle = resource(tokens.LIFECYCLE, {
  latency: assumed("0:05", "0:05", "0:03"),
  forceNew: replacedByName(tokens.LIFECYCLE),
  check: (inputs) => {
    const name = text(inputs, "managementPolicyName");
    const rules = list(inputs, "policy.rules");
    return [
      ...(name === undefined || name === "default" ? [] : [{ property: "managementPolicyName", reason: `InvalidName: it can only be default, not ${name}.` }]),
      ...(rules.length > 100 ? [{ property: "policy.rules", reason: `TooManyRules: A policy has at most 100 rules, not ${rules.length}.` }] : []),
    ];
  },
  beforeCreate: (inputs, context) => {
    const versions = list(inputs, "policy.rules").some((rule) => Object.keys(object(rule, "definition.actions.version")).length > 0);
    const service = liveOf(context, tokens.BLOB_SERVICE).find(({ outputs }) => text(outputs, "accountName") === text(inputs, "accountName"));
    if (!versions || flag(service?.outputs, "isVersioningEnabled") === true) return;
    const where = service === undefined ? "" : ` by ${described(service)}`;
    throw new CloudError("BlobVersioningNotEnabled", `Rules for former versions need versioning, which is not enabled${where}.`);
  },
  outputs: (_inputs, context) => ({ lastModifiedTime: context.timestamp }),
});
