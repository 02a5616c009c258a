import type { PlatformConfig } from "../config/schema";
import { inSeconds } from "../config/duration";
import { inMiB } from "../config/size";

/** The plugin that moves files to the object store. */
export const objectFs = "tool_objectfs";

/**
 * Its settings, by its own names. Bucket, region and credentials are not among them: they come from the
 * environment, which only pods see.
 */
export function objectFsSettings(offload: PlatformConfig["files"]["offload"]) {
  return {
    enabletasks: 1,
    sizethreshold: inMiB(offload.largerThan) * 1024 * 1024,
    minimumage: inSeconds(offload.after),
    deletelocal: 1,
    consistencydelay: inSeconds(offload.keepLocally),
    // Deleting an object for good is the bucket's lifecycle's doing: it keeps it as long as a database can be restored.
    deleteexternal: 0,
    enablepresignedurls: offload.redirectDownloads ? 1 : 0,
    // Empty would mean that nothing is redirected.
    signingwhitelist: "*",
  };
}
