import type { Debian, Tree } from "../../toolchain/debian";
import type { Buildah } from "./buildah";

/** Makes a Debian file system an image to build on, once. @returns the image's name */
export async function importedBase(buildah: Buildah, debian: Debian, tree: Tree): Promise<string> {
  const name = `localhost/debian:${debian}-${tree.key}`;
  if ((await buildah.run(["inspect", "--type", "image", name])).code === 0) return name;
  const container = await buildah.succeed(["from", "scratch"]);
  await buildah.succeed(["add", "--quiet", container, tree.folder, "/"], [tree.folder]);
  await buildah.succeed(["commit", "--quiet", container, name]);
  await buildah.succeed(["rm", container]);
  return name;
}
