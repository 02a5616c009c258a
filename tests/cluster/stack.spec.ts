import { expect } from "chai";
import { after, before } from "mocha";
import type { Forward } from "../../cluster/node/forward";
import { clusterFolder, Run } from "../../cluster/node/run";
import { installed, pointOf, sameShape, type Code } from "../../images/standIn/code";
import { standIn } from "../../images/standIn/tree";
import { reasonsOf } from "../../rehearsal/engine/reasons";
import type { CommandEnd } from "../../rehearsal/engine/runner";
import { name as cluster } from "../../rehearsal/real/ownCluster";
import { takeAway } from "../../rehearsal/real/takeAway";
import { leftovers } from "../../rehearsal/report/leftovers";
import type { RehearsalReport } from "../../rehearsal/report/report";
import { commands, exportState } from "../../rehearsal/scenes/play";
import { playUp } from "../../rehearsal/scenes/up";
import type { Stage } from "../../rehearsal/stage";
import { aLab } from "../images/support/lab";
import { LongStage } from "./support/longStage";
import { leftOf, processesOf } from "./support/remains";
import { TestNode } from "./support/testNode";
import { shownAt, whileVisited } from "./support/visitors";

// The whole program, unmodified, under the real engine, by the code behind `npm run rehearse -- --cloud existing --real`: its pods run. What
// stands between engine and cluster is the rehearsal's provider with real Helm and kubectl; the official provider is not at hand.
describe("a stack on a real node", function () {
  this.timeout(900_000);
  const lab = aLab();
  const broken: Code = { version: "2025100603.00", release: "5.1.3 (Build: 4)", shape: "c" };
  let node: TestNode;
  let images: ReadonlyMap<Code, string>;
  let long: LongStage;
  let stage: Stage;
  let report: RehearsalReport;
  let groups: readonly string[];
  let door: Forward;

  before(async () => {
    long = await LongStage.begin();
    stage = long.stage;
    // What goes wrong shall not take the hour that it may.
    stage.stackFile.add({ "moodle:application": { releaseLimit: "6 min" } });
    node = await TestNode.of(cluster);
    groups = Run.all(cluster).flatMap((run) => run.groups);
    images = new Map(await inTurn([sameShape, broken], async (code) => [code, await node.loadMoodle({ code: standIn(lab.newFolder("stand-in"), code) })] as const));
  });
  after(() => long.end());

  /** Runs the program with the image of a code. */
  const released = (code: Code): Promise<CommandEnd> => {
    stage.stackFile.add({ "moodle:application": { image: images.get(code) ?? "", version: pointOf(code) } });
    return stage.runner.run(commands.up);
  };

  const shown = () => shownAt(door);

  const orphans = async () => leftovers(stage.scratch.cloud, await exportState(stage)).orphans;

  it("comes up with its servers, volume and secrets, is then as it should be, and answers with 200", async () => {
    report = await playUp(stage);
    expect(report.failure, report.failure).to.equal(undefined);
    expect(report.answer).to.include({ status: 200, host: "moodle-development.example.edu" });
    expect([report.resources.created, report.orphans]).to.deep.equal([report.resources.unchanged, []]);
    expect(report.resources.created).to.be.greaterThan(30);

    door = await node.forward(await node.kubectl("get", "service", "moodle-web", "--namespace", "moodle", "--output", "jsonpath={.spec.clusterIP}"), 80);
    expect(await shown()).to.equal(installed.version);
  });

  it("goes over to other code without a failed request", async () => {
    const { result, visits } = await whileVisited(door, () => released(sameShape));

    expectDone(result);
    expect(visits.length).to.be.greaterThan(100);
    expect(visits.filter(({ status }) => status !== 200)).to.deep.equal([]);
    expect(await shown()).to.equal(sameShape.version);
  });

  it("says what an upgrade failed on, with the site closed, and finishes when it is run again", async () => {
    await failing("upgrade-version");
    const end = await released(broken);

    expect(end.code).to.not.equal(0);
    expect(reasonsOf(end).join("\n")).to.match(/moodle-application-release: [^]*Helm release "moodle\/moodle" failed to initialize completely: .*job is failed: moodle\/moodle-release-/);
    expect(await adviceOf(end)).to.contain("upgrade-version was made to fail");
    expect(await shown()).to.equal("503 closed");
    expect(await orphans()).to.deep.equal([]);

    await healed("upgrade-version");
    expectDone(await stage.runner.run(commands.up));
    expect(await shown()).to.equal(broken.version);
  });

  it("is taken away by a destroy that somebody consented to, and leaves the volumes with the data", async () => {
    const folder = await folderOfFiles();
    await door.close();
    const { failure, takenAway } = await takeAway(stage, report);

    expect(failure, failure).to.equal(undefined);
    expect(takenAway).to.equal(report.resources.created);
    expect(await node.kubectl("get", "namespaces", "--output", "name")).not.to.match(/moodle|servers/);
    expect(await node.inside("ls", folder)).to.include("calls");
  });

  it("leaves nothing of its cluster when the rehearsal is over", async () => {
    const running = processesOf(groups);
    expect(running.length, "processes of the cluster before").to.be.greaterThan(10);
    await long.end();

    expect(leftOf(groups, running, clusterFolder(cluster))).to.deep.equal([]);
  });

  /** What the command prints that the end of a failed update names. */
  const adviceOf = async ({ diagnostics }: CommandEnd): Promise<string> => {
    const warnings = diagnostics.filter(({ severity }) => severity === "warning").map(({ message }) => message).join("\n");
    const [, words] = /kubectl (.*) \(docs\/runbooks\/release-not-ready\.md\)/.exec(warnings) ?? [];
    if (words === undefined) throw new Error(`no command is named: ${warnings}`);
    return node.kubectl(...words.split(" "));
  };

  /** The folder of the node that Moodle's claim got. */
  const folderOfFiles = () => node.kubectl("get", "persistentvolumes", "--output", 'jsonpath={.items[?(@.spec.claimRef.name=="moodle-files")].spec.local.path}');

  const onVolume = async (line: string) => node.inside("sh", "-c", `cd ${await folderOfFiles()} && ${line}`);

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
