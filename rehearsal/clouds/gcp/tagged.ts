import type { CloudObject } from "../../provider/behaviour";
import { object, text } from "../../provider/properties";
import { storesOf } from "../../provider/store";
import * as tokens from "./tokens";

/** An object as Cloud Asset lists it by its labels. */
export interface Labelled {
  /** `//compute.googleapis.com/projects/…` */
  readonly name: string;
  /** `compute.googleapis.com/Disk` */
  readonly assetType: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly object: CloudObject;
}

interface Asset {
  readonly type: string;
  /** Default: the id. */
  readonly path?: (object: CloudObject) => string;
}

/** https://cloud.google.com/asset-inventory/docs/asset-types, of the types that have labels. */
const ASSETS: Readonly<Record<string, Asset>> = {
  [tokens.GLOBAL_ADDRESS]: { type: "compute.googleapis.com/GlobalAddress" },
  [tokens.ADDRESS]: { type: "compute.googleapis.com/Address" },
  [tokens.DISK]: { type: "compute.googleapis.com/Disk" },
  [tokens.CLUSTER]: { type: "container.googleapis.com/Cluster" },
  [tokens.SQL_INSTANCE]: { type: "sqladmin.googleapis.com/Instance", path: ({ id, outputs }) => `projects/${text(outputs, "project")}/instances/${id}` },
  [tokens.REDIS]: { type: "redis.googleapis.com/Instance" },
  [tokens.FILESTORE]: { type: "file.googleapis.com/Instance" },
  [tokens.BUCKET]: { type: "storage.googleapis.com/Bucket" },
  [tokens.SECRET]: { type: "secretmanager.googleapis.com/Secret" },
  [tokens.REPOSITORY]: { type: "artifactregistry.googleapis.com/Repository" },
  [tokens.CRYPTO_KEY]: { type: "cloudkms.googleapis.com/CryptoKey" },
  [tokens.VAULT]: { type: "backupdr.googleapis.com/BackupVault" },
  [tokens.ALERT_POLICY]: { type: "monitoring.googleapis.com/AlertPolicy" },
  [tokens.NOTIFICATION_CHANNEL]: { type: "monitoring.googleapis.com/NotificationChannel" },
};

/** Everything in a cloud folder that carries all of the labels. What Google only keeps is not listed. */
export function labelledWith(labels: Readonly<Record<string, string>>, cloudFolder: string): readonly Labelled[] {
  return storesOf(cloudFolder, "gcp")
    .flatMap((store) => [...store.read().values()])
    .flatMap((held) => {
      const asset = ASSETS[held.type];
      const own = labelsOf(held);
      if (asset === undefined || held.retained !== undefined || !Object.entries(labels).every(([key, value]) => own[key] === value)) return [];
      const name = `//${asset.type.split("/")[0]}/${asset.path?.(held) ?? held.id}`;
      return [{ name, assetType: asset.type, labels: own, object: held }];
    });
}

// Channels have labels of their kind beside those of a program.
function labelsOf({ type, outputs }: CloudObject): Readonly<Record<string, string>> {
  const places = type === tokens.NOTIFICATION_CHANNEL ? ["userLabels"] : ["labels", "resourceLabels", "userLabels", "settings.userLabels"];
  const all = Object.assign({}, ...places.map((place) => object(outputs, place))) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(all).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])));
}
