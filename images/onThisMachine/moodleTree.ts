import * as fs from "node:fs";
import * as path from "node:path";
import { placeFor } from "../sources";
import { moodleLines } from "../../components/moodle/releases";
import type { Debian } from "../../toolchain/debian";

/** A plugin as its version.php describes it. */
export interface Plugin {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
}

/** A Moodle tree of somebody's machine, and plugins that come beside it. */
export class MoodleSource {
  constructor(
    private readonly folder: string,
    readonly plugins: readonly Plugin[],
  ) {
    if (!fs.existsSync(path.join(folder, "lib/components.json"))) throw new Error(`${folder} holds no Moodle: there is no lib/components.json`);
  }

  /** Reads what the environment names. @throws when there is no tree, with what to give */
  static ofEnvironment(): { source: MoodleSource; next: MoodleSource | undefined } {
    const { MOODLE_SOURCE, MOODLE_PLUGINS = "", MOODLE_SOURCE_NEXT } = process.env;
    if (MOODLE_SOURCE === undefined || MOODLE_SOURCE === "") throw new Error(howToGive);
    const plugins = MOODLE_PLUGINS.split(path.delimiter).filter((folder) => folder !== "").map(pluginIn);
    const source = new MoodleSource(MOODLE_SOURCE, plugins);
    return { source, next: MOODLE_SOURCE_NEXT ? new MoodleSource(MOODLE_SOURCE_NEXT, plugins) : undefined };
  }

  /** Copies the tree with its plugins into a folder that is not there yet. */
  copyTo(folder: string): Code {
    fs.cpSync(this.folder, folder, { recursive: true, mode: fs.constants.COPYFILE_FICLONE, filter: (file) => path.basename(file) !== ".git" });
    fs.rmSync(path.join(folder, "config.php"), { force: true });
    for (const plugin of this.plugins) fs.cpSync(plugin.folder, placeFor(plugin.name, folder), { recursive: true });
    return new Code(folder);
  }
}

export const howToGive =
  "MOODLE_SOURCE is not set: it names the folder of a Moodle tree to test the image with, which this repository does not hold.\n" +
  `MOODLE_PLUGINS names folders of plugins that are not in the tree, with "${path.delimiter}" between them: tool_forcedcache and tool_objectfs are needed.\n` +
  "MOODLE_SOURCE_NEXT may name a newer tree to upgrade to; without it the first is copied with higher versions.";

/** Moodle's code as it goes into an image. */
export class Code {
  constructor(readonly folder: string) {}

  /** What Moodle compares, for example 2025100600.02. */
  get version(): string {
    return valueIn(this.versionFile, /^\$version\s*=\s*([\d.]+)/m);
  }

  /** What people read, for example 5.1+ (Build: 20251017). */
  get release(): string {
    return valueIn(this.versionFile, /^\$release\s*=\s*'([^']+)'/m);
  }

  /** The release as the image's contract has it, for example 5.1.0. */
  get point(): string {
    const [, line = "", point = "0"] = /^(\d+\.\d+)(?:\.(\d+))?/.exec(this.release) ?? [];
    return `${line}.${point}`;
  }

  /** The Debian that the image of this line is built on. */
  get debian(): Debian {
    const line = moodleLines.find((each) => this.point.startsWith(`${each.line}.`));
    if (line === undefined) throw new Error(`Moodle ${this.release} is of no line that this platform knows`);
    return line.php === "8.2" ? "bookworm" : "trixie";
  }

  /** The folder below it that is served. */
  get webRoot(): "public" | "." {
    return fs.existsSync(path.join(this.folder, "public/version.php")) ? "public" : ".";
  }

  private get versionFile(): string {
    return path.join(this.folder, this.webRoot, "version.php");
  }
}

function pluginIn(folder: string): Plugin {
  const file = path.join(folder, "version.php");
  if (!fs.existsSync(file)) throw new Error(`MOODLE_PLUGINS: ${folder} holds no plugin: there is no version.php`);
  return { folder, name: valueIn(file, /^\$plugin->component\s*=\s*["']([^"']+)["']/m), version: valueIn(file, /^\$plugin->version\s*=\s*([\d.]+)/m) };
}

function valueIn(file: string, pattern: RegExp): string {
  const [, value] = pattern.exec(fs.readFileSync(file, "utf8")) ?? [];
  if (value === undefined) throw new Error(`${file} has no ${pattern.source}`);
  return value;
}
