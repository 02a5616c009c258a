import * as fs from "node:fs";
import * as path from "node:path";
import { folders, programs } from "../../components/moodle/environment";
import type { Program } from "../../images/onThisMachine/program";
import { type Code, installed } from "../../images/standIn/code";
import { commandLine } from "../../images/standIn/tree";
import { onePod, secrets, type Variables } from "./environments";
import type { Lab } from "./support/lab";
import type { Pod } from "./support/pod";
import type { Postgres } from "./support/postgres";

const variables: Variables = {
  MOODLE_PHP_MEMORY_LIMIT_MIB: "128",
  MOODLE_RELEASE_DEADLINE_SECONDS: "300",
  MOODLE_PROBE_PORT: "8081",
  MOODLE_SITE_NAME: "Example University",
  MOODLE_SITE_SHORT_NAME: "EU",
  MOODLE_SITE_LANGUAGE: "en",
  MOODLE_ADMIN_USER: "root",
  MOODLE_ADMIN_EMAIL: "root@example.edu",
  MOODLE_RUNNER_KEEP_ALIVE_SECONDS: "60",
  MOODLE_TASK_MAX_RUNTIME_SECONDS: "1800",
  MOODLE_TASK_SCHEDULED_LIMIT: "1",
  MOODLE_TASK_ADHOC_LIMIT: "2",
};

/** A database and a data folder, and programs of the image at work on them with a scripted command line of Moodle. */
export class MoodleSite {
  private readonly pods = new Map<string, Pod>();

  private constructor(
    private readonly lab: Lab,
    readonly postgres: Postgres,
    readonly dataroot: string,
  ) {}

  static async make(lab: Lab): Promise<MoodleSite> {
    const dataroot = lab.newFolder("dataroot");
    fs.chownSync(dataroot, 10033, 10033);
    return new MoodleSite(lab, await lab.postgres(), dataroot);
  }

  /** Makes it what it was before anything was installed. */
  async clear(): Promise<void> {
    await this.postgres.query("DROP OWNED BY moodle CASCADE");
    for (const name of fs.readdirSync(this.dataroot)) fs.rmSync(path.join(this.dataroot, name), { recursive: true });
  }

  /** Makes it a site that was installed long ago. */
  async install({ version, release, shape }: Code = installed): Promise<void> {
    await this.clear();
    const settings = Object.entries({ version, release, allcomponenthash: shape }).map(([name, value]) => `('${name}', '${value}')`);
    await this.postgres.query(
      `SET ROLE moodle; CREATE TABLE mdl_config (name text PRIMARY KEY, value text); INSERT INTO mdl_config VALUES ${settings.join(", ")};` +
        "CREATE TABLE mdl_course (id int); CREATE TABLE mdl_user (id int); INSERT INTO mdl_course VALUES (1), (2), (3)",
    );
  }

  /** Starts a program of an image with this code. */
  async start(program: readonly string[], code: Code, given: Variables = {}, hosts?: string): Promise<Program> {
    const pod = await this.podWith(code, hosts);
    return pod.start(program, { environment: { MOODLE_VERSION: code.release.split(" ")[0] ?? "", ...given } });
  }

  /** Runs the release program to its end. */
  async release(code: Code, given: Variables = {}): Promise<{ code: number | null; events: LogLine[]; output: string }> {
    const program = await this.start(programs.release, code, given);
    const { code: status } = await program.ended;
    return { code: status, events: linesOf(program), output: program.output };
  }

  /** Makes a point of Moodle's scripts wait; see images/standIn/commandLine/script.php. */
  hold(point: string): void {
    fs.writeFileSync(path.join(this.dataroot, `hold-${point}`), "");
  }

  letGo(point: string): void {
    fs.rmSync(path.join(this.dataroot, `hold-${point}`));
  }

  /** Makes a point of Moodle's scripts end with a status. */
  fail(point: string, status = 1): void {
    fs.writeFileSync(path.join(this.dataroot, `fail-${point}`), String(status));
  }

  heal(point: string): void {
    fs.rmSync(path.join(this.dataroot, `fail-${point}`));
  }

  /** The points that Moodle's scripts have passed, in their order. */
  get passed(): string[] {
    const file = path.join(this.dataroot, "calls");
    if (!fs.existsSync(file)) return [];
    return fs.readFileSync(file, "utf8").trim().split("\n").map((line) => (JSON.parse(line) as [string, string])[1]);
  }

  get isOpen(): boolean {
    return !fs.existsSync(path.join(this.dataroot, "climaintenance.html"));
  }

  /** A setting of Moodle's, or undefined. */
  async setting(name: string): Promise<string | undefined> {
    return (await this.postgres.query(`SELECT value FROM mdl_config WHERE name = '${name}'`))[0];
  }

  /** What the release program has left to do, or undefined. */
  async phase(): Promise<string | undefined> {
    if ((await this.postgres.query("SELECT to_regclass('moodle_image_release') IS NULL"))[0] === "t") return undefined;
    return (await this.postgres.query("SELECT phase FROM moodle_image_release"))[0];
  }

  private async podWith(code: Code, hosts?: string): Promise<Pod> {
    const key = JSON.stringify([code, hosts]);
    const pod = this.pods.get(key) ?? (await this.newPod(code, hosts));
    this.pods.set(key, pod);
    return pod;
  }

  private newPod({ version, release, shape }: Code, hosts?: string): Promise<Pod> {
    const folder = this.lab.newFolder("code");
    fs.cpSync(commandLine, folder, { recursive: true });
    fs.writeFileSync(path.join(folder, "public/version.php"), `<?php $version = ${version}; $release = '${release}'; $maturity = MATURITY_STABLE; $hash = '${shape}';`);
    return this.lab.pod({
      environment: {
        ...onePod,
        ...variables,
        MOODLE_DATABASE_HOST: this.postgres.host,
        MOODLE_DATABASE_PORT: String(this.postgres.port),
        MOODLE_DATABASE_NAME: this.postgres.database,
        MOODLE_DATABASE_USER: this.postgres.user,
      },
      mounts: {
        "/opt/moodle/code": { from: folder },
        [folders.dataroot]: { from: this.dataroot, writable: true },
        [folders.secrets]: { from: this.lab.folderWith({ ...secrets, databasePassword: this.postgres.password }) },
        [folders.configuration]: { from: this.lab.folderWith({ "settings.json": "{}" }) },
        ...(hosts !== undefined && { "/etc/hosts": { from: path.join(this.lab.folderWith({ hosts }), "hosts") } }),
      },
    });
  }
}

export interface LogLine {
  readonly event: string;
  readonly [field: string]: unknown;
}

/** The lines of JSON that a program has written. */
export function linesOf(program: Program): LogLine[] {
  return program.stderr.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as LogLine);
}
