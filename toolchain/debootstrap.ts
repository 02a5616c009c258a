import * as fs from "node:fs";
import * as path from "node:path";
import { runCommand } from "./command";
import { cacheFolder } from "./setup/cache.cjs";
import type { Progress } from "./setup/progress.cjs";

/** The program that makes a Debian file system from its packages. */
export interface Debootstrap {
  readonly command: string;
  readonly environment: Readonly<Record<string, string>>;
}

const installed = "/usr/sbin/debootstrap";
const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** The installed one, else the machine's own package of it, unpacked into the cache and not installed. Call it under a lock. */
export async function obtainDebootstrap(progress: Progress): Promise<Debootstrap> {
  if (fs.existsSync(installed) && fs.existsSync(keyring)) return { command: installed, environment: {} };
  const folder = cacheFolder("debian", "debootstrap");
  if (!fs.existsSync(folder)) await progress.during("Unpacking debootstrap", () => unpack(["debootstrap", "debian-archive-keyring"], folder));
  return { command: path.join(folder, "run"), environment: {} };
}

async function unpack(packages: readonly string[], folder: string): Promise<void> {
  const partial = `${folder}.partial`;
  fs.rmSync(partial, { recursive: true, force: true });
  fs.mkdirSync(path.join(partial, "packages"), { recursive: true });
  // Lists of its own: a machine that never asked its package sources has none, and one that did keeps what it has.
  const lists = path.join(partial, "lists");
  fs.mkdirSync(path.join(lists, "partial"), { recursive: true });
  const options = ["-o", `Dir::State::Lists=${lists}`, "-o", "APT::Sandbox::User=root"];
  await succeed("apt-get", [...options, "update"], partial);
  await succeed("apt-get", [...options, "download", ...packages], path.join(partial, "packages"));
  for (const name of fs.readdirSync(path.join(partial, "packages"))) {
    await succeed("dpkg-deb", ["-x", path.join(partial, "packages", name), partial], partial);
  }
  fs.rmSync(lists, { recursive: true });
  const shared = path.join(folder, "usr/share");
  const program = path.join(folder, "usr/sbin/debootstrap");
  const launcher = `#!/bin/sh\nDEBOOTSTRAP_DIR='${shared}/debootstrap' exec '${program}' --keyring='${shared}/keyrings/debian-archive-keyring.gpg' "$@"\n`;
  fs.writeFileSync(path.join(partial, "run"), launcher, { mode: 0o755 });
  fs.renameSync(partial, folder);
}

async function succeed(command: string, args: readonly string[], cwd: string): Promise<void> {
  const { code, stderr } = await runCommand(command, args, { cwd });
  if (code !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr.trim()}`);
}
