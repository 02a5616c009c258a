import { needed, type Remains } from "../../loss";
import type { CloudObject, Upkeep } from "../../provider/behaviour";
import { number, type Properties, text } from "../../provider/properties";
import { keyOf, Store } from "../../provider/store";
import { lastPart } from "./place";
import * as tokens from "./tokens";
import { backupUpkeep } from "./upkeep";

export const copyAt = "secretData";

/** A number as Cloud SQL gives one to each of an instance's backups. */
const BACKUP = "1795932000000";

/**
 * The cluster, the caches and the volumes are gone. Google refuses to delete an instance that is protected, the network it stands in
 * and a bucket that holds files; nobody touched the copies of secrets and the vault.
 */
export function lose(cloudFolder: string): Remains {
  return new Store(cloudFolder, "gcp").update((objects) => {
    const all = [...objects.values()].filter(({ retained }) => retained === undefined);
    const one = (type: string, nameEnds: string): CloudObject | undefined => all.find((object) => object.type === type && object.name.endsWith(nameEnds));
    const database = needed(one(tokens.SQL_INSTANCE, "-database"), "database");
    const bucket = one(tokens.BUCKET, "-objects");
    const [disk, share] = [one(tokens.DISK, "-disk"), one(tokens.FILESTORE, "-files")];
    const files = bucket ?? (disk && snapshotOf(disk)) ?? (share && backupOf(share, one(tokens.VAULT, "-backups")));

    const takenOver = all.filter((object) => object === database || object === bucket || (PARTS.includes(object.type) && text(object.outputs, "instance") === database.id));
    for (const object of all.filter((each) => !takenOver.includes(each))) {
      const left = leftOf(object);
      if (left === undefined) objects.delete(keyOf(object.type, object.id));
      else objects.set(keyOf(object.type, object.id), { ...object, ...left });
    }
    if (files !== undefined && files !== bucket) objects.set(keyOf(files.type, files.id), files);

    return {
      story: "the cluster, the caches, the volumes and the stack's state. Left: the database with its backups, files, copies of secrets",
      config: {
        "moodle:database": { restoreFrom: `${database.id}/${BACKUP}` },
        ...(files !== undefined && { "moodle:files": { restoreFrom: files.id } }),
      },
      takenOver: takenOver.map(({ id }) => id),
      origin: { path: "restoreBackupContext.instanceId", value: database.id },
    };
  });
}

/** What is in an instance. */
const PARTS: readonly string[] = [tokens.SQL_DATABASE, tokens.SQL_USER];

/** What the lost platform's database stands in, and the command that removes it. */
const AROUND: Readonly<Record<string, (object: CloudObject) => string>> = {
  [tokens.NETWORK]: ({ id }) => `gcloud compute networks delete ${lastPart(id)}`,
  [tokens.GLOBAL_ADDRESS]: ({ id }) => `gcloud compute addresses delete ${lastPart(id)} --global`,
  [tokens.CONNECTION]: ({ outputs }) => `gcloud services vpc-peerings delete --network ${lastPart(text(outputs, "network") ?? "")}`,
};

function leftOf(object: CloudObject): { readonly retained: string; readonly upkeep: Upkeep } | undefined {
  const { type, id, name } = object;
  if (type === tokens.SECRET) {
    const monthly = { why: "billed by its versions, some cents" };
    return { retained: `${name}, a copy of a secret, of the platform that was lost`, upkeep: { monthly, remove: `gcloud secrets delete ${lastPart(id)}` } };
  }
  if (type === tokens.VAULT) {
    const monthly = { why: "billed by what it holds" };
    return { retained: "the vault of the platform that was lost", upkeep: { monthly, remove: `gcloud backup-dr backup-vaults delete ${id}, once its backups are gone` } };
  }
  const remove = AROUND[type]?.(object);
  if (remove === undefined) return undefined;
  return { retained: "what the lost platform's database stands in", upkeep: { monthly: { usd: 0, why: "not billed" }, remove: `${remove}, once the instance is gone` } };
}

function snapshotOf(disk: CloudObject): CloudObject {
  const id = `projects/${text(disk.outputs, "project")}/global/snapshots/${lastPart(disk.id)}-last`;
  return kept(disk, tokens.DISK_SNAPSHOT, id, { name: lastPart(id) }, backupUpkeep(number(disk.outputs, "size") ?? 0, `gcloud compute snapshots delete ${lastPart(id)}`));
}

function backupOf(share: CloudObject, vault: CloudObject | undefined): CloudObject {
  const { id } = needed(vault, "vault of backups");
  const backup = `${id}/dataSources/4f1c0de5/backups/daily-4f1c0de5`;
  const upkeep = backupUpkeep(number(share.outputs, "fileShares.capacityGb") ?? 0, `gcloud backup-dr backups delete ${backup}`);
  return kept(share, tokens.VAULT_BACKUP, backup, { backupVault: id }, upkeep);
}

function kept(of: CloudObject, type: string, id: string, outputs: Properties, upkeep: Upkeep): CloudObject {
  return { ...of, type, id, urn: "", inputs: {}, outputs, uniqueKey: undefined, owner: undefined, retained: `a backup of ${of.id}, of the platform that was lost`, upkeep };
}
