import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { runCommand } from "../../toolchain/command";

/** Writes an OCI archive of an image that holds one static program and nothing else. @param folder an empty one to work in */
export async function writeImage(program: string, name: string, folder: string): Promise<string> {
  const layer = path.join(folder, "layer.tar");
  await tar(layer, path.dirname(program), [path.basename(program)]);
  const blobs = path.join(folder, "blobs/sha256");
  fs.mkdirSync(blobs, { recursive: true });
  const blob = (mediaType: string, content: Buffer | object) => {
    const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
    const digest = createHash("sha256").update(bytes).digest("hex");
    fs.writeFileSync(path.join(blobs, digest), bytes);
    return { mediaType, digest: `sha256:${digest}`, size: bytes.length };
  };
  const ofLayer = blob("application/vnd.oci.image.layer.v1.tar", fs.readFileSync(layer));
  const architecture = process.arch === "x64" ? "amd64" : process.arch;
  const entry = [`/${path.basename(program)}`];
  const config = blob("application/vnd.oci.image.config.v1+json", {
    architecture,
    os: "linux",
    config: { Entrypoint: entry, User: "65535:65535" },
    rootfs: { type: "layers", diff_ids: [ofLayer.digest] },
  });
  const manifest = blob("application/vnd.oci.image.manifest.v1+json", { schemaVersion: 2, config, layers: [ofLayer] });
  const annotations = { "io.containerd.image.name": name };
  fs.writeFileSync(path.join(folder, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [{ ...manifest, annotations }] }));
  fs.writeFileSync(path.join(folder, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
  const archive = path.join(folder, "image.tar");
  await tar(archive, folder, ["oci-layout", "index.json", "blobs"]);
  return archive;
}

async function tar(file: string, folder: string, names: readonly string[]): Promise<void> {
  const { code, stderr } = await runCommand("tar", ["--create", "--file", file, "--directory", folder, "--owner=0", "--group=0", "--numeric-owner", ...names]);
  if (code !== 0) throw new Error(`tar: ${stderr.trim()}`);
}
