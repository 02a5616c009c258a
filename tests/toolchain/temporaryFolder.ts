import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach } from "mocha";

/** A fresh folder for each test of the suite, removed after it; inside, the user's cache is empty. */
export function temporaryFolder(): (...parts: string[]) => string {
  let folder = "";
  const before = process.env.XDG_CACHE_HOME;
  beforeEach(() => {
    folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "toolchain-")));
    process.env.XDG_CACHE_HOME = path.join(folder, "cache");
  });
  afterEach(() => {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
    fs.rmSync(folder, { recursive: true, force: true });
  });
  return (...parts) => path.join(folder, ...parts);
}

/** Writes an executable shell script and returns its path. */
export function shellScript(file: string, ...lines: string[]): string {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, ["#!/bin/sh", ...lines, ""].join("\n"), { mode: 0o755 });
  return file;
}
