import { expect } from "chai";
import { after, before } from "mocha";
import { createHash, randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { programs } from "../../components/moodle/environment";
import { type Code, MoodleSource } from "../../images/onThisMachine/moodleTree";
import type { Program } from "../../images/onThisMachine/program";
import { ask } from "../images/ask";
import { linesOf } from "../images/moodleSite";
import { freePort } from "../../toolchain/freePort";
import { aLab } from "../images/support/lab";
import { hidden } from "../images/siteTree";
import type { WebPod } from "../images/webPod";
import { ProcessList } from "./processList";
import { addedColumn, raise } from "./raise";
import { Site } from "./site";
import { setting, Visitor } from "./visitor";

/** Moodle's own checks that this site does not pass, each with the reason why that may be so. */
const excused: Readonly<Record<string, string>> = {
  "security: core_publicpaths": "no pod reaches the site's public address here, where Moodle would ask for hidden paths; a test asks for them",
  "security: core_riskbackup": "managers may back up users' data on every new site",
};

const name = "lecture.txt";

// One site from its installation to its last upgrade: each test begins where the one before it ended. Nothing here proves a cloud's own
// services; the servers are Debian's PostgreSQL and Valkey, and the tests' own S3 server.
describe("Moodle in the image that images/moodle/Dockerfile builds", () => {
  const lab = aLab();
  const processes = new ProcessList();
  const content = randomBytes(50_000).toString("hex");
  const contentHash = createHash("sha1").update(content).digest("hex");
  let code: Code;
  let next: Code;
  let raised: boolean;
  let site: Site;
  let web: WebPod;
  let administrator: Visitor;
  let context: string;

  before(async () => {
    const given = MoodleSource.ofEnvironment();
    code = given.source.copyTo(path.join(lab.newFolder("code"), "moodle"));
    next = (given.next ?? given.source).copyTo(path.join(lab.newFolder("code"), "moodle"));
    raised = given.next === undefined;
    if (raised) raise(next);
    site = await Site.make(lab);
    processes.watch();
  });
  after(() => processes.end());

  const fileOfAdministrator = (): string => `/pluginfile.php/${context}/user/private/${name}`;

  /** Makes tasks due that the runner would otherwise come to later. */
  const makeDue = (component: string): Promise<unknown> => site.postgres.query(`UPDATE mdl_task_scheduled SET nextruntime = 1 WHERE component = '${component}'`);

  const hasAddedColumn = async (): Promise<boolean> => {
    const { table, name: column } = addedColumn;
    return (await site.postgres.query(`SELECT 1 FROM information_schema.columns WHERE table_name = 'mdl_${table}' AND column_name = '${column}'`)).length > 0;
  };

  async function settled(program: Program): Promise<void> {
    const { code: status } = await program.ended;
    expect(status, program.output.slice(-3000)).to.equal(0);
  }

  /** Waits until the release program waits for web pods of its release, and gives it one. */
  async function roll(program: Program): Promise<void> {
    await program.until("waiting for web pods", () => program.stderr.includes(`runs \\"${code.version}\\"`), 1800);
    await web.stop();
    web = await site.startWeb(next);
    await settled(program);
  }

  it("is installed by the release program, and its web pods begin after that", async () => {
    const early = await site.start(programs.awaitRelease, code);
    const program = await site.start(programs.release, code);
    await settled(program);
    await settled(early);

    expect(linesOf(program).at(-1)).to.include({ event: "release.finished", outcome: "installed" });
    web = await site.startWeb(code);
    expect(await new Visitor(site.port).visit("/login/index.php")).to.include("logintoken");
  });

  it("lets the administrator in, with requests as a gateway that ends TLS passes them on", async () => {
    administrator = new Visitor(site.port);
    await administrator.logIn(site.administrator);

    expect(await administrator.visit("/user/files.php")).to.include("/login/logout.php");
    const [address] = await site.postgres.query(`SELECT lastip FROM mdl_user WHERE username = '${site.administrator.name}'`);
    expect(address, "the visitor's address, as the gateway forwards it").to.equal("203.0.113.7");
  });

  it("keeps sessions in their cache and nowhere else, and application caches in theirs", async () => {
    const [sessions, caches] = [await site.sessions.keys(), await site.caches.keys()];

    expect(sessions.filter((key) => !key.startsWith("session-"))).to.deep.equal([]);
    expect(sessions).not.to.deep.equal([]);
    expect(caches.filter((key) => !key.startsWith("cache-"))).to.deep.equal([]);
    expect(caches).not.to.deep.equal([]);
    expect(fs.existsSync(path.join(site.dataroot, "sessions")), "a folder of sessions").to.equal(false);
  });

  it("takes a file from the administrator, and its runner moves it to the object store", async () => {
    const [repository = ""] = await site.postgres.query("SELECT i.id FROM mdl_repository_instances i JOIN mdl_repository r ON r.id = i.typeid WHERE r.type = 'upload'");
    await administrator.keepPrivately(name, content, repository);
    [context = ""] = await site.postgres.query(`SELECT contextid FROM mdl_files WHERE contenthash = '${contentHash}' AND filearea = 'private'`);
    expect(site.hasLocally(contentHash), "where every upload is first").to.equal(true);
    const stored = (): string | undefined => [...site.store.bucket.objects].find(([, object]) => object.content.toString("utf8") === content)?.[0];

    const runner = await site.start(programs.scheduledRunner, code);
    await runner.until("in the bucket", () => stored() !== undefined, 900);
    await runner.until("through a pass", () => linesOf(runner).some(({ event }) => event === "cron.finished"), 900);
    await makeDue("tool_objectfs");
    await runner.until("gone from the shared volume", () => !site.hasLocally(contentHash), 900);
    runner.signal("SIGTERM");
    await settled(runner);
    expect(stored()).to.match(/^moodle\//);
    expect(site.store.served.filter(({ refusal }) => refusal !== undefined && refusal !== "NoSuchKey")).to.deep.equal([]);
  });

  it("sends a visitor to the object store for the file, with an address that is good for it alone", async () => {
    const { status, headers } = await administrator.ask(fileOfAdministrator());

    expect(status).to.be.oneOf([302, 303]);
    expect(headers.location).to.match(new RegExp(`^${site.store.endpoint}/.*X-Amz-Signature=`));
    expect(await (await fetch(headers.location ?? "")).text()).to.equal(content);
    expect((await new Visitor(site.port).ask(fileOfAdministrator())).headers.location, "for somebody who is not logged in").to.match(/\/login\//);
  });

  it("gives the file itself where visitors are not to see the store", async () => {
    const port = await freePort();
    const probe = await freePort();
    const streaming = await site.startWeb(code, { MOODLE_OBJECT_STORE_PRESIGNED_DOWNLOADS: "false", MOODLE_HTTP_PORT: String(port), MOODLE_PROBE_PORT: String(probe) });
    const visitor = new Visitor(port);
    await visitor.logIn(site.administrator);
    const { status, body } = await visitor.ask(fileOfAdministrator());
    await streaming.stop();

    expect([status, body === content]).to.deep.equal([200, true]);
  });

  it("leaves files of its local cache to nginx", async () => {
    // Those of an unknown revision are not kept.
    const image = `/theme/image.php/boost/core/${setting(await administrator.visit("/user/files.php"), "themerev")}/u/f1`;
    await administrator.ask(image);
    const { status, headers } = await administrator.ask(image);

    expect(status).to.equal(200);
    expect(headers.etag, "nginx's own, of time and size; Moodle's would be 40 digits").to.match(/^"[0-9a-f]{8}-[0-9a-f]+"$/);
  });

  it("shows nobody what Moodle's own check wants hidden", async () => {
    const visitor = new Visitor(site.port);
    for (const file of hidden) expect((await visitor.ask(`/${file}`)).status, file).to.equal(404);
  });

  it("finds nothing wrong with itself, save what is excused by name", async () => {
    const found: string[] = [];
    // One check is whether tasks run.
    const runner = await site.start(programs.scheduledRunner, code);
    await runner.until("through a pass", () => linesOf(runner).some(({ event }) => event === "cron.finished"), 900);
    for (const type of ["status", "security", "performance"]) {
      const { stdout, stderr } = await site.run(["php", "/opt/moodle/code/admin/cli/checks.php", `--type=${type}`], code);
      expect(stdout, stderr).to.match(/^(OK|WARNING|CRITICAL|UNKNOWN): /);
      const plain = stripVTControlCharacters(stdout);
      found.push(...[...plain.matchAll(/^ *(?:warning|error|critical|unknown) *\| .*\((\w+)\) *$/gim)].map(([, check]) => `${type}: ${check}`));
    }
    runner.signal("SIGTERM");
    await settled(runner);

    expect(found.sort()).to.deep.equal(Object.keys(excused).sort());
  });

  it("is upgraded while visitors see its maintenance page, and is open afterwards", async () => {
    await site.postgres.keep("before");
    const program = await site.start(programs.release, next);
    const seen = new Set<number>();
    await program.until("closed", async () => {
      const { status, body, headers } = await new Visitor(site.port).ask("/login/index.php");
      seen.add(status);
      if (status !== 503) return false;
      expect(body).to.include("maintenance");
      expect(headers["retry-after"] ?? "none").not.to.equal("");
      return true;
    }, 600);
    await roll(program);

    expect([...seen].filter((status) => status !== 200 && status !== 503)).to.deep.equal([]);
    expect(linesOf(program).at(-1)).to.include({ event: "release.finished", outcome: "upgraded" });
    expect(await hasAddedColumn(), "the new column").to.equal(raised);
    expect(await new Visitor(site.port).visit("/login/index.php")).to.include("logintoken");
    expect(await administrator.visit("/user/files.php"), "the session from before").to.include("/login/logout.php");
  });

  it("refuses older code than its database's, and stays as it is", async () => {
    const program = await site.start(programs.release, code);

    expect((await program.ended).code).to.equal(1);
    expect(linesOf(program).at(-1)?.["reason"]).to.match(/the image holds the older .*; nothing was changed/);
    expect(await new Visitor(site.port).visit("/login/index.php")).to.include("logintoken");
  });

  it("is upgraded by the next run where one was killed in the middle, and closed until then", async () => {
    await web.stop();
    await site.postgres.restore("before");
    await site.caches.command("FLUSHALL");
    web = await site.startWeb(code);
    const first = await site.start(programs.release, next);
    await first.until("in the middle", () => (raised ? hasAddedColumn() : first.stdout.includes("-->")), 900);
    await first.kill();
    const { status } = await new Visitor(site.port).ask("/login/index.php");
    expect(status).to.equal(503);

    await roll(await site.start(programs.release, next));
    expect(await new Visitor(site.port).visit("/login/index.php")).to.include("logintoken");
    expect(await site.postgres.query("SELECT value FROM mdl_config WHERE name = 'version'")).to.deep.equal([String(Number(next.version))]);
    const file = await administrator.ask(fileOfAdministrator());
    expect(await (await fetch(file.headers.location ?? "")).text()).to.equal(content);
  });

  it("showed no password in the arguments of any process, nor in any log", async () => {
    expect((await ask(web.probe, "/metrics")).status).to.equal(200);
    for (const [what, canary] of Object.entries(site.canaries)) {
      expect(processes.seen.filter((line) => line.includes(canary)), `the password of ${what} in arguments`).to.deep.equal([]);
      expect(site.log.split("\n").filter((line) => line.includes(canary)), `the password of ${what} in a log`).to.deep.equal([]);
    }
    expect(processes.seen.filter((line) => line.includes("installDatabase.php"))).not.to.deep.equal([]);
  });
});
