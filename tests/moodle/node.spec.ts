import { expect } from "chai";
import { after, before } from "mocha";
import { createHash, randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Forward } from "../../cluster/node/forward";
import { type Code, MoodleSource } from "../../images/onThisMachine/moodleTree";
import { expectDone } from "../cluster/support/expectDone";
import { StoreOfNode } from "../cluster/support/objectStore";
import { Site } from "../cluster/support/site";
import { TestNode } from "../cluster/support/testNode";
import { visit, Visitors } from "../cluster/support/visitors";
import { secrets } from "../images/environments";
import { aLab } from "../images/support/lab";
import { raise } from "./raise";
import { Visitor } from "./visitor";

const loginPage = "/login/index.php";
const page = "/user/files.php";
const name = "lecture.txt";

// One site from its installation to its upgrade, as in tests/cluster/site.spec.ts, with Moodle itself.
describe("Moodle that the chart installs on a node", function () {
  this.bail(true);
  const lab = aLab();
  const content = randomBytes(50_000).toString("hex");
  const contentHash = createHash("sha1").update(content).digest("hex");
  let codes: { first: Code; sameVersion: Code; next: Code };
  let node: TestNode;
  let site: Site;
  let store: StoreOfNode;
  let door: Forward;
  let administrator: Visitor;

  before(async () => {
    const { source, next } = MoodleSource.ofEnvironment();
    const copyOf = (tree: MoodleSource): Code => tree.copyTo(path.join(lab.newFolder("code"), "moodle"));
    codes = { first: copyOf(source), sameVersion: copyOf(source), next: copyOf(next ?? source) };
    fs.writeFileSync(path.join(codes.sameVersion.folder, codes.sameVersion.webRoot, "lib", "changed.txt"), "other code, and nothing of the database\n");
    if (next === undefined) raise(codes.next);
    node = await TestNode.start();
    site = await Site.make(node, lab, {
      values: {
        web: { php: { opcacheMiB: 256, internedStringsMiB: 32, apcuMiB: 32, resources: { memoryMiB: 1024 } } },
        cron: { keepAliveSeconds: 0, resources: { memoryMiB: 512 } },
        adhoc: { resources: { memoryMiB: 512 } },
        job: { deadlineSeconds: 1800, resources: { memoryMiB: 768 } },
        moodle: { pluginSettings: { tool_objectfs: { sizethreshold: 0, minimumage: 0, consistencydelay: 0 } } },
      },
    });
    store = await StoreOfNode.start(node, site.servers.authority);
    await site.keepFilesIn(store);
    await site.image(codes.first);
  });
  after(async () => {
    await door.close();
    await node.end();
  });

  it("is installed once, and two pods serve one session", async () => {
    expectDone(await site.release(codes.first, {}, 1800));
    door = await site.open();

    expect(await site.pods("web")).to.have.length(2);
    expect((await site.log("release")).match(/"outcome":"installed"/g)).to.have.length(1);
    administrator = new Visitor(door.port);
    await administrator.logIn({ name: "admin", password: secrets["adminPassword"] ?? "" });
    for (let count = 0; count < 10; count += 1) expect(await administrator.visit(page)).to.include("/login/logout.php");
  });

  it("keeps a file in the object store, reached over TLS whose authority is its own alone, and brings it from there", async () => {
    const [repository = ""] = await site.servers.query("SELECT i.id FROM mdl_repository_instances i JOIN mdl_repository r ON r.id = i.typeid WHERE r.type = 'upload'");
    await administrator.keepPrivately(name, content, repository);
    const [context = ""] = await site.servers.query(`SELECT contextid FROM mdl_files WHERE contenthash = '${contentHash}' AND filearea = 'private'`);
    const place = `${contentHash.slice(0, 2)}/${contentHash.slice(2, 4)}/${contentHash}`;
    const makeDue = () => site.servers.query("UPDATE mdl_task_scheduled SET nextruntime = 1 WHERE component = 'tool_objectfs'");
    const isLocal = async (): Promise<boolean> => (await site.onVolume(`ls filedir/${place} 2> /dev/null || true`)) !== "";

    expect(await isLocal(), "where every upload is first").to.equal(true);
    await makeDue();
    await site.until("in the bucket", () => store.served(), (served) => served.some((one) => one.method === "PUT" && one.path === `/moodle-files/site/${place}` && one.status === 200), 900);
    await site.until("gone from the shared volume", async () => (await makeDue(), isLocal()), (is) => !is, 900);
    const { status, body } = await administrator.ask(`/pluginfile.php/${context}/user/private/${name}`);
    expect([status, body === content]).to.deep.equal([200, true]);
    expect((await store.served()).filter(({ refusal }) => refusal !== undefined && refusal !== "NoSuchKey")).to.deep.equal([]);
  });

  it("goes over to other code without a failed request", async () => {
    await site.image(codes.sameVersion);
    const visitors = new Visitors(door, loginPage, 2);
    expectDone(await site.release(codes.sameVersion, {}, 900));
    const visits = await visitors.leave();

    expect(visits.length).to.be.greaterThan(50);
    expect(visits.filter(({ status }) => status !== 200).map(({ status, error }) => error ?? status)).to.deep.equal([]);
    expect(await administrator.visit(page), "the session from before").to.include("/login/logout.php");
  });

  it("is closed with its maintenance page while its database changes, and open when no old pod is left", async () => {
    await site.image(codes.next);
    const visitors = new Visitors(door, loginPage, 2);
    expectDone(await site.release(codes.next, {}, 1800));
    const visits = await visitors.leave();

    const closed = visits.filter(({ status }) => status === 503);
    expect(closed.length, "visits while it was closed").to.be.greaterThan(0);
    expect(closed.filter(({ body }) => !body.includes("maintenance"))).to.deep.equal([]);
    expect(visits.filter(({ status }) => status !== 200 && status !== 503).map(({ status, error }) => error ?? status)).to.deep.equal([]);
    expect(await site.servers.query("SELECT value FROM mdl_config WHERE name = 'version'")).to.deep.equal([String(Number(codes.next.version))]);
    expect((await visit(door, loginPage)).status).to.equal(200);
    expect(await administrator.visit(page), "the session from before").to.include("/login/logout.php");
  });
});
