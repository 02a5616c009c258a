import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { after, before } from "mocha";
import type { Forward } from "../../cluster/node/forward";
import { serviceTree } from "../../images/onThisMachine/serviceTree";
import { idsOf } from "../../images/onThisMachine/users";
import { installed, sameShape, type Code } from "../../images/standIn/code";
import { pointOf } from "../../images/standIn/code";
import { standIn } from "../../images/standIn/tree";
import { reasonsOf } from "../../rehearsal/engine/reasons";
import type { CommandEnd } from "../../rehearsal/engine/runner";
import { leftovers } from "../../rehearsal/report/leftovers";
import { commands, exportState } from "../../rehearsal/scenes/play";
import type { Stage } from "../../rehearsal/stage";
import { silent } from "../../toolchain/setup/progress.cjs";
import { aLab } from "../images/support/lab";
import { LongStage } from "./support/longStage";
import { TestNode } from "./support/testNode";
import { shownAt, whileVisited, type Visit } from "./support/visitors";

const repository = path.join(__dirname, "../..");
const stackFile = path.join(repository, "tests/stacks/existing-shared.yaml");

// The whole program, unmodified, under the real engine: its pods run. What stands between engine and cluster is the rehearsal's provider
// with real Helm and kubectl; the official provider is not at hand.
describe("a stack on a real node", function () {
  this.timeout(900_000);
  const lab = aLab();
  const broken: Code = { version: "2025100603.00", release: "5.1.3 (Build: 4)", shape: "c" };
  let node: TestNode;
  let images: ReadonlyMap<Code, string>;
  let long: LongStage;
  let stage: Stage;
  let door: Forward;

  before(async () => {
    node = await TestNode.start();
    const servers = await node.loadServers();
    images = new Map(await inTurn([installed, sameShape, broken], async (code) => [code, await node.loadMoodle({ code: standIn(lab.newFolder("stand-in"), code) })] as const));
    const real = { title: "a real node", kubeconfig: fs.readFileSync(node.kubeconfig, "utf8"), kubectl: node.kubectlProgram };
    long = await LongStage.begin(stackFile, real);
    stage = long.stage;
    const tree = await serviceTree(silent);
    const server = (user: string) => ({ image: servers, runAs: idsOf(tree, user)[0] });
    stage.stackFile.add({
      "moodle:application": { releaseLimit: "6 min" },
      // A node of two processors has room for this, the pods that come while others go, and the release's Job.
      "moodle:sizing": { webReplicasMin: 1, webReplicasMax: 1 },
      "moodle:cron": { runners: 1, adhocRunners: 1 },
      "moodle:existing": { database: server("postgres"), sessionCache: server("valkey"), applicationCache: server("valkey"), files: { storageClass: "node" }, podRanges: ["10.244.0.0/16"] },
    });
  });
  after(async () => {
    await door.close();
    await long.end();
    await node.end();
  });

  /** Runs the program with the image of a code. */
  const released = (code: Code): Promise<CommandEnd> => {
    stage.stackFile.add({ "moodle:application": { image: images.get(code) ?? "", version: pointOf(code) } });
    return stage.runner.run(commands.up);
  };

  /** The same while people visit. @returns all that they were shown */
  const watched = async (code: Code): Promise<readonly Visit[]> => {
    const { result, visits } = await whileVisited(door, () => released(code));
    expectDone(result);
    return visits;
  };

  const shown = () => shownAt(door);

  const orphans = async () => leftovers(stage.scratch.cloud, await exportState(stage)).orphans;

  it("comes up with its servers, volume and secrets, answers with 200, and is then as it should be", async () => {
    expectDone(await released(installed));
    door = await node.forward(await node.kubectl("get", "service", "moodle-web", "--namespace", "moodle", "--output", "jsonpath={.spec.clusterIP}"), 80);

    expect(await shown()).to.equal(installed.version);
    const again: string[] = [];
    expectDone(await stage.runner.run(commands.up, { onEvent: ({ resourcePreEvent }) => void again.push(resourcePreEvent?.metadata.op ?? "same") }));
    expect(again.filter((op) => op !== "same")).to.deep.equal([]);
    expect(await orphans()).to.deep.equal([]);
  });

  it("goes over to other code without a failed request", async () => {
    const visits = await watched(sameShape);

    expect(visits.length).to.be.greaterThan(100);
    expect(visits.filter(({ status }) => status !== 200)).to.deep.equal([]);
    expect(await shown()).to.equal(sameShape.version);
  });

  it("says what an upgrade failed on, with the site closed, and finishes when it is run again", async () => {
    await failing("upgrade-version");
    const end = await released(broken);

    expect(end.code).to.not.equal(0);
    expect(reasonsOf(end).join("\n")).to.match(/moodle-application-release: [^]*Helm release "moodle\/moodle" failed to initialize completely/);
    expect(await shown()).to.equal("503 closed");
    expect(await orphans()).to.deep.equal([]);

    await healed("upgrade-version");
    expectDone(await stage.runner.run(commands.up));
    expect(await shown()).to.equal(broken.version);
  });

  it("is taken away by a destroy that somebody consented to, and leaves the volumes with the data", async () => {
    stage.stackFile.consentToEverything();
    expectDone(await stage.runner.run(commands.up));
    expectDone(await stage.runner.run(commands.destroy));

    expect((await exportState(stage)).filter(({ type }) => type !== "pulumi:pulumi:Stack")).to.deep.equal([]);
    expect(await orphans()).to.deep.equal([]);
    expect(await node.kubectl("get", "namespaces", "--output", "name")).not.to.match(/moodle|servers/);
    expect(await onVolume("ls -A")).to.include("calls");
  });

  // The folder of the node that Moodle's claim got.
  const onVolume = async (line: string): Promise<string> => {
    const folder = await node.kubectl("get", "persistentvolumes", "--output", 'jsonpath={.items[?(@.spec.claimRef.name=="moodle-files")].spec.local.path}');
    return node.inside("sh", "-c", `cd ${folder} && ${line}`);
  };

  /** Makes a point of Moodle's scripts fail; see images/standIn/commandLine/script.php. */
  const failing = (point: string) => onVolume(`echo 1 > fail-${point}`);

  const healed = (point: string) => onVolume(`rm fail-${point}`);
});

function expectDone(end: CommandEnd): void {
  expect(end.code, reasonsOf(end).join("\n")).to.equal(0);
}

async function inTurn<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
