import type { HandMadeChange } from "../../handMade";
import type { CloudObject } from "../../provider/behaviour";
import { object, type Properties } from "../../provider/properties";
import { awaitingDeletion } from "./secrets";
import * as tokens from "./tokens";

/** What people do in the console, in a hurry or in the wrong tab. A stack that has no such object is spared. */
export const handMadeChanges: readonly HandMadeChange[] = [
  {
    what: "keep the database's backups for a day only",
    type: tokens.DB_INSTANCE,
    nameEnds: "-database",
    change: set({ backupRetentionPeriod: 1 }),
  },
  {
    what: "switch off the database's deletion protection",
    type: tokens.DB_INSTANCE,
    nameEnds: "-database",
    change: set({ deletionProtection: false }),
  },
  {
    what: "suspend the versioning of the bucket",
    type: "aws:s3/bucketVersioning:BucketVersioning",
    nameEnds: "-objects",
    change: set({ versioningConfiguration: { status: "Suspended" } }),
  },
  {
    what: "delete the rule that lets the cluster reach the database",
    type: tokens.INGRESS_RULE,
    nameEnds: "-database-from-cluster",
    change: () => undefined,
  },
  {
    what: "delete the copy of the database's password",
    type: tokens.SECRET,
    nameEnds: "-secret-databasePassword",
    change: (secret) => {
      const { reason, upkeep } = awaitingDeletion(secret, 30);
      return { ...secret, retained: reason, upkeep };
    },
    within: tokens.SECRET_VERSION,
  },
  {
    what: "tag the network as another environment's",
    type: tokens.VPC,
    nameEnds: "-network",
    change: (network) => set({ tags: tagged(network, "tags"), tagsAll: tagged(network, "tagsAll") })(network),
  },
];

function set(properties: Properties): (object: CloudObject) => CloudObject {
  return (changed) => ({ ...changed, outputs: { ...changed.outputs, ...properties } });
}

function tagged({ outputs }: CloudObject, property: string): Properties {
  return { ...object(outputs, property), environment: "test" };
}
