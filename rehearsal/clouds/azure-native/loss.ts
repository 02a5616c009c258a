import { needed, type Remains } from "../../loss";
import type { CloudObject, Upkeep } from "../../provider/behaviour";
import { number, text } from "../../provider/properties";
import { keyOf, Store } from "../../provider/store";
import { isBelow, lastName } from "./arm";
import { groupOf } from "./resource";
import * as tokens from "./tokens";

export const copyAt = "properties.value";

const SNAPSHOT = "azure-native:compute:Snapshot";

/** A GiB of a disk's incremental snapshot is billed by what it holds: https://azure.microsoft.com/en-us/pricing/details/managed-disks */
const byContent = "billed by what it holds";

/**
 * The cluster, the caches and the disk are gone. Locks held the database, the accounts of files and, with them, the resource group and
 * what the database stands in; the copies of secrets are protected from purging.
 */
export function lose(cloudFolder: string): Remains {
  return new Store(cloudFolder, "azure-native").update((objects) => {
    const all = [...objects.values()].filter(({ retained }) => retained === undefined);
    const one = (type: string, nameEnds: string): CloudObject | undefined => all.find((object) => object.type === type && object.name.endsWith(nameEnds));
    const database = needed(one(tokens.SERVER, "-database"), "database");
    const account = one(tokens.STORAGE_ACCOUNT, "-objects");
    const container = one(tokens.CONTAINER, "-objects");
    const disk = one(tokens.DISK, "-disk");
    const files = container ?? (disk && snapshotOf(disk));

    const ours = [database, ...(account ? [account] : [])];
    const takenOver = all.filter(({ type, id }) => type !== tokens.DIAGNOSTIC_SETTING && type !== tokens.ROLE_ASSIGNMENT && ours.some((each) => isBelow(id, each.id)));
    for (const object of all.filter((each) => !takenOver.includes(each))) {
      const left = leftOf(object);
      if (left === undefined) objects.delete(keyOf(object.type, object.id));
      else objects.set(keyOf(object.type, object.id), { ...object, ...left });
    }
    if (files !== undefined && files !== container) objects.set(keyOf(files.type, files.id), files);

    return {
      story: "the cluster, the caches, the disk and the stack's state. Left, by their locks: the database with its backups, files; copies of secrets",
      config: {
        "moodle:database": { restoreFrom: `${database.id}@${text(database.outputs, "backup.earliestRestoreDate")}` },
        ...(files !== undefined && { "moodle:files": { restoreFrom: files.id } }),
      },
      takenOver: takenOver.map(({ id }) => id),
      origin: { path: "sourceServerResourceId", value: database.id },
    };
  });
}

/** What the lost platform's database stands in. */
const AROUND: readonly string[] = [tokens.RESOURCE_GROUP, tokens.VIRTUAL_NETWORK, tokens.SUBNET, tokens.PRIVATE_ZONE, tokens.NETWORK_LINK];
const NOTHING: Upkeep["monthly"] = { usd: 0, why: "not billed" };

function leftOf({ type, id, name }: CloudObject): { readonly retained: string; readonly upkeep: Upkeep } | undefined {
  const group = type === tokens.RESOURCE_GROUP ? lastName(id) : groupOf(id);
  const remove = `az group delete --name ${group}, once nothing of it is needed and its locks are deleted`;
  if (type === tokens.SECRET) return { retained: `${name}, a copy of a secret, of the platform that was lost`, upkeep: { monthly: NOTHING, remove } };
  if (type === tokens.VAULT) return { retained: "the vault with the copies of secrets, of the platform that was lost", upkeep: { monthly: NOTHING, remove } };
  return AROUND.includes(type) ? { retained: "what the lost platform's database stands in", upkeep: { monthly: NOTHING, remove } } : undefined;
}

function snapshotOf(disk: CloudObject): CloudObject {
  const id = `${disk.id.slice(0, disk.id.lastIndexOf("/disks/"))}/snapshots/${lastName(disk.id)}-last`;
  return {
    ...{ ...disk, type: SNAPSHOT, id, urn: "", inputs: {}, outputs: { diskSizeGB: number(disk.outputs, "diskSizeGB") }, uniqueKey: undefined, owner: undefined },
    retained: `a backup of ${lastName(disk.id)}, of the platform that was lost`,
    upkeep: { monthly: { why: byContent }, remove: `az snapshot delete --ids ${id}` },
  };
}
