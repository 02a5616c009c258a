import { expect } from "chai";
import { writeFileSync } from "node:fs";
import * as path from "node:path";

import { type RunningClock, startClock } from "../../rehearsal/clock/server";
import { inventory } from "../../rehearsal/provider/inventory";
import { readJournal } from "../../rehearsal/provider/journal";
import { cloudFolders, ProviderClient } from "./support/providerClient";
import { DATABASE, toyCloud, VPC } from "./support/toyCloud";

const database = { type: DATABASE, name: "db" };
const vpc = { type: VPC, name: "network" };
const inputs = { instanceClass: "db.t4g.small", engine: "postgres", identifier: "db-1", __defaults: [] };

describe("faults of a simulated cloud", () => {
  const folder = cloudFolders();
  let provider: ProviderClient;
  let clock: RunningClock | undefined;
  let deaths = 0;

  beforeEach(async () => {
    deaths = 0;
    provider = await ProviderClient.start(toyCloud, folder(), () => deaths++);
  });

  afterEach(async () => {
    provider.stop();
    await clock?.stop();
    clock = undefined;
  });

  /** Starts again, now with a clock. */
  async function withClock(): Promise<void> {
    provider.stop();
    clock = await startClock(folder(), { watch: () => undefined });
    provider = await ProviderClient.start(toyCloud, folder(), () => deaths++);
  }

  function faults(...list: readonly object[]): void {
    writeFileSync(path.join(folder(), "faults.json"), JSON.stringify(list));
  }

  it("fail, throttle and spare by operation and count", async () => {
    faults({ type: "aws:rds/*", op: "create", kind: "throttle" }, { type: DATABASE, op: "create", nth: 2, kind: "fail", message: "InsufficientDBInstanceCapacity" });
    const errors = [];
    for (let attempt = 0; attempt < 3; attempt++) errors.push((await provider.create(database, inputs)).error);
    expect(errors).to.deep.equal(["Throttling: Rate exceeded", "InsufficientDBInstanceCapacity", undefined]);
  });

  it("leave an object that is not ready, or come late", async () => {
    faults({ type: DATABASE, op: "create", kind: "partial", message: "stuck" }, { type: VPC, op: "create", kind: "slow", minutes: 30 });
    expect((await provider.create(database, inputs)).reasons).to.deep.equal(["stuck"]);
    await provider.create(vpc, { cidrBlock: "10.0.0.0/16" });
    const [, slow] = readJournal(folder());
    expect((slow?.end ?? 0) - (slow?.start ?? 0)).to.be.closeTo(31, 1e-6);
  });

  it("kill the provider in the middle, and leave the cloud with what it had begun", async () => {
    faults({ type: DATABASE, op: "create", kind: "die" });
    void provider.create(database, inputs);
    while (deaths === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(inventory(folder()).map(({ id, status }) => [id, status])).to.deep.equal([["db-1", "creating"]]);
    const next = await provider.create({ ...database, name: "again" }, { ...inputs, identifier: "db-2" });
    expect(next.error, "the next one is spared").to.equal(undefined);
  });

  it("hang until they are cancelled", async () => {
    await withClock();
    faults({ type: DATABASE, op: "create", kind: "hang" });
    const hanging = provider.create(database, inputs);
    const other = await provider.create(vpc, { cidrBlock: "10.0.0.0/16" });
    expect(other.error).to.equal(undefined);
    await provider.cancel();
    expect((await hanging).reasons, "what exists is kept in the state").to.deep.equal(["the operation was cancelled"]);
  });

  it("refuse a file that is not usable, line by line", async () => {
    faults({ op: "create", kind: "explode", times: 0, who: "me" }, { type: VPC, op: "make", kind: "slow" });
    const { error } = await provider.create(database, inputs);
    for (const line of [
      'fault 1: unknown key "who"; allowed are type, name, op, nth, times, kind, message, minutes',
      'fault 1: "type" is missing; for instance "aws:rds/instance:Instance" or "aws:rds/*"',
      'fault 1: "kind" must be one of fail, partial, throttle, hang, slow, die, is "explode"',
      'fault 1: "times" must be a whole number from 1, is 0',
      'fault 2: "op" must be one of create, update, delete, read, invoke, is "make"',
      'fault 2: "slow" needs "minutes": how much longer it takes',
    ]) {
      expect(error).to.contain(line);
    }
  });
});
