import { setTimeout as wait } from "node:timers/promises";
import { expect } from "chai";
import { after, before } from "mocha";
import { addresses } from "../../cluster/node/addresses";
import type { Forward } from "../../cluster/node/forward";
import { installed, sameShape } from "../../images/standIn/code";
import { form, type Question } from "../images/ask";
import { aLab } from "../images/support/lab";
import { expectDone } from "./support/expectDone";
import { pod } from "./support/objects";
import { StoreOfNode } from "./support/objectStore";
import { hostOf } from "./support/server";
import { Site } from "./support/site";
import { TestNode } from "./support/testNode";
import { hostname, versionOf, visit, Visitors } from "./support/visitors";

const uploadLimitMiB = 4;
const requestTimeoutSeconds = 30;
const mebibyte = 1024 * 1024;

describe("what goes into and out of a site's pods on a node", function () {
  this.bail(true);
  const lab = aLab();
  let node: TestNode;
  let site: Site;
  let store: StoreOfNode;
  let door: Forward;
  before(async () => {
    node = await TestNode.start();
    // The node is where the gateway would be: whoever asks from there is believed.
    site = await Site.make(node, lab, { cacheCertificate: "address", values: { web: { uploadLimitMiB, requestTimeoutSeconds, trustedProxies: [`${addresses.podGateway}/32`] } } });
    store = await StoreOfNode.start(node, site.servers.authority);
    await site.keepFilesIn(store);
    expectDone(await site.release(installed));
    door = await site.open();
  });
  after(async () => {
    await door.close();
    await node.end();
  });

  const shown = async (path: string, question: Question = {}): Promise<Record<string, unknown>> => {
    const { status, body } = await visit(door, path, question);
    expect(status, body).to.equal(200);
    return JSON.parse(body) as Record<string, unknown>;
  };

  /** Runs the page in a web pod, with other variables than its own. @returns what it printed */
  const paged = async (query: string, ...variables: string[]): Promise<string> => {
    const script = `parse_str('${query}', $_GET); require '/opt/moodle/code/public/index.php';`;
    const { stdout, stderr } = await site.attempt("exec", "deployment/moodle-web", "--container=php-fpm", "--", "env", ...variables, "php", "-d", "display_errors=stderr", "-r", script);
    return `${stdout}${stderr}`;
  };

  it("are objects, written and read with the key of a Secret, over TLS whose authority is its own alone", async () => {
    expect(await shown("/index.php?store=text")).to.deep.include({ stored: ["200 ", "200 text"] });

    const place = "/moodle-files/site/stand-in";
    expect((await store.served()).map(({ method, path, status }) => [method, path, status])).to.deep.equal([["PUT", place, 200], ["GET", place, 200]]);
    expect(await paged("store=text", "MOODLE_OBJECT_STORE_CA_FILE=")).to.match(/"stored":\["SSL certificate problem/);
    expect(await store.served(), "requests after one that did not trust the store").to.have.length(2);
  });

  it("are sessions and caches, over TLS to a server whose certificate names an address alone", async () => {
    expect(site.servers.cache).to.equal(site.servers.addresses.cache);
    expect(await shown("/index.php")).to.deep.include({ visits: [true, true] });
    expect(await paged("")).to.include('"visits":[true,true]');
    for (const cache of ["SESSION", "APPLICATION"]) expect(await paged("", `MOODLE_${cache}_CACHE_HOST=${hostOf("cache")}`), cache).to.match(/Peer certificate .*did not match expected/);
  });

  it("are connections to nobody but whom the list of egress names, and the cluster's DNS", async () => {
    const { database, cache } = site.servers.addresses;
    const named = [`${database}:5432`, `${cache}:6379`, `${store.address}:${store.port}`];
    const spoken = new Set<string>();
    const page = shown("/index.php?store=text&sleep=5");
    await wait(2000);
    for (const name of await site.pods("web")) for (const each of connections(await site.kubectl("exec", name, "--container=php-fpm", "--", "cat", "/proc/net/tcp"))) spoken.add(each);
    await page;

    expect([...spoken]).to.include.members(named);
    expect([...spoken].filter((one) => ![...named, `${addresses.dns}:53`].includes(one))).to.deep.equal([]);
  });

  it("come from the address that a trusted proxy forwards, and from nobody else's word", async () => {
    expect(await shown("/index.php", { headers: { "X-Forwarded-For": "6.6.6.6, 203.0.113.7" } })).to.include({ client: "203.0.113.7" });

    const ask = `/busybox wget -q -O - --header 'Host: ${hostname}' --header 'X-Forwarded-For: 6.6.6.6' http://moodle-web/index.php; /busybox hostname -i`;
    await node.apply(pod("site", "stranger", { image: await node.loadBusybox(), script: ask }));
    await node.until("ended", () => site.kubectl("get", "pod", "stranger", "--output", "jsonpath={.status.phase}"), (phase) => phase === "Succeeded" || phase === "Failed");
    const [page = "", address] = (await site.kubectl("logs", "stranger")).split(/\n|(?<=\})/);
    expect(JSON.parse(page)).to.include({ client: address });
  });

  it("need not be the same pod's for one visitor: the session is every pod's", async () => {
    expect(await site.kubectl("get", "service", "moodle-web", "--output", "jsonpath={.spec.sessionAffinity}")).to.equal("None");
    const pages: Record<string, unknown>[] = [];
    for (let count = 0; count < 20; count += 1) pages.push(await shown("/index.php", { headers: { Cookie: "session=visitor" } }));

    expect([...new Set(pages.map((page) => page["pod"]))].sort()).to.deep.equal((await site.pods("web")).sort());
    expect(pages.map((page) => page["session"])).to.deep.equal(pages.map((_, index) => index + 1));
  });

  it("are uploads up to the one limit: PHP tells of a byte more, and nginx refuses what no form can be", async () => {
    const upload = (bytes: number) => form(Buffer.alloc(bytes));

    expect(await shown("/index.php", upload(uploadLimitMiB * mebibyte))).to.deep.include({ files: { file: { error: 0, size: uploadLimitMiB * mebibyte } } });
    expect(await shown("/index.php", upload(uploadLimitMiB * mebibyte + 1))).to.deep.include({ files: { file: { error: 1, size: 0 } } });
    expect((await visit(door, "/index.php", upload((uploadLimitMiB + 9) * mebibyte))).status).to.equal(413);
  });

  it("are requests up to the one time limit", async () => {
    const [within, beyond] = await Promise.all([visit(door, `/index.php?sleep=${requestTimeoutSeconds - 3}`), visit(door, `/index.php?sleep=${requestTimeoutSeconds + 20}`)]);

    expect(within.status, within.body).to.equal(200);
    expect(beyond.status).to.equal(504);
    expect((beyond.ended - beyond.begun) / 1000).to.be.within(requestTimeoutSeconds - 1, requestTimeoutSeconds + 5);
  });

  it("are answered though they are slow and their pod is replaced meanwhile", async () => {
    await site.image(sameShape);
    const visitors = new Visitors(door, "/index.php?sleep=9", 3);
    expectDone(await site.release(sameShape));
    const visits = await visitors.leave();

    expect(visits.filter(({ status }) => status !== 200)).to.deep.equal([]);
    expect(new Set(visits.map(versionOf))).to.deep.equal(new Set([installed.version, sameShape.version]));
  });
});


/** Whom a pod has connected to, from the kernel's table of its network; ended connections stay in it for a minute. */
function connections(table: string): string[] {
  const rows = table.trim().split("\n").slice(1).map((line) => line.trim().split(/\s+/));
  const [own, listening] = [["8080", "8081"], "0A"];
  return rows.flatMap(([, local = "", remote = "", state]) => (state === listening || own.includes(portOf(local)) ? [] : [`${addressOf(remote)}:${portOf(remote)}`]));
}

const portOf = (entry: string): string => String(parseInt(entry.split(":")[1] ?? "", 16));

// The kernel prints the four bytes as one number of its own order.
const addressOf = (entry: string): string => (entry.split(":")[0] ?? "").match(/../g)?.reverse().map((byte) => parseInt(byte, 16)).join(".") ?? "";
