import type { HandMadeChange } from "../../handMade";
import type { CloudObject } from "../../provider/behaviour";
import { isObject, list, object, type Properties, text } from "../../provider/properties";
import * as tokens from "./tokens";

/** What people do in the portal, in a hurry or in the wrong tab. A stack that has no such object is spared. */
export const handMadeChanges: readonly HandMadeChange[] = [
  {
    what: "keep the database's backups for a week only",
    type: tokens.SERVER,
    nameEnds: "-database",
    change: within("backup", { backupRetentionDays: 7 }),
  },
  {
    what: "let anybody reach the storage account from the internet",
    type: tokens.STORAGE_ACCOUNT,
    nameEnds: "-objects",
    change: set({ publicNetworkAccess: "Enabled" }),
  },
  {
    what: "switch off the versions of the container's files",
    type: tokens.BLOB_SERVICE,
    nameEnds: "-objects",
    change: set({ isVersioningEnabled: false }),
  },
  {
    what: "delete the rule that lets the nodes reach the database",
    type: tokens.SECURITY_GROUP,
    nameEnds: "-database",
    change: (group) => set({ securityRules: list(group.outputs, "securityRules").filter((rule) => !isObject(rule) || text(rule, "name") !== "nodes-in") })(group),
  },
  {
    what: "delete the lock on the database",
    type: tokens.LOCK,
    nameEnds: "-database",
    change: () => undefined,
  },
  {
    what: "tag the network as another environment's",
    type: tokens.VIRTUAL_NETWORK,
    nameEnds: "-network",
    change: (network) => set({ tags: { ...object(network.outputs, "tags"), environment: "test" } })(network),
  },
];

function set(properties: Properties): (object: CloudObject) => CloudObject {
  return (changed) => ({ ...changed, outputs: { ...changed.outputs, ...properties } });
}

function within(property: string, properties: Properties): (object: CloudObject) => CloudObject {
  return (changed) => set({ [property]: { ...object(changed.outputs, property), ...properties } })(changed);
}
