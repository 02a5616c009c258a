import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { runCommand } from "./command";
import { obtainDebootstrap } from "./debootstrap";
import { madeOnce } from "./madeOnce";
import { cacheFolder } from "./setup/cache.cjs";
import type { Progress } from "./setup/progress.cjs";

/** The Debian releases that this repository makes file systems of. */
export type Debian = "trixie" | "bookworm";

const mirror = "http://deb.debian.org/debian";
const securityMirror = "http://deb.debian.org/debian-security";

/** A Debian file system in the cache, never written to after it was made. */
export interface Tree {
  readonly folder: string;
  /** Changes with all that makes the tree what it is. */
  readonly key: string;
}

/** A minimal Debian with the package sources of its official image. */
export function baseTree(debian: Debian, progress: Progress): Promise<Tree> {
  const sources = [`deb ${mirror} ${debian} main`, `deb ${mirror} ${debian}-updates main`, `deb ${securityMirror} ${debian}-security main`, ""].join("\n");
  return kept(debian, [sources], progress, async (folder) => {
    const debootstrap = await obtainDebootstrap(progress);
    await progress.during(`Making a Debian ${debian}: half a minute to two, once`, () =>
      succeed(debootstrap.command, ["--variant=minbase", debian, folder, mirror], debootstrap.environment),
    );
    fs.writeFileSync(path.join(folder, "etc/apt/sources.list"), sources);
    fs.rmSync(path.join(folder, "var/cache/apt/archives"), { recursive: true, force: true });
  });
}

/** That Debian with packages installed, and files of ours by their paths. */
export async function treeWith(title: string, base: Tree, packages: readonly string[], files: Readonly<Record<string, string>>, progress: Progress): Promise<Tree> {
  return kept(title, [base.key, JSON.stringify({ packages, files })], progress, async (folder) => {
    await progress.during(`Installing ${packages.join(", ")} into a folder of the cache: about a minute, once`, async () => {
      await succeed("cp", ["-a", `${base.folder}/.`, folder]);
      for (const [name, text] of Object.entries(files)) {
        fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        fs.writeFileSync(path.join(folder, name), text);
      }
      await succeed("unshare", ["--mount", "--propagation", "private", "/bin/sh", "-c", installation, "install", folder, ...packages]);
    });
  });
}

// Packages start nothing here: there is nobody to start it for.
const installation = `set -e
cd "$1"; shift
printf '#!/bin/sh\\nexit 101\\n' > usr/sbin/policy-rc.d
chmod 755 usr/sbin/policy-rc.d
mount -t proc proc proc
touch etc/resolv.conf
mount --bind /etc/resolv.conf etc/resolv.conf
export DEBIAN_FRONTEND=noninteractive
chroot . apt-get update -qq
chroot . apt-get install -qq --yes --no-install-recommends "$@"
rm -rf var/cache/apt/archives var/lib/apt/lists usr/sbin/policy-rc.d
`;

async function kept(title: string, from: readonly string[], progress: Progress, make: (folder: string) => Promise<void>): Promise<Tree> {
  const key = createHash("sha256").update([title, process.arch, ...from].join("\0")).digest("hex").slice(0, 16);
  return { folder: await madeOnce(cacheFolder("debian", `${title}-${key}`), title, progress, make), key };
}

async function succeed(command: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<void> {
  const { code, stdout, stderr } = await runCommand(command, args, { env: { ...process.env, ...environment, LC_ALL: "C" } });
  if (code !== 0) throw new Error(`${path.basename(command)} failed with ${code}: ${`${stdout}${stderr}`.trim().split("\n").slice(-12).join("\n")}`);
}
