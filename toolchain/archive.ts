import * as fs from "node:fs";
import * as path from "node:path";
import { runCommand } from "./command";
import { fetchFile, fetchText } from "./download";
import type { Progress } from "./setup/progress.cjs";
import type { Tool, ToolArchive } from "./tool";

/**
 * Downloads the official archive into `folder`, checks it against the published checksum, and unpacks it there.
 * @throws when a server can't be reached, or the archive is not the published one
 */
export async function unpackArchive(tool: Tool, published: ToolArchive, folder: string, progress: Progress, signal?: AbortSignal): Promise<void> {
  const { url, checksumsUrl, folder: inner } = published;
  const expected = checksumFor(path.posix.basename(url), await fetchText(checksumsUrl, signal));
  const archive = path.join(folder, "archive.tar.gz");
  const actual = await progress.during(`Downloading ${tool.title} ${tool.version}`, (detail) =>
    fetchFile(url, archive, expected.algorithm, detail, signal),
  );
  if (actual !== expected.checksum) {
    throw new Error(`its ${expected.algorithm} checksum ${actual} is not the published ${expected.checksum}`);
  }
  const unpacked = path.join(folder, "unpacked");
  fs.mkdirSync(unpacked);
  const { code, stderr } = await runCommand("tar", ["-xzf", archive, "-C", unpacked], { signal });
  if (code !== 0) throw new Error(`tar: ${stderr.trim()}`);
  const contents = path.join(unpacked, inner);
  for (const name of fs.readdirSync(contents)) fs.renameSync(path.join(contents, name), path.join(folder, name));
  fs.rmSync(unpacked, { recursive: true });
  fs.rmSync(archive);
}

interface Checksum {
  algorithm: "sha256" | "sha512";
  checksum: string;
}

function checksumFor(name: string, published: string): Checksum {
  for (const line of published.split("\n")) {
    const [checksum, file] = line.trim().split(/\s+\*?/);
    if (file !== name || !checksum) continue;
    if (/^[0-9a-f]{128}$/.test(checksum)) return { algorithm: "sha512", checksum };
    if (/^[0-9a-f]{64}$/.test(checksum)) return { algorithm: "sha256", checksum };
  }
  throw new Error(`the published checksums do not name ${name}`);
}
