import * as path from "node:path";
import { expect } from "chai";
import type { RehearsalRequest } from "../../rehearsal/arguments";
import { rehearse } from "../../rehearsal/rehearse";
import type { RehearsalReport } from "../../rehearsal/report/report";
import { handMadeChangesFor, providersFor } from "../../rehearsal/simulatedClouds";
import { silent } from "../rehearsal/silentView";
import { uninterrupted } from "../rehearsal/support/uninterrupted";

const repository = path.join(__dirname, "../..");

/** What is different from cloud to cloud on bad days. */
interface BadDays {
  /** A step of the recovery from a killed CLI that only this cloud needs. */
  readonly step: RegExp;
  /** What an accident leaves half replaced. */
  readonly halfReplaced: string;
  /** Stacks that come back from what a lost platform leaves, each with a type that is left over. */
  readonly restored: Readonly<Record<string, string>>;
}

/** The unmodified program with the real engine on a simulated cloud, when something goes wrong. */
export function describeBadDays(cloud: string, { step, halfReplaced, restored }: BadDays): void {
  describe(`bad days of ${cloud}-objectfs on a simulated cloud`, function () {
    this.timeout(600_000);

    it("a killed CLI: everything is there in the end, nothing twice, and nothing left to do", async () => {
      const report = await played(`${cloud}-objectfs`, { command: "recover", of: "killed-cli" });

      expectInOrder(report);
      expect(report.recovery?.steps.join("\n")).to.match(step);
    });

    it("a replacement that stops half way needs no more than the next update", async () => {
      const report = await played(`${cloud}-objectfs`, { command: "recover", of: "half-replaced" });

      expectInOrder(report);
      expect(report.recovery?.findings.map(({ kind, name }) => `${kind}: ${name}`)).to.deep.equal([`still to be deleted: ${halfReplaced}`]);
      expect(report.recovery?.steps).to.deep.equal(["pulumi up: came to its end"]);
    });

    it("changes by hand are all made, all found by a refresh, and put back by the next update", async () => {
      const said: string[] = [];
      const report = await played(`${cloud}-objectfs`, { command: "drift" }, (line) => void said.push(line));

      expectInOrder(report);
      const all = handMadeChangesFor(providersFor(cloud)).map(({ change }) => `By hand, in the simulated cloud: ${change.what}`);
      expect(all).to.not.deep.equal([]);
      expect(said.filter((line) => line.startsWith("By hand"))).to.deep.equal(all);
    });
  });

  for (const [stack, left] of Object.entries(restored)) {
    describe(`the loss of ${stack} together with its state`, function () {
      this.timeout(600_000);

      it("ends with another platform on its data, and nothing that nobody knows", async () => {
        const report = await played(stack, { command: "restore" });

        expectInOrder(report);
        expect(report.resources.unchanged).to.equal(report.resources.created);
        expect(report.outputs.url).to.match(/^https:\/\/moodle/);
        expect(report.retained.map(({ type }) => type)).to.include(left);
      });
    });
  }
}

function played(stack: string, request: Pick<RehearsalRequest, "command" | "of">, say = silent.say): Promise<RehearsalReport> {
  const stackFile = path.join(repository, `tests/stacks/${stack}.yaml`);
  return uninterrupted((interruption) => rehearse({ ...request, stack, stackFile, html: "" }, { repository, view: { ...silent, say }, interruption }));
}

function expectInOrder({ failure, orphans, resources }: RehearsalReport): void {
  expect(failure, failure).to.equal(undefined);
  expect(orphans).to.deep.equal([]);
  expect(resources.unchanged, "resources that are as they should be").to.be.greaterThan(20);
}
