import type { HandMadeChange } from "../../handMade";
import type { CloudObject } from "../../provider/behaviour";
import { object, type Properties } from "../../provider/properties";
import * as tokens from "./tokens";

/** What people do in the console, in a hurry or in the wrong tab. A stack that has no such object is spared. */
export const handMadeChanges: readonly HandMadeChange[] = [
  {
    what: "switch off the database's backups",
    type: tokens.SQL_INSTANCE,
    nameEnds: "-database",
    change: within("settings", "backupConfiguration", { enabled: false, pointInTimeRecoveryEnabled: false }),
  },
  {
    what: "open the database to unencrypted connections",
    type: tokens.SQL_INSTANCE,
    nameEnds: "-database",
    change: within("settings", "ipConfiguration", { sslMode: "ALLOW_UNENCRYPTED_AND_ENCRYPTED" }),
  },
  {
    what: "suspend the versioning of the bucket",
    type: tokens.BUCKET,
    nameEnds: "-objects",
    change: set({ versioning: { enabled: false } }),
  },
  {
    what: "take the right to use the bucket away",
    type: tokens.BUCKET_MEMBER,
    nameEnds: "-objects",
    change: () => undefined,
  },
  {
    what: "delete the copy of the database's password",
    type: tokens.SECRET,
    nameEnds: "-secret-databasePassword",
    change: () => undefined,
    within: tokens.SECRET_VERSION,
  },
  {
    what: "label the session cache as another environment's",
    type: tokens.REDIS,
    nameEnds: "-sessions",
    change: (cache) => set(Object.fromEntries(["labels", "effectiveLabels", "pulumiLabels"].map((name) => [name, { ...object(cache.outputs, name), environment: "test" }])))(cache),
  },
];

function set(properties: Properties): (object: CloudObject) => CloudObject {
  return (changed) => ({ ...changed, outputs: { ...changed.outputs, ...properties } });
}

function within(outer: string, inner: string, properties: Properties): (object: CloudObject) => CloudObject {
  return (changed) => {
    const around = object(changed.outputs, outer);
    return set({ [outer]: { ...around, [inner]: { ...object(around, inner), ...properties } } })(changed);
  };
}
