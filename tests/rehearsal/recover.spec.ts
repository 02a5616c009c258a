import * as path from "node:path";
import { expect } from "chai";
import { type AccidentName, accidentOn, accidents, accidentNames } from "../../rehearsal/accidents";
import { usage } from "../../rehearsal/arguments";
import { providerOf } from "../../rehearsal/engine/state";
import { parseFaults } from "../../rehearsal/provider/faults";
import { rehearse } from "../../rehearsal/rehearse";
import { reportAsHtml } from "../../rehearsal/report/html/page";
import { reportAsJson } from "../../rehearsal/report/json";
import type { RehearsalReport } from "../../rehearsal/report/report";
import { summary } from "../../rehearsal/report/summary";
import { casualtiesOf, cloudOf, providersFor, titleOf } from "../../rehearsal/simulatedClouds";
import { silent } from "./silentView";
import { uninterrupted } from "./support/uninterrupted";

const repository = path.join(__dirname, "../..");

// Two of the accidents are played with the real engine: one while the platform is made, one while it stands. The others differ in
// their fault alone, and the kinds of faults have tests of their own.
describe("a recovery of stack staging", function () {
  this.timeout(300_000);

  async function play(of: AccidentName): Promise<RehearsalReport> {
    const request = { command: "recover" as const, of, stack: "staging", stackFile: path.join(repository, "Pulumi.staging.yaml"), html: "" };
    return uninterrupted((interruption) => rehearse(request, { repository, view: silent, interruption }));
  }

  describe("from a killed CLI", () => {
    let report: RehearsalReport;
    before(async () => {
      report = await play("killed-cli");
    });

    it("ends with everything there, nothing twice and nothing left to do", () => {
      expect(report.failure, report.failure).to.equal(undefined);
      expect(report.orphans).to.deep.equal([]);
      expect(report.resources.unchanged).to.be.greaterThan(140);
    });

    it("shows that another update is refused by the lock, in the engine's words", () => {
      expect(report.recovery?.said.join("\n")).to.contain("the stack is currently locked by 1 lock(s)");
    });

    it("shows what the guard finds: the lock, what is pending, and what exists", () => {
      const found = (wanted: string) => report.recovery?.findings.filter(({ kind }) => kind === wanted).map(({ name }) => name);
      expect(found("locked")).to.deep.equal(["staging"]);
      expect(found("pending create")).to.include("moodle-database");
      expect(found("unknown to the state")).to.include("moodle-database");
    });

    it("tells each step: the lock, the half-made things, the pending entries, the update", () => {
      const steps = report.recovery?.steps ?? [];
      const places = [/^pulumi cancel/, /^deleted by hand: aws:rds\/instance:Instance/, /^pulumi refresh --clear-pending-creates: .*creating moodle-database/, /^pulumi up: came to its end/];
      expect(places.map((place) => steps.findIndex((step) => place.test(step))), steps.join("\n")).to.satisfy(
        (found: number[]) => found.every((place, index) => place > (found[index - 1] ?? -1)),
      );
    });

    it("is told in text, page and JSON, with the page to read", () => {
      const { runbook } = accidents["killed-cli"];
      const { story } = accidentOn("killed-cli", casualtiesOf(["aws"]), "AWS");
      for (const told of [summary(report), reportAsHtml(report)]) expect(told).to.contain(runbook).and.contain(story);
      expect((JSON.parse(reportAsJson(report)) as RehearsalReport).recovery).to.deep.equal(report.recovery);
    });
  });

  it("from a half replaced resource needs no more than the next update", async () => {
    const report = await play("half-replaced");

    expect(report.failure, report.failure).to.equal(undefined);
    expect(report.orphans).to.deep.equal([]);
    expect(report.recovery?.findings.map(({ kind, name }) => `${kind}: ${name}`)).to.deep.equal(["still to be deleted: moodle-database"]);
    expect(report.recovery?.steps).to.deep.equal(["pulumi up: came to its end"]);
  });
});

describe("the accidents", () => {
  for (const cloud of ["aws", "azure", "gcp", "existing"]) {
    const casualties = casualtiesOf(providersFor(cloud));
    const happening = accidentNames.filter((name) => cloud !== "existing" || name !== "partial-create");

    for (const name of happening) {
      it(`${name} has a fault that can happen on ${cloud}`, () => {
        const { fault } = accidentOn(name, casualties, titleOf(cloud));

        expect(parseFaults(JSON.stringify([fault]), name)).to.have.length(1);
        const simulated = cloudOf(providerOf(fault.type));
        expect(simulated.behaviours[fault.type] ?? simulated.behaviourOf?.(fault.type), `what ${fault.type} is`).to.not.equal(undefined);
      });
    }
  }

  it("that can't happen on a cluster are refused with the one that can", () => {
    expect(() => accidentOn("partial-create", casualtiesOf(providersFor("existing")), "cluster")).to.throw(
      "--of partial-create: can't happen on a cluster; npm run rehearse -- recover --of release-not-ready is the nearest that can",
    );
  });

  it("stand in the help", () => {
    for (const name of accidentNames) expect(usage).to.contain(name);
  });
});
