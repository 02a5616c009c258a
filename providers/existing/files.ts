import type { Size } from "../../components/config/size";
import type { VolumeAccess, VolumeSource } from "../contract";
import type { ExistingSettings } from "./config";
import type { Scope } from "./scope";

export interface Files {
  readonly sharedFiles?: VolumeAccess;
  readonly blockDisk?: VolumeAccess;
}

/** The volume of the application's files, as the operator names it. */
export function filesOf({ plan, settings: { files } }: Scope): Files {
  return {
    ...(plan.sharedFiles && { sharedFiles: volumeOf(files, plan.sharedFiles.size) }),
    ...(plan.blockDisk && { blockDisk: volumeOf(files, plan.blockDisk.size) }),
  };
}

function volumeOf(files: ExistingSettings["files"], size: Size): VolumeAccess {
  return {
    ...sourceOf(files),
    mountOptions: files.nfs === undefined ? [] : ["nfsvers=4.1", "hard", "noatime"],
    size,
    ...(files.local && { zone: { label: "kubernetes.io/hostname", value: files.local.node } }),
    writableBy: files.writableBy,
  };
}

function sourceOf({ persistentVolume, nfs, local, storageClass }: ExistingSettings["files"]): VolumeSource {
  if (nfs !== undefined) return { nfs };
  if (local !== undefined) return { local: { path: local.path } };
  return { claimed: { ...(persistentVolume !== undefined && { persistentVolume }), ...(storageClass !== undefined && { storageClass }) } };
}
