import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { parseDocument } from "yaml";
import { pendingFrom, stateFrom } from "../../rehearsal/engine/state";
import type { Fault } from "../../rehearsal/provider/faults";
import { inventory, orphans } from "../../rehearsal/provider/inventory";
import { Store } from "../../rehearsal/provider/store";
import { locksIn, recover, type Recovery } from "../../rehearsal/recovery";
import { onStage } from "../../rehearsal/rehearse";
import { silent } from "./silentView";
import { uninterrupted } from "./support/uninterrupted";

const fixtures = path.join(__dirname, "fixtures");
const host = "0A1B2C.gr7.eu-central-1.eks.amazonaws.com";
const up = ["up", "--yes", "--skip-preview"];
const CLUSTER = "aws:eks/cluster:Cluster";
const RELEASE = "kubernetes:helm.sh/v3:Release";

/** How a command that was hit ended, and how the stack was afterwards. */
interface Aftermath {
  readonly code: number | null;
  readonly recovery: Recovery;
  readonly orphans: readonly string[];
  readonly pending: readonly string[];
  readonly locks: readonly string[];
  /** The releases of the cluster, by what they are in. */
  readonly releases: readonly string[];
}

// A real engine, a program with two Helm releases, and a cluster that is there already.
describe("recovery by the runbooks", function () {
  this.timeout(180_000);
  let folder: string;

  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "recovery-"));
  });
  after(() => fs.rmSync(folder, { recursive: true }));

  /** Brings the stack up, hits it, and recovers; for an update, the hit comes when a value has changed. */
  async function hit(fault: Fault): Promise<Aftermath> {
    const stackFile = path.join(folder, "Pulumi.board.yaml");
    fs.writeFileSync(stackFile, `config:\n  notice-board:host: ${host}\n  notice-board:canary:\n    secure: v1:made-up\n`);
    const request = { command: "up" as const, stack: "board", stackFile, html: "" };
    return uninterrupted((interruption) =>
      onStage(request, { repository: path.join(fixtures, "noticeBoard"), view: silent, interruption }, async (stage) => {
        const { runner, scratch } = stage;
        fs.cpSync(path.join(fixtures, "chart"), path.join(scratch.folder, "chart"), { recursive: true });
        const outputs = { endpoint: `https://${host}`, version: "1.35", vpcConfig: { vpcId: "vpc-1", subnetIds: ["subnet-1"] } };
        new Store(scratch.cloud, "aws").put({ id: "c", type: CLUSTER, name: "c", urn: "", status: "ready", inputs: {}, outputs, createdAt: 0, seed: "c" });
        if (fault.op === "update") {
          await runner.run(up);
          const file = parseDocument(fs.readFileSync(scratch.stackFile, "utf8"));
          file.setIn(["config", "notice-board:replicas"], 3);
          fs.writeFileSync(scratch.stackFile, file.toString());
        }
        fs.writeFileSync(path.join(scratch.cloud, "faults.json"), JSON.stringify([fault]));
        const { code } = await runner.run(up);
        const recovery = await recover(stage, up, () => undefined);
        const { text } = await runner.run(["stack", "export"]);
        const known = [...stateFrom(text), { type: CLUSTER, id: "c" }];
        return {
          ...{ code, recovery, pending: pendingFrom(text).map(({ type }) => type), locks: locksIn(scratch.folder) },
          orphans: orphans(inventory(scratch.cloud), known).map(({ type, id }) => `${type} ${id}`),
          releases: inventory(scratch.cloud).filter(({ type }) => type === RELEASE).map(({ id, status }) => `${id} ${status}`).sort(),
        };
      }),
    );
  }

  function expectInOrder({ recovery, orphans: left, pending, locks, releases }: Aftermath): void {
    expect(recovery.failure, recovery.steps.join("\n")).to.equal(undefined);
    expect({ left, pending, locks, releases }).to.deep.equal({ left: [], pending: [], locks: [], releases: ["board/board ready", "edge/controller ready"] });
  }

  it("follows a killed engine: its lock, what it had begun, and what it believes to be making", async () => {
    const aftermath = await hit({ type: RELEASE, name: "release", op: "create", kind: "kill-engine" });
    expect(aftermath.code, "the engine was killed").to.equal(null);
    expectInOrder(aftermath);
    const { steps, runs } = aftermath.recovery;
    expect(runs).to.equal(1);
    for (const step of ["pulumi cancel", `deleted by hand: ${RELEASE} release (board/board)`, "pulumi refresh --clear-pending-creates: creating release", "pulumi up: came to its end"]) {
      expect(steps.join("\n")).to.contain(step);
    }
  });

  it("follows a dead provider: what it had begun, of which the engine knows nothing", async () => {
    const aftermath = await hit({ type: RELEASE, name: "release", op: "create", kind: "kill-provider" });
    expect(aftermath.code).to.not.equal(0);
    expectInOrder(aftermath);
    expect(aftermath.recovery.steps.join("\n")).to.contain(`deleted by hand: ${RELEASE} release (board/board)`);
  });

  it("follows a dead program by running it again", async () => {
    const aftermath = await hit({ type: RELEASE, name: "controller", op: "create", kind: "kill-program" });
    expect(aftermath.code).to.not.equal(0);
    expectInOrder(aftermath);
    expect(aftermath.recovery.steps).to.deep.equal(["pulumi up: came to its end"]);
  });

  it("rolls a release back that was left in the middle of an upgrade", async () => {
    const aftermath = await hit({ type: RELEASE, name: "release", op: "update", kind: "kill-engine" });
    expectInOrder(aftermath);
    expect(aftermath.recovery.steps.join("\n")).to.contain("helm rollback: board/board was left in the middle of an upgrade");
  });

  it("gives up when the same goes wrong for the third time, and says why", async () => {
    const { recovery } = await hit({ type: RELEASE, name: "release", op: "create", kind: "fail", times: 3, message: "no such image" });
    expect(recovery.runs).to.equal(2);
    expect(recovery.failure).to.contain("release: no such image");
  });
});
