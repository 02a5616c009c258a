import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { ObjectStorePlan } from "../../components/plan/cloudPlan";
import type { ObjectStoreCredentials } from "../contract";

/**
 * The program that keeps a token for the container in a file. It runs in the application's own image, which has PHP; the script
 * travels in the command, so that it is there whatever the image.
 *
 * The token may less than the identity that signs it, which may all of the container's objects: reading, listing and writing,
 * and deleting only where the plan says so.
 */
export function tokenMinter(
  account: pulumi.Output<string>,
  container: pulumi.Output<string>,
  { mayDelete }: Pick<ObjectStorePlan, "mayDelete">,
): Extract<ObjectStoreCredentials, { kind: "minted token" }> {
  const script = readFileSync(join(__dirname, "tokenMinter.php"), "utf8").replace(/^<\?php\s*/, "");
  return {
    kind: "minted token",
    command: ["php", "-r", script],
    environment: {
      BLOB_SERVICE: pulumi.interpolate`https://${account}.blob.core.windows.net`,
      BLOB_ACCOUNT: account,
      BLOB_CONTAINER: container,
      // In the order Azure wants them.
      BLOB_PERMISSIONS: mayDelete ? "rcwdl" : "rcwl",
    },
  };
}
