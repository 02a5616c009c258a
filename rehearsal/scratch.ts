import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parseDocument } from "yaml";

/** The folder of one rehearsal. Nothing outside it is written. */
export interface Scratch {
  folder: string;
  /** The engine's project: Pulumi.yaml, the stack file and a link to the program. */
  project: string;
  /** What the simulated clouds hold, and their clock. */
  cloud: string;
  /** The copy of the stack file. */
  stackFile: string;
  /** Removes everything, unless the person wants to keep it. */
  remove(): void;
}

export interface ScratchRequest {
  /** The folder of Pulumi.yaml and of the folder that its `main` names. */
  repository: string;
  stackFile: string;
  stack: string;
  keep?: string;
  faults?: string;
}

/**
 * Copies what the engine writes to, so that the checkout stays as it is. The program itself is linked: its real path decides
 * what it requires.
 */
export function createScratch({ repository, stackFile, stack, keep, faults }: ScratchRequest): Scratch {
  const scratch = scratchAt(fs.realpathSync(keep === undefined ? temporary() : created(keep)), stack, keep !== undefined);
  for (const name of [scratch.project, scratch.cloud, userFolder(scratch)]) fs.mkdirSync(name, { recursive: true });
  const projectFile = path.join(repository, "Pulumi.yaml");
  const main = String(parseDocument(fs.readFileSync(projectFile, "utf8")).get("main")).replace(/\/+$/, "");
  fs.copyFileSync(projectFile, path.join(scratch.project, "Pulumi.yaml"));
  fs.symlinkSync(path.join(repository, main), path.join(scratch.project, main));
  fs.copyFileSync(stackFile, scratch.stackFile);
  if (faults !== undefined) fs.copyFileSync(faults, path.join(scratch.cloud, "faults.json"));
  return scratch;
}

/**
 * A copy of a rehearsal's folder in which another one can go on. Only while nothing runs in it.
 *
 * @param keep whether its `remove` leaves it
 */
export function copyScratch(scratch: Scratch, folder: string, keep: boolean): Scratch {
  fs.cpSync(scratch.folder, folder, { recursive: true, verbatimSymlinks: true });
  return scratchAt(folder, path.basename(scratch.stackFile).slice("Pulumi.".length, -".yaml".length), keep);
}

/** A home folder without anybody's credentials in it. */
export function userFolder(scratch: Scratch): string {
  return path.join(scratch.folder, "user");
}

function scratchAt(folder: string, stack: string, keep: boolean): Scratch {
  return {
    folder,
    project: path.join(folder, "project"),
    cloud: path.join(folder, "cloud"),
    stackFile: path.join(folder, "project", `Pulumi.${stack}.yaml`),
    remove: () => {
      if (!keep) fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

function temporary(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), "rehearsal-"));
}

// What a person keeps holds encrypted secrets and the passphrase to them.
function created(folder: string): string {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
