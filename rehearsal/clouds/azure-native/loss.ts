import { needed, type Remains } from "../../loss";
import type { CloudObject, Upkeep } from "../../provider/behaviour";
import { number, text } from "../../provider/properties";
import { keyOf, Store } from "../../provider/store";
import { isBelow, lastName } from "./arm";
import * as tokens from "./tokens";

export const copyAt = "properties.value";

const SNAPSHOT = "azure-native:compute:Snapshot";

/**
 * The cluster, the caches and the disk are gone. Locks held the database and the account with the files; with them stay the
 * resource group and what the database stands in. The copies of secrets are protected from purging.
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
    const takenOver = all.filter(({ type, id }) => type === tokens.RESOURCE_GROUP || (!ATTACHED.includes(type) && ours.some((each) => isBelow(id, each.id))));
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

/** What tells others of a resource, or lets them use it. */
const ATTACHED: readonly string[] = [tokens.DIAGNOSTIC_SETTING, tokens.ROLE_ASSIGNMENT];

function leftOf({ type, id, name }: CloudObject): { readonly retained: string; readonly upkeep: Upkeep } | undefined {
  const monthly = { usd: 0, why: "not billed" };
  if (type === tokens.VAULT) return { retained: "the vault with the copies of secrets, of the platform that was lost", upkeep: { monthly, remove: `az keyvault delete --name ${lastName(id)}` } };
  if (!isAround(type, name)) return undefined;
  return { retained: "what the lost platform's database stands in", upkeep: { monthly, remove: `az resource delete --ids ${id}, once the server is deleted` } };
}

function isAround(type: string, name: string): boolean {
  if (type === tokens.SUBNET) return name.endsWith("-database");
  return type === tokens.VIRTUAL_NETWORK || ((type === tokens.PRIVATE_ZONE || type === tokens.NETWORK_LINK) && name.endsWith("-database-names"));
}

function snapshotOf(disk: CloudObject): CloudObject {
  const id = `${disk.id.slice(0, disk.id.lastIndexOf("/disks/"))}/snapshots/${lastName(disk.id)}-last`;
  return {
    ...{ ...disk, type: SNAPSHOT, id, urn: "", inputs: {}, outputs: { diskSizeGB: number(disk.outputs, "diskSizeGB") }, uniqueKey: undefined, owner: undefined },
    retained: `a backup of ${lastName(disk.id)}, of the platform that was lost`,
    upkeep: { monthly: { why: "billed by what it holds" }, remove: `az snapshot delete --ids ${id}` },
  };
}
