import { z } from "zod";
import { durationBetween } from "../duration";
import { held, inPlace, key, refused, usersNotice } from "../key";
import { sizeBetween } from "../size";

export const fileModes = ["objectfs", "shared", "block"] as const;
export type FileMode = (typeof fileModes)[number];

const files = ["objectStore", "sharedFiles", "blockDisk"] as const;

/** Where student work is stored. */
export function filesGroup() {
  return z.strictObject({
    mode: key(
      z.enum(fileModes).default("objectfs"),
      "objectfs: files in the object store, many replicas. shared: everything on a shared volume, many replicas. " +
        "block: everything on one protected disk, one replica.",
      refused("the site would look for its files where there are none", files),
    ),
    offload: key(
      z
        .strictObject({
          largerThan: key(
            sizeBetween("0 MiB", "1 GiB").default("0 MiB"),
            "Files larger than this move to the object store; smaller ones stay on the shared volume.",
            inPlace,
          ),
          after: key(
            durationBetween("0 s", "30 d").default("0 s"),
            "Age at which a file moves to the object store.",
            inPlace,
          ),
          keepLocally: key(
            durationBetween("0 s", "365 d").default("10 min"),
            "How long the copy on the shared volume is kept after the object store has the file.",
            inPlace,
          ),
          redirectDownloads: key(
            z.boolean().default(true),
            "Browsers fetch files from the object store by a signed, short-lived address instead of through PHP.",
            inPlace,
          ),
        })
        .prefault({}),
      "How objectfs moves files. Ignored in the other modes.",
      inPlace,
    ),
    restoreFrom: key(
      z.string().min(1).optional(),
      "What a new platform takes its files from, by the cloud's own naming. objectfs: a bucket that exists, which stays as it is " +
        "and is never deleted with the stack. block: a snapshot of a disk.",
      refused("the files of a live site are never exchanged; use a new stack", files),
    ),
    disk: key(
      z
        .strictObject({
          size: key(
            sizeBetween("10 GiB", "16 TiB").default("100 GiB"),
            "Size of the disk. It can grow, never shrink.",
            held(usersNotice("the disk grows at once, its file system when the pod is started next"), "size", ["blockDisk"]),
          ),
          iops: key(z.int().min(3000).max(64_000).default(3000), "Input and output operations a second.", inPlace),
          throughput: key(z.int().min(125).max(1000).default(125), "Throughput in MiB a second.", inPlace),
        })
        .prefault({}),
      "The disk of mode block. Ignored in the other modes.",
      inPlace,
    ),
  });
}
