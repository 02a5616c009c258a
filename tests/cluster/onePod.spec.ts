import { expect } from "chai";
import { after, before } from "mocha";
import type { Forward } from "../../cluster/node/forward";
import { installed, otherShape, sameShape, type Code } from "../../images/standIn/code";
import { aLab } from "../images/support/lab";
import { expectDone } from "./support/expectDone";
import { Site } from "./support/site";
import { TestNode } from "./support/testNode";
import { shownAt, visit, whileVisited, type Visit } from "./support/visitors";

const cut: Code = { version: "2025100603.00", release: "5.1.3 (Build: 4)", shape: "c" };
const broken: Code = { version: "2025100604.00", release: "5.1.4 (Build: 5)", shape: "d" };

describe("a site on a node that is one pod with a disk", function () {
  this.bail(true);
  const lab = aLab();
  let node: TestNode;
  let site: Site;
  let door: Forward;
  before(async () => {
    node = await TestNode.start();
    site = await Site.make(node, lab, { values: { files: { mode: "block" }, web: { replicas: 1 } } });
    await site.image(installed);
  });
  after(async () => {
    await door.close();
    await node.end();
  });

  const onlyPod = async (): Promise<string> => {
    const pods = await site.kubectl("get", "pods", "--output", "jsonpath={.items[*].metadata.name}");
    expect(pods.split(" "), "pods of the site").to.have.length(1);
    return pods;
  };

  const containersOf = async (pod: string): Promise<string[]> => (await site.kubectl("get", "pod", pod, "--output", "jsonpath={.spec.initContainers[*].name} {.spec.containers[*].name}")).split(" ");

  const shown = () => shownAt(door);

  const release = async (code: Code): Promise<readonly Visit[]> => {
    await site.image(code);
    const { result, visits } = await whileVisited(door, () => site.release(code));
    expectDone(result);
    return visits;
  };

  it("is installed by the pod itself, which holds everything, on a disk that was root's", async () => {
    expectDone(await site.release(installed));
    door = await site.open();

    expect(await containersOf(await onlyPod())).to.deep.equal(["release", "nginx", "php-fpm", "cron", "adhoc"]);
    expect(await site.kubectl("get", "jobs", "--output", "name")).to.equal("");
    expect(await site.onVolume("stat -c '%u:%g %a' .")).to.equal("0:10033 2775");
    expect((await site.passed()).filter((point) => point === "install-start")).to.have.length(1);
    expect(await shown()).to.equal(installed.version);
    await site.until("at tasks of both kinds", () => site.passed(), (points) => ["--keep-alive", "--execute"].every((kind) => points.some((point) => point.startsWith(`task-start ${kind}`))));
  });

  it("may not be two pods", async () => {
    for (const values of [{ web: { replicas: 2 } }, { cron: { replicas: 2 } }, { web: { autoscaling: { enabled: true } } }]) {
      const { code, stderr } = await site.release(installed, values);
      expect(code).not.to.equal(0);
      expect(stderr).to.match(/the mode block/);
    }
    expect(await shown()).to.equal(installed.version);
  });

  it("answers nobody between the old pod and the new one when its code changes, and everybody before and after", async () => {
    const visits = await release(sameShape);

    expectOneGap(visits);
    expect(visits.filter(({ status }) => status === 503), "shown as closed").to.deep.equal([]);
    expect(await shown()).to.equal(sameShape.version);
    await onlyPod();
  });

  it("answers nobody either while its database changes, and is open afterwards", async () => {
    expectOneGap(await release(otherShape));

    expect(await shown()).to.equal(otherShape.version);
    expect((await site.passed()).filter((point) => ["upgrade-start", "upgrade-end", "disable-end"].includes(point)).slice(-3)).to.deep.equal(["upgrade-start", "upgrade-end", "disable-end"]);
  });

  it("finishes an upgrade in the middle of which the pod was killed", async () => {
    await site.image(cut);
    await site.hold("upgrade-version");
    const before = await site.passed();
    const releasing = site.release(cut);
    await site.until("in the middle of the upgrade", () => site.passed(), (points) => points.slice(before.length).includes("upgrade-version"));
    await site.kubectl("delete", "pod", await onlyPod(), "--grace-period=0", "--force");
    await site.letGo("upgrade-version");

    expectDone(await releasing);
    expect(await shown()).to.equal(cut.version);
  });

  it("answers nobody when an upgrade fails, which fails the release; the pod tries again until it is done", async () => {
    await site.image(broken);
    await site.fail("upgrade-version");
    const failed = await site.release(broken, {}, 45);

    expect(failed.code).not.to.equal(0);
    expect(await site.state()).to.equal("failed");
    expect(await site.log("web", "release")).to.match(/"event":"release\.failed".*upgrade-version was made to fail/);
    expect((await visit(door)).status).to.equal(0);

    await site.heal("upgrade-version");
    expectDone(await site.release(broken));
    expect(await shown()).to.equal(broken.version);
  });

  it("leaves its data behind when it is uninstalled, and finds it when it is installed again", async () => {
    expectDone(await site.uninstall());
    expect(await site.pods("web")).to.deep.equal([]);

    expectDone(await site.release(broken));
    await door.close();
    door = await site.open();
    expect(await shown()).to.equal(broken.version);
    expect((await site.passed()).filter((point) => point === "install-start"), "how often it was installed").to.have.length(1);
  });
});

/** Visits that got no answer are one after another, and others were answered with a page. */
function expectOneGap(visits: readonly Visit[]): void {
  const inOrder = [...visits].sort((one, other) => one.begun - other.begun);
  const unanswered = inOrder.filter(({ status }) => status === 0);
  const [first, last] = [unanswered[0], unanswered.at(-1)];
  if (first === undefined || last === undefined) throw new Error("every visit was answered, though there was no pod");
  const between = inOrder.filter(({ begun, ended }) => begun > first.ended && ended < last.begun);
  expect(between.filter(({ status }) => status !== 0), "answered in the gap").to.deep.equal([]);
  expect(inOrder.filter(({ status }) => status !== 0 && status !== 200)).to.deep.equal([]);
}
