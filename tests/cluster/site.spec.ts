import { setTimeout as wait } from "node:timers/promises";
import { expect } from "chai";
import { after, before } from "mocha";
import type { Forward } from "../../cluster/node/forward";
import { installed, otherShape, sameShape, type Code } from "../../images/standIn/code";
import type { CommandResult } from "../../toolchain/command";
import { aLab } from "../images/support/lab";
import { expectDone } from "./support/expectDone";
import { Site } from "./support/site";
import { TestNode } from "./support/testNode";
import { shownAt, versionOf, visit, Visitors, whileVisited, type Visit } from "./support/visitors";

// One site's life, each test from where the one before has left it: what it takes half a minute to come to is not done again for each.
const broken: Code = { version: "2025100603.00", release: "5.1.3 (Build: 4)", shape: "c" };
const cut: Code = { version: "2025100604.00", release: "5.1.4 (Build: 5)", shape: "d" };

describe("a site that the chart installs on a node", function () {
  this.bail(true);
  const lab = aLab();
  let node: TestNode;
  let site: Site;
  let door: Forward;
  before(async () => {
    node = await TestNode.start();
    site = await Site.make(node, lab);
    await site.image(installed);
  });
  after(async () => {
    await door.close();
    await node.end();
  });

  /** Releases a code while people visit. @returns all that they were shown */
  const watched = async (code: Code): Promise<readonly Visit[]> => {
    await site.image(code);
    const { result, visits } = await whileVisited(door, () => site.release(code));
    expectDone(result);
    return visits;
  };

  const shown = () => shownAt(door);

  it("is installed once, though its pods all start at once, on a volume that was root's; every connection is encrypted", async () => {
    expectDone(await site.release(installed));
    door = await site.open();

    expect((await site.passed()).filter((point) => point === "install-start")).to.have.length(1);
    expect(await site.onVolume("stat -c '%u:%g %a' .")).to.equal("0:10033 2775");
    expect(await site.pods("web")).to.have.length(2);
    const { status, body } = await visit(door);
    expect(status, body).to.equal(200);
    expect(JSON.parse(body)).to.include({ version: installed.version, inDatabase: installed.version, encrypted: true }).and.to.deep.include({ visits: [true, true] });
  });

  it("goes over to other code without a failed request", async () => {
    const visits = await watched(sameShape);

    expect(visits.length).to.be.greaterThan(200);
    expect(visits.filter(({ status }) => status !== 200)).to.deep.equal([]);
    expect(new Set(visits.map(versionOf))).to.deep.equal(new Set([installed.version, sameShape.version]));
    expect(await shown()).to.equal(sameShape.version);
    expect((await site.passed()).filter((point) => point === "enable-start"), "how often it was closed").to.deep.equal([]);
  });

  it("is closed while its database changes, with Moodle's own page and nothing else, and open when no old pod is left", async () => {
    const visits = await watched(otherShape);

    expect(visits.filter(({ status }) => status === 503).length, "visits while it was closed").to.be.greaterThan(0);
    expect(visits.filter((one) => one.status !== 200 && !isClosed(one))).to.deep.equal([]);
    const closed = Math.min(...visits.filter(isClosed).map(({ ended }) => ended));
    const afterwards = visits.filter(({ begun, status }) => begun > closed && status === 200);
    expect(new Set(afterwards.map(versionOf)), "shown after it was closed").to.deep.equal(new Set([otherShape.version]));
    expect(await shown()).to.equal(otherShape.version);
  });

  it("is not taken back to older code: nothing is touched, and it serves on", async () => {
    const before = await site.passed();
    const { code } = await site.release(sameShape, {}, 45);

    expect(code).not.to.equal(0);
    expect(await site.state()).to.equal("failed");
    expect(await site.log("release")).to.match(/"event":"release\.failed".*older 5\.1\.1 .*nothing was changed/);
    expect((await site.passed()).slice(before.length).filter((point) => /^(upgrade|enable)/.test(point))).to.deep.equal([]);
    expect(await shown()).to.equal(otherShape.version);
    expectDone(await site.release(otherShape));
  });

  it("stays closed when an upgrade fails, which fails the release; the next run finishes", async () => {
    await site.image(broken);
    await site.fail("upgrade-version");
    const failed = await site.release(broken, { job: { retries: 0 } });

    // Long before Helm's patience ends: it sees the Job though the web pods wait for it.
    expect(failed.code).not.to.equal(0);
    expect(failed.stderr).to.match(/job is failed: site\/moodle-release-/);
    expect(await site.state()).to.equal("failed");
    expect(await shown()).to.equal("503 closed");
    expect(await site.log("release")).to.match(/"event":"release\.failed".*upgrade-version was made to fail/);

    await site.heal("upgrade-version");
    expectDone(await site.release(broken));
    expect(await shown()).to.equal(broken.version);
  });

  it("finishes an upgrade in the middle of which its pod was killed", async () => {
    await site.image(cut);
    await site.hold("upgrade-version");
    const before = await site.passed();
    const release = site.release(cut);
    await site.until("in the middle of the upgrade", () => site.passed(), (points) => points.slice(before.length).includes("upgrade-version"));
    const [pod = ""] = await site.pods("release");
    await site.kubectl("delete", "pod", pod, "--grace-period=0", "--force");
    await site.letGo("upgrade-version");

    expectDone(await release);
    expect(await shown()).to.equal(cut.version);
  });

  it("serves on when a web pod is killed outright", async () => {
    const [victim = ""] = await site.pods("web");
    const visitors = new Visitors(door);
    await site.kubectl("delete", "pod", victim, "--grace-period=0", "--force");
    await site.kubectl("rollout", "status", "deployment/moodle-web", "--timeout=120s");
    const visits = await visitors.leave();

    // What the killed pod was answering, or was sent before the node noticed, is lost.
    expect(visits.filter(({ status }) => status !== 200).length / visits.length).to.be.below(0.05);
    expect(await site.pods("web")).to.have.length(2);
  });

  it("gives up one web pod at a time to whoever empties a node", async () => {
    const pods = await site.pods("web");
    const outcomes = await Promise.all(pods.map((pod) => evict(site, pod)));

    expect(outcomes.filter(({ code }) => code === 0)).to.have.length(1);
    expect(outcomes.find(({ code }) => code !== 0)?.stderr).to.include("Cannot evict pod as it would violate the pod's disruption budget");
    await site.kubectl("rollout", "status", "deployment/moodle-web", "--timeout=120s");
  });

  it("lets a runner finish the task it is at when it has to go", async () => {
    await site.hold("task");
    await site.until("both at a task", () => site.waitingAt("task"), (count) => count === 2);
    const [runner = ""] = await site.pods("cron");
    const deleted = site.kubectl("delete", "pod", runner, "--wait=true", "--timeout=90s");
    await site.until("told to go", () => site.kubectl("get", "pod", runner, "--output", "jsonpath={.metadata.deletionTimestamp}"), (time) => time !== "");
    const ended = await site.passed();
    // The kubelet tells it a moment after that, and it has to be there for as long as its task is.
    await wait(5000);
    expect(await site.pods("cron")).to.include(runner);
    await site.letGo("task");
    await deleted;

    // Another runner is at a task as well, and is not told.
    expect((await site.passed()).slice(ended.length)).to.include("task-end told 1");
  });

  it("starts more web pods when they are busy", async () => {
    expectDone(await site.release(cut, { web: { autoscaling: { enabled: true, minReplicas: 2, maxReplicas: 3, targetCpuPercent: 50 } } }));

    const visitors = new Visitors(door, "/index.php?busy=0.3");
    await site.until("more than two web pods", () => site.pods("web"), (pods) => pods.length > 2, 180);
    await visitors.leave();
  });

  it("leaves its data behind when it is uninstalled, and finds it when it is installed again", async () => {
    expectDone(await site.uninstall());
    expect(await site.pods("web")).to.deep.equal([]);
    expect(await site.servers.query("SELECT value FROM mdl_config WHERE name = 'version'")).to.deep.equal([cut.version]);
    expect((await site.passed()).filter((point) => point === "install-start")).to.have.length(1);

    expectDone(await site.release(cut));
    await door.close();
    door = await site.open();
    expect(await shown()).to.equal(cut.version);
    expect((await site.passed()).filter((point) => point === "install-start"), "how often it was installed").to.have.length(1);
  });
});

const isClosed = ({ status, body }: Visit): boolean => status === 503 && body === "closed";

function evict(site: Site, pod: string): Promise<CommandResult> {
  return site.attempt("create", "--raw", `/api/v1/namespaces/site/pods/${pod}/eviction`, "--filename", site.file({ apiVersion: "policy/v1", kind: "Eviction", metadata: { name: pod, namespace: "site" } }));
}
