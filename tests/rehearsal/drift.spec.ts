import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { changeByHand } from "../../rehearsal/handMade";
import type { CloudObject } from "../../rehearsal/provider/behaviour";
import { Store } from "../../rehearsal/provider/store";
import { onStage } from "../../rehearsal/rehearse";
import { driftIn, driftLines } from "../../rehearsal/report/drift";
import type { RehearsalReport } from "../../rehearsal/report/report";
import { reportAsJson } from "../../rehearsal/report/json";
import { summary } from "../../rehearsal/report/summary";
import { playDrift } from "../../rehearsal/scenes/drift";
import { handMadeChangesFor } from "../../rehearsal/simulatedClouds";
import { filesWith, generatedPasswords } from "../../rehearsal/soak/leaks";
import { expectKept } from "../support/graph/promise";
import { temporaryFolder } from "../toolchain/temporaryFolder";
import { silent } from "./silentView";
import { uninterrupted } from "./support/uninterrupted";

const repository = path.join(__dirname, "../..");

describe("changes made by hand in the simulated cloud of stack production", function () {
  this.timeout(300_000);
  const said: string[] = [];
  let report: RehearsalReport;
  let leaks: readonly string[];

  before(async () => {
    const request = { command: "drift" as const, stack: "production", stackFile: path.join(repository, "Pulumi.production.yaml"), html: "" };
    const view = { ...silent, say: (line: string) => void said.push(line) };
    await uninterrupted((interruption) =>
      onStage(request, { repository, view, interruption }, async (stage) => {
        report = await playDrift(stage);
        leaks = filesWith(await generatedPasswords(stage.runner), stage.scratch.folder);
      }),
    );
  });

  it("are all made, each said as it is made", () => {
    const all = handMadeChangesFor(["aws"]).map(({ change }) => `By hand, in the simulated cloud: ${change.what}`);
    expect(all).to.have.length.greaterThan(4);
    expect(said.filter((line) => line.startsWith("By hand"))).to.deep.equal(all);
  });

  it("are found by a refresh, property by property", () => {
    expect(report.drift?.flatMap(driftLines).map((line) => line.replace(/ {2}\S+$/, ""))).to.deep.equal([
      "moodle-database: backupRetentionPeriod is 1, was 14",
      "moodle-database: deletionProtection is false, was true",
      "moodle-database-from-cluster: gone",
      'moodle-network: tags.environment is "test", was "production"',
      'moodle-objects: versioningConfiguration.status is "Suspended", was "Enabled"',
      "moodle-secret-databasePassword: gone",
      "moodle-secret-databasePassword: gone",
    ]);
    expect(summary(report)).to.contain("Drift, found by a refresh\n  moodle-database: backupRetentionPeriod is 1, was 14  aws:rds/instance:Instance");
    expect((JSON.parse(reportAsJson(report)) as RehearsalReport).drift).to.deep.equal(report.drift);
  });

  it("are put back by the next update, after which nothing is left to do and nobody's", () => {
    expect(report.failure, report.failure).to.equal(undefined);
    expect(report.resources).to.deep.equal({ created: 3, updated: 3, replaced: 0, deleted: 0, unchanged: 187 });
    expect(report.orphans).to.deep.equal([]);
  });

  it("leave no generated password in clear in any file", () => {
    expectKept("Secrets stay encrypted in state, backups and history when a refresh writes them anew.", leaks);
  });
});

describe("a change made by hand", () => {
  const at = temporaryFolder();
  const object = (type: string, name: string, id: string): CloudObject => ({ id, type, name, urn: "", status: "ready", inputs: {}, outputs: { size: 1 }, createdAt: 0, seed: "" });
  const change = { what: "", type: "box", nameEnds: "-red" };

  beforeEach(() => {
    for (const each of [object("box", "a-red", "1"), object("box", "a-blue", "2"), object("lid", "a-red", "3")]) new Store(at(), "toy").put(each);
  });

  const held = () => [...new Store(at(), "toy").read().values()].map(({ id, outputs }) => [id, outputs.size]);

  it("changes the object it is about, and no other", () => {
    const before = changeByHand(at(), "toy", { ...change, change: (box) => ({ ...box, outputs: { size: 2 } }) });

    expect(before?.outputs.size).to.equal(1);
    expect(held()).to.deep.equal([["1", 2], ["2", 1], ["3", 1]]);
  });

  it("deletes it with what is within", () => {
    changeByHand(at(), "toy", { ...change, change: () => undefined, within: "lid" });

    expect(held()).to.deep.equal([["2", 1]]);
  });

  it("is none where the cloud has no such object", () => {
    expect(changeByHand(at(), "toy", { ...change, nameEnds: "-green", change: () => undefined })).to.equal(undefined);
    expect(held()).to.have.length(3);
    expect(fs.readdirSync(at())).to.deep.equal(["toy.json"]);
  });
});

describe("drift in a refresh", () => {
  const urn = "urn:pulumi:s::p::t::db";

  it("shows a secret that differs as a mask, wherever it is", () => {
    const secret = (ciphertext: string) => ({ settings: { token: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext } } });
    const [drifted] = driftIn([{ op: "update", urn, type: "t", detailedDiff: { settings: {} }, old: { inputs: secret("one") }, new: { inputs: secret("other") } }]);

    expect(drifted?.properties).to.deep.equal([{ path: "settings", program: "[secret]", cloud: "[secret]" }]);
  });

  it("says what is not set, and leaves out what stayed", () => {
    const found = driftIn([
      { op: "same", urn, type: "t" },
      { op: "update", urn, type: "t", detailedDiff: { size: {} }, old: { inputs: { size: 3 } }, new: { inputs: {} } },
    ]);

    expect(found.flatMap(driftLines)).to.deep.equal(["db: size is not set, was 3  t"]);
  });
});
