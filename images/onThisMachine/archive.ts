import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Buildah } from "./buildah";

/** Has something done with an OCI archive of an image in buildah's store. */
export async function withArchive<Result>(buildah: Buildah, image: string, work: (archive: string) => Promise<Result>): Promise<Result> {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "archive-")));
  try {
    const archive = path.join(folder, "image.tar");
    await buildah.succeed(["push", "--quiet", "--disable-compression", image, `oci-archive:${archive}`], [folder]);
    return await work(archive);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
