import * as path from "node:path";
import { expect } from "chai";
import { onStage } from "../../rehearsal/rehearse";
import type { RehearsalReport } from "../../rehearsal/report/report";
import { playDestroy } from "../../rehearsal/scenes/destroy";
import { playUp } from "../../rehearsal/scenes/up";
import { silent } from "../rehearsal/silentView";
import { uninterrupted } from "../rehearsal/support/uninterrupted";

const repository = path.join(__dirname, "../..");

/** How much longer an update may take than its cloud itself does. */
const mostOverBound = 1.05;

/** The unmodified program with the real engine on a cloud's simulation: created, looked at again, and destroyed with consent. */
export function describeLife(cloud: string, modes: readonly string[]): void {
  for (const mode of modes) {
    describe(`the life of ${cloud}-${mode} on a simulated cloud`, function () {
      this.timeout(300_000);
      let up: RehearsalReport;
      let destroyed: RehearsalReport;

      before(async () => {
        const stackFile = path.join(repository, `tests/stacks/${cloud}-${mode}.yaml`);
        await uninterrupted((interruption) =>
          onStage({ command: "up", stack: `${cloud}-${mode}`, stackFile, html: "" }, { repository, view: silent, interruption }, async (stage) => {
            up = await playUp(stage);
            destroyed = await playDestroy({ ...stage, request: { ...stage.request, command: "destroy" } });
          }),
        );
      });

      it("begins with everything created, an address to go to and nothing left over, and a second update changes nothing", () => {
        expect(up.failure).to.equal(undefined);
        expect(up.orphans).to.deep.equal([]);
        expect(up.outputs.url).to.match(/^https:\/\/moodle.*\.example\.edu$/);
        expect(up.resources.unchanged).to.equal(up.resources.created);
      });

      it("comes about in hardly more time than the cloud itself needs", () => {
        expect(up.lowerBoundMinutes).to.be.greaterThan(0);
        expect(up.simulatedMinutes / up.lowerBoundMinutes, `${up.simulatedMinutes} minutes, of which ${up.lowerBoundMinutes} are needed`).to.be.at.most(mostOverBound);
      });

      it("ends, once somebody consented, with nothing but what is kept by design", () => {
        expect(destroyed.failure).to.equal(undefined);
        expect(destroyed.orphans).to.deep.equal([]);
        expect(destroyed.retained.filter(({ reason, remove }) => reason === "" || remove === "")).to.deep.equal([]);
      });
    });
  }
}
