import { prices } from "../../../providers/aws/prices";
import { needed, type Remains } from "../../loss";
import type { CloudObject, Upkeep } from "../../provider/behaviour";
import { number, type Properties, text } from "../../provider/properties";
import { keyOf, Store } from "../../provider/store";
import * as tokens from "./tokens";
import { removal, upTo } from "./upkeep";

const DISK_SNAPSHOT = "aws:ebs/snapshot:Snapshot";

export const copyAt = "secretString";

/** The network, the cluster and the machines are gone; the night's backups, the bucket, the data key and the copies of secrets are not. */
export function lose(cloudFolder: string): Remains {
  return new Store(cloudFolder, "aws").update((objects) => {
    const all = [...objects.values()].filter(({ retained }) => retained === undefined);
    const one = (type: string, nameEnds: string): CloudObject | undefined => all.find((object) => object.type === type && object.name.endsWith(nameEnds));
    const database = needed(one(tokens.DB_INSTANCE, "-database"), "database");
    const key = needed(one(tokens.KMS_KEY, "-data"), "data key");
    const bucket = one(tokens.BUCKET, "-objects");
    const disk = one(tokens.VOLUME, "-disk");

    const { identifier, kmsKeyId, allocatedStorage } = database.outputs;
    const snapshots = [
      backupOf(database, tokens.DB_SNAPSHOT, "awsbackup:job-4d0f8a52", { dbInstanceIdentifier: identifier, kmsKeyId, allocatedStorage }, {
        monthly: upTo(number(database.outputs, "allocatedStorage") ?? 0, prices.monthly.databaseBackupGiB),
        remove: removal(database, "rds delete-db-snapshot --db-snapshot-identifier awsbackup:job-4d0f8a52"),
      }),
      ...(disk ? [diskBackup(disk)] : []),
    ];
    for (const object of all) if (object.id !== key.id && !object.type.startsWith("aws:s3/")) objects.delete(keyOf(object.type, object.id));
    for (const secret of all.filter(({ type }) => type === tokens.SECRET)) {
      const monthly = { usd: prices.monthly.secret, why: "a secret" };
      const upkeep = { monthly, remove: removal(secret, `secretsmanager delete-secret --secret-id ${secret.id}`) };
      objects.set(keyOf(secret.type, secret.id), { ...secret, retained: "a copy of a secret, of the platform that was lost", upkeep });
    }
    for (const snapshot of snapshots) objects.set(keyOf(snapshot.type, snapshot.id), snapshot);

    const [ofDatabase, ofDisk] = snapshots;
    const files = bucket?.id ?? ofDisk?.id;
    const snapshot = ofDatabase?.id ?? "";
    return {
      story: "the cluster, the database, the network and the stack's state. Left: backups, files, the data key, copies of secrets",
      config: {
        "moodle:database": { restoreFrom: snapshot },
        ...(files !== undefined && { "moodle:files": { restoreFrom: files } }),
        "moodle:aws": { dataKey: text(key.outputs, "arn") ?? "" },
      },
      takenOver: [key.id, ...(bucket ? [bucket.id] : [])],
      origin: { path: "snapshotIdentifier", value: snapshot },
    };
  });
}

function diskBackup(disk: CloudObject): CloudObject {
  const id = "snap-0b1e5ca7ab1e";
  return backupOf(disk, DISK_SNAPSHOT, id, { volumeId: disk.id, kmsKeyId: disk.outputs.kmsKeyId }, {
    monthly: upTo(number(disk.outputs, "size") ?? 0, prices.monthly.diskSnapshotGiB),
    remove: removal(disk, `ec2 delete-snapshot --snapshot-id ${id}`),
  });
}

function backupOf(of: CloudObject, type: string, id: string, outputs: Properties, upkeep: Upkeep): CloudObject {
  const retained = `a backup of ${of.id}, of the platform that was lost`;
  return { ...of, type, id, urn: "", inputs: {}, outputs, uniqueKey: undefined, owner: undefined, retained, upkeep };
}
