import * as path from "node:path";
import { expect } from "chai";
import { rehearse } from "../../rehearsal/rehearse";
import type { RehearsalReport } from "../../rehearsal/report/report";
import { lossOf } from "../../rehearsal/simulatedClouds";
import { silent } from "./silentView";
import { uninterrupted } from "./support/uninterrupted";

const repository = path.join(__dirname, "../..");

// The scene itself compares what the restored platform reads data with to what the lost one wrote it with, and fails where they
// differ. What a real cloud makes of a snapshot, and that Moodle finds its files, is not proved.
for (const stack of ["production", "staging"]) {
  describe(`a restore of stack ${stack}, whose state is lost with it`, function () {
    this.timeout(300_000);
    let report: RehearsalReport;

    before(async () => {
      const request = { command: "restore" as const, stack, stackFile: path.join(repository, `Pulumi.${stack}.yaml`), html: "" };
      report = await uninterrupted((interruption) => rehearse(request, { repository, view: silent, interruption }));
    });

    it("ends with a platform on the old data, and nothing left to do", () => {
      expect(report.failure, report.failure).to.equal(undefined);
      expect(report.resources.created).to.be.greaterThan(140);
      expect(report.resources.unchanged).to.equal(report.resources.created);
    });

    it("leaves nothing that nobody knows, and names what is left of the lost platform", () => {
      expect(report.orphans).to.deep.equal([]);
      expect(report.retained.map(({ type }) => type)).to.include.members(["aws:rds/snapshot:Snapshot", "aws:secretsmanager/secret:Secret"]);
    });

    it("has an address to go to", () => {
      expect(report.outputs.url).to.match(/^https:\/\/moodle/);
    });
  });
}

describe("a restore on a cluster that has no cloud", () => {
  it("is refused by name: there are no backups to restore from", () => {
    expect(() => lossOf("existing")).to.throw(/^a cluster makes no backups, so a restore can't be rehearsed: .*docs\/existing\.md/);
  });
});
