import { PersistentVolumeClaim, type Namespace } from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { CloudFoundation } from "../providers/contract";
import { inGiB } from "./config/size";
import type { PlatformPlan } from "./plan/platformPlan";

interface FilesClaimArgs {
  readonly plan: PlatformPlan;
  readonly foundation: CloudFoundation;
  readonly namespace: Namespace;
}

/**
 * The claim that gets the volume of Moodle's files, or nothing where the chart makes one. Protected: with a claim most storage classes
 * delete the volume.
 */
export function createFilesClaim(
  name: string,
  { plan, foundation, namespace }: FilesClaimArgs,
  opts: pulumi.CustomResourceOptions,
): PersistentVolumeClaim | undefined {
  const { blockDisk, sharedFiles } = foundation;
  const access = blockDisk ?? sharedFiles;
  if (access?.claimed === undefined) return undefined;
  const { persistentVolume, storageClass } = access.claimed;
  return new PersistentVolumeClaim(
    name,
    {
      metadata: { name: "moodle-files", namespace: namespace.metadata.name },
      spec: {
        accessModes: [blockDisk ? "ReadWriteOnce" : "ReadWriteMany"],
        ...(storageClass !== undefined && { storageClassName: storageClass }),
        // An empty class keeps the default one from making another volume.
        ...(persistentVolume !== undefined && { volumeName: persistentVolume, storageClassName: storageClass ?? "" }),
        resources: { requests: { storage: `${inGiB(access.size)}Gi` } },
      },
    },
    { ...opts, protect: !plan.foundation.unprotected.includes(blockDisk ? "blockDisk" : "sharedFiles") },
  );
}
