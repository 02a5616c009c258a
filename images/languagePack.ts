import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { fetchFile, reasonOf } from "../toolchain/download";
import type { LockedLanguage } from "./lock";

const address = (line: string, name: string): string => `https://download.moodle.org/download.php/direct/langpack/${line}/${name}.zip`;

/**
 * The language pack as it is published now.
 *
 * @param file where to put the archive.
 * @param copy an archive that was downloaded before, to be taken instead.
 * @throws when it can't be had
 */
export async function resolveLanguage(line: string, name: string, file: string, copy: string | undefined): Promise<LockedLanguage> {
  const url = address(line, name);
  return { name, url, sha256: await fetched(copy ?? url, file) };
}

/**
 * Downloads the pack that is locked into a folder.
 * @throws when another is published by now: packs are replaced in place, and nobody keeps the old ones
 */
export async function downloadLanguage({ name, url, sha256 }: LockedLanguage, folder: string, copy: string | undefined): Promise<void> {
  const found = await fetched(copy ?? url, path.join(folder, `${name}.zip`));
  if (found !== sha256) throw new Error(`${copy ?? url} is not, or no longer, the language pack that is locked (SHA-256 ${found}, not ${sha256}): lock again`);
}

async function fetched(place: string, file: string): Promise<string> {
  if (!place.startsWith("https:")) {
    fs.copyFileSync(place, file);
    return createHash("sha256").update(fs.readFileSync(file)).digest("hex");
  }
  try {
    return await fetchFile(place, file, "sha256", () => undefined);
  } catch (error) {
    fs.rmSync(file, { force: true });
    throw new Error(`${place}: ${reasonOf(error)}`, { cause: error });
  }
}
