import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import type { Fault } from "../../rehearsal/provider/faults";
import { rehearse } from "../../rehearsal/rehearse";
import { silent } from "./silentView";
import { uninterrupted } from "./support/uninterrupted";

const repository = path.join(__dirname, "../..");
const database = "aws:rds/instance:Instance";
const cache = "aws:elasticache/replicationGroup:ReplicationGroup";

interface Outcome {
  readonly failure: string | undefined;
  /** How each attempt at the resource ended, in order. */
  attempts(type: string): readonly string[];
}

/** One up of the committed staging stack, with faults. */
async function upWith(faults: readonly Fault[]): Promise<Outcome> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "retries-"));
  const file = path.join(folder, "faults.json");
  fs.writeFileSync(file, JSON.stringify(faults));
  const request = { command: "up" as const, stack: "staging", stackFile: path.join(repository, "Pulumi.staging.yaml"), html: "", faults: file };
  try {
    const { failure, timeline } = await uninterrupted((interruption) => rehearse(request, { repository, view: silent, interruption }));
    const inOrder = [...timeline].sort((one, other) => one.start - other.start);
    return { failure, attempts: (type) => inOrder.filter((entry) => entry.type === type).map(({ outcome }) => outcome) };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

// The unmodified program under the real engine: the refusals are those of the simulated cloud.
describe("refusals that pass", function () {
  this.timeout(180_000);

  it("are tried again within the same update, from throttling to a cluster that does not know its deployer yet", async () => {
    const { failure, attempts } = await upWith([{ type: database, op: "create", kind: "throttle", times: 3 }]);

    expect(failure).to.equal(undefined);
    expect(attempts(database)).to.deep.equal(["retried", "retried", "retried", "ok"]);
    expect(attempts("kubernetes:core/v1:Namespace"), "the cluster refuses its first callers").to.include("retried");
  });

  it("are not tried again once the thing exists, which would make a second one, nor where they do not pass", async () => {
    const { failure, attempts } = await upWith([
      { type: database, op: "create", kind: "partial", message: "Throttling: Rate exceeded" },
      { type: cache, op: "create", kind: "fail", minutes: 5, message: "InsufficientCacheClusterCapacity: none left" },
    ]);

    expect(failure).to.contain("Throttling: Rate exceeded").and.to.contain("InsufficientCacheClusterCapacity");
    expect(attempts(database)).to.deep.equal(["partial"]);
    expect(attempts(cache)).to.deep.equal(["failed"]);
  });
});
