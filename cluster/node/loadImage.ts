import { runCommand, type CommandResult } from "../../toolchain/command";

/** Runs a program on a node, outside of every pod. */
export type Inside = (command: readonly string[], stdinFile?: string) => Promise<CommandResult>;

/**
 * Brings an image to a node.
 * @param archive an OCI archive of one image
 * @param repository the name it shall have there, as `registry.example.edu/moodle`
 * @returns the reference that pods name it by, with its digest
 */
export async function loadImage(inside: Inside, archive: string, repository: string): Promise<string> {
  const index = await succeeded(runCommand("tar", ["-xOf", archive, "index.json"]), `${archive} is no OCI archive`);
  const { manifests } = JSON.parse(index) as { manifests: { digest: string }[] };
  const [manifest, ...others] = manifests;
  if (manifest === undefined || others.length > 0) throw new Error(`${archive} holds ${manifests.length} images, and has to hold one`);
  await importArchive(inside, archive, ["--base-name", repository, "--digests"]);
  return `${repository}@${manifest.digest}`;
}

/** Has the node's container runtime take the images of an archive. */
export async function importArchive(inside: Inside, archive: string, options: readonly string[] = []): Promise<void> {
  await succeeded(inside(["ctr", "--namespace", "k8s.io", "images", "import", ...options, "-"], archive), `${archive} could not be imported`);
}

/** @returns what a command printed. @throws with that, where it failed */
export async function succeeded(command: Promise<CommandResult>, problem: string): Promise<string> {
  const { code, stdout, stderr } = await command;
  if (code !== 0) throw new Error(`${problem}: ${`${stdout}${stderr}`.trim()}`);
  return stdout;
}
