import type { Holding } from "../contract";

/** Something as Cloud Asset Inventory lists it. */
export interface Asset {
  /** `//<service>/<path>` */
  readonly name: string;
  readonly assetType: string;
  readonly labels?: Readonly<Record<string, string | undefined>>;
}

/**
 * Where a kind is asked for by itself, by its type in the inventory. Only what the program itself makes and labels: machines, their
 * disks, backups and addresses of load balancers may carry the same labels, because Google copies them, and nobody made them twice.
 */
const made: Readonly<Record<string, string>> = {
  "artifactregistry.googleapis.com/Repository": "https://artifactregistry.googleapis.com/v1/",
  "backupdr.googleapis.com/BackupVault": "https://backupdr.googleapis.com/v1/",
  "compute.googleapis.com/Disk": "https://compute.googleapis.com/compute/v1/",
  "compute.googleapis.com/GlobalAddress": "https://compute.googleapis.com/compute/v1/",
  "container.googleapis.com/Cluster": "https://container.googleapis.com/v1/",
  "file.googleapis.com/Instance": "https://file.googleapis.com/v1/",
  "monitoring.googleapis.com/AlertPolicy": "https://monitoring.googleapis.com/v3/",
  "monitoring.googleapis.com/NotificationChannel": "https://monitoring.googleapis.com/v3/",
  "redis.googleapis.com/Instance": "https://redis.googleapis.com/v1/",
  "secretmanager.googleapis.com/Secret": "https://secretmanager.googleapis.com/v1/",
  "sqladmin.googleapis.com/Instance": "https://sqladmin.googleapis.com/v1/",
  "storage.googleapis.com/Bucket": "https://storage.googleapis.com/storage/v1/b/",
};

/** What GKE writes on the machines and disks it makes. */
const byGke = /^goog-(gke|k8s)-/;

/**
 * @param project by its ID: some services list it by its number.
 * @returns what is listed; undefined where the program did not make it.
 */
export function holdingOf({ name, assetType, labels = {} }: Asset, project: string): Holding | undefined {
  if (!(assetType in made) || Object.keys(labels).some((label) => byGke.test(label))) return undefined;
  const path = pathOf(name);
  const last = path.slice(path.lastIndexOf("/") + 1);
  return {
    id: name,
    what: assetType,
    ...(labels.name !== undefined && { logicalName: labels.name }),
    // Databases and buckets are known by their bare names. Those end with the platform's own digits, so none is another's.
    names: [...new Set([path, path.replace(/^projects\/\d+\//, `projects/${project}/`), last])],
  };
}

/** @returns the address at which the thing itself is asked for. */
export function addressOf({ id, what }: Holding): string {
  return `${made[what] ?? ""}${pathOf(id)}`;
}

function pathOf(name: string): string {
  return name.replace(/^\/\/[^/]+\//, "");
}
