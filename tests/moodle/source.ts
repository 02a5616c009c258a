import * as fs from "node:fs";
import * as path from "node:path";
import { placeFor } from "../../images/sources";
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

  /** Makes it a later version, whose upgrade adds a column and then takes a while. */
  raise(): void {
    this.change("version.php", /^(\$version\s*=\s*\d+)\.(\d+)/m, (_, whole, part) => `${whole}.${String(Number(part) + 1).padStart(2, "0")}`);
    let version = 0;
    this.change("mod/page/version.php", /(\$plugin->version\s*=\s*)(\d+)/, (_, before, old) => `${before}${(version = Number(old) + 1)}`);
    this.change("mod/page/db/upgrade.php", /\n( *return true;\s*\}\s*)$/, (_, end) => `${stepTo(version)}\n${end}`);
  }

  private change(file: string, pattern: RegExp, to: (match: string, ...groups: string[]) => string): void {
    const place = path.join(this.folder, this.webRoot, file);
    const text = fs.readFileSync(place, "utf8");
    if (!pattern.test(text)) throw new Error(`${place} has no ${pattern.source}`);
    fs.writeFileSync(place, text.replace(pattern, to));
  }

  /** The folder below it that is served. */
  get webRoot(): "public" | "." {
    return fs.existsSync(path.join(this.folder, "public/version.php")) ? "public" : ".";
  }

  private get versionFile(): string {
    return path.join(this.folder, this.webRoot, "version.php");
  }
}

/** The column that the upgrade of a raised tree adds. */
export const addedColumn = { table: "page", name: "proof" } as const;

function stepTo(version: number): string {
  return `
    if ($oldversion < ${version}) {
        global $DB;
        $table = new xmldb_table('${addedColumn.table}');
        $field = new xmldb_field('${addedColumn.name}', XMLDB_TYPE_INTEGER, '10');
        if (!$DB->get_manager()->field_exists($table, $field)) {
            $DB->get_manager()->add_field($table, $field);
        }
        sleep(5);
        upgrade_mod_savepoint(true, ${version}, 'page');
    }
`;
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
