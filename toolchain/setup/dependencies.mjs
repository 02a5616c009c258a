import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { cacheFolder } from "./cache.cjs";
import { withLock } from "./lock.cjs";
import { npm } from "./npm.mjs";

/** Installs the packages that package-lock.json names, unless exactly these are there already. */
export async function installDependencies(root, progress) {
  if (isInstalled(root)) return;
  const lock = cacheFolder("locks", `packages-${createHash("sha256").update(fs.realpathSync(root)).digest("hex").slice(0, 16)}`);
  const waiting = (pid) => progress.say(`Waiting for another process (${pid}) that is installing packages …`);
  await withLock(lock, waiting, async () => {
    if (!isInstalled(root)) await install(root, progress);
  });
}

// No package needs its install script, and esbuild's binary is one of its optional dependencies.
const flags = ["--ignore-scripts", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];

async function install(root, progress) {
  const count = Object.keys(lockedPackages(path.join(root, "package-lock.json"))).length;
  await progress.during(`Installing ${count} npm packages, about 500 MB on disk`, () =>
    npm(["ci", ...flags], { cwd: root }),
  );
}

/**
 * Compares package-lock.json with npm's own record of what it installed, which `npm ci` writes last. A person's own
 * `npm install` counts as well.
 */
export function isInstalled(root) {
  const record = path.join(root, "node_modules", ".package-lock.json");
  if (!fs.existsSync(record)) return false;
  const installed = lockedPackages(record);
  const wanted = lockedPackages(path.join(root, "package-lock.json"));
  const same = (name) => installed[name]?.integrity === wanted[name]?.integrity;
  return (
    Object.keys(installed).every((name) => name in wanted && same(name)) &&
    Object.keys(wanted).every((name) => same(name) || (isOptional(wanted[name]) && !(name in installed)))
  );
}

// Those of another platform are not installed.
function isOptional(entry) {
  return Boolean(entry.optional || entry.devOptional || entry.peer);
}

function lockedPackages(file) {
  const { packages = {} } = JSON.parse(fs.readFileSync(file, "utf8"));
  return Object.fromEntries(Object.entries(packages).filter(([name]) => name !== ""));
}
