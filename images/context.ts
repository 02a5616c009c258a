import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

/** What goes into an image beside this repository's own files: folders as they were checked out, and the lock they came from. */
export interface Sources {
  readonly code: string;
  /** A folder of language packs as archives; absent: Moodle's own English alone. */
  readonly languages?: string;
  readonly lock: string;
}

const recipe = path.join(__dirname, "moodle");

/** Writes the build context of images/moodle/Dockerfile into an empty folder. */
export function writeContext(folder: string, { code, languages, lock }: Sources): void {
  for (const part of ["Dockerfile", "rootfs", "plugins"]) copy(path.join(recipe, part), path.join(folder, part));
  copy(code, path.join(folder, "moodle"));
  if (languages === undefined) fs.mkdirSync(path.join(folder, "languages"), { mode: 0o755 });
  else copy(languages, path.join(folder, "languages"));
  fs.writeFileSync(path.join(folder, "lock.json"), lock, { mode: 0o644 });
}

// A checkout has the modes its owner's umask leaves, and any user has to read the image's files.
function copy(from: string, to: string): void {
  const stat = fs.lstatSync(from);
  if (stat.isDirectory()) {
    fs.mkdirSync(to);
    for (const name of fs.readdirSync(from)) if (name !== ".git") copy(path.join(from, name), path.join(to, name));
  } else if (stat.isSymbolicLink()) {
    fs.symlinkSync(fs.readlinkSync(from), to);
    return;
  } else {
    fs.copyFileSync(from, to, fs.constants.COPYFILE_FICLONE);
  }
  fs.chmodSync(to, (stat.mode & 0o100) === 0 ? 0o644 : 0o755);
}

/** A hash over every path, mode and byte of a folder: two contexts with the same one make the same image of the same base. */
export function hashOf(folder: string): string {
  const hash = createHash("sha256");
  const add = (file: string, name: string): void => {
    const stat = fs.lstatSync(file);
    hash.update(`${name}\0${stat.mode}\0`);
    if (stat.isDirectory()) for (const entry of fs.readdirSync(file).sort()) add(path.join(file, entry), path.posix.join(name, entry));
    else hash.update(stat.isSymbolicLink() ? fs.readlinkSync(file) : fs.readFileSync(file)).update("\0");
  };
  add(folder, ".");
  return hash.digest("hex");
}
