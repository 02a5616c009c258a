import { expect } from "chai";
import { writeFileSync } from "node:fs";
import * as path from "node:path";

import { type RunningClock, startClock } from "../../rehearsal/clock/server";
import { faultsWithoutHit } from "../../rehearsal/provider/faults";
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
  let deaths: string[] = [];

  beforeEach(async () => {
    deaths = [];
    provider = await ProviderClient.start(toyCloud, folder(), (what) => void deaths.push(what));
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
    provider = await ProviderClient.start(toyCloud, folder(), (what) => void deaths.push(what));
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

  for (const process of ["provider", "engine"]) {
    it(`kill the ${process} in the middle, and leave the cloud with what it had begun`, async () => {
      faults({ type: DATABASE, op: "create", kind: `kill-${process}` });
      void provider.create(database, inputs);
      while (deaths.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(deaths).to.deep.equal([process]);
      expect(inventory(folder()).map(({ id, status }) => [id, status])).to.deep.equal([["db-1", "creating"]]);
      const next = await provider.create({ ...database, name: "again" }, { ...inputs, identifier: "db-2" });
      expect(next.error, "the next one is spared").to.equal(undefined);
    });
  }

  it("kill the program, and go on with what was begun for as long as it takes", async () => {
    faults({ type: DATABASE, op: "create", kind: "kill-program" });
    expect((await provider.create(database, inputs)).error).to.equal(undefined);
    expect(deaths).to.deep.equal(["program"]);
    const [whole] = readJournal(folder());
    expect((whole?.end ?? 0) - (whole?.start ?? 0)).to.be.closeTo(10, 1e-6);
  });

  it("hang for as long as the provider waits: the custom timeout, the fault's minutes, else an hour", async () => {
    faults(
      { type: DATABASE, op: "create", kind: "hang" },
      { type: DATABASE, op: "create", nth: 2, kind: "hang", minutes: 5 },
      { type: DATABASE, op: "create", nth: 3, kind: "hang", minutes: null },
    );
    for (const [identifier, timeout] of [["db-1", 0], ["db-2", 0], ["db-3", 420]] as const) {
      const { reasons } = await provider.create(database, { ...inputs, identifier }, { timeout });
      expect(reasons?.join(), "what exists is kept in the state").to.contain("timeout while waiting");
    }
    expect(readJournal(folder()).map(({ start, end }) => Math.round(end - start))).to.deep.equal([60, 5, 7]);
  });

  it("hang until they are cancelled", async () => {
    await withClock();
    faults({ type: DATABASE, op: "create", kind: "hang", minutes: null });
    const hanging = provider.create(database, inputs);
    const other = await provider.create(vpc, { cidrBlock: "10.0.0.0/16" });
    expect(other.error).to.equal(undefined);
    await provider.cancel();
    expect((await hanging).reasons, "what exists is kept in the state").to.deep.equal(["the operation was cancelled"]);
  });

  it("are told apart by whether they hit a call: one a call, the first that is due", async () => {
    const [first, second] = [{ type: DATABASE, op: "create", kind: "fail" }, { type: "aws:rds/*", op: "create", kind: "throttle" }];
    faults(first, second, { type: DATABASE, op: "delete", kind: "fail" });
    await provider.create(database, inputs);
    expect(faultsWithoutHit(folder()).map(({ kind, op }) => [kind, op])).to.deep.equal([["throttle", "create"], ["fail", "delete"]]);
  });

  it("refuse a file that is not usable, line by line", async () => {
    faults({ op: "create", kind: "explode", times: 0, who: "me" }, { type: VPC, op: "make", kind: "slow" }, { type: VPC, op: "create", kind: "fail", minutes: null }, { type: VPC, op: "make", kind: "slow" });
    const { error } = await provider.create(database, inputs);
    for (const line of [
      'fault 1: unknown key "who"; allowed are type, name, op, nth, times, kind, message, minutes',
      'fault 1: "type" is missing; for instance "aws:rds/instance:Instance" or "aws:rds/*"',
      'fault 1: "kind" must be one of fail, partial, throttle, hang, slow, kill-provider, kill-engine, kill-program, is "explode"',
      'fault 1: "times" must be a whole number from 1, is 0',
      'fault 2: "op" must be one of create, update, delete, read, invoke, is "make"',
      'fault 2: "slow" needs "minutes": how much longer it takes',
      'fault 3: "minutes" must be a number from 0, is null',
      'fault 4: the same as fault 2; "times" makes it hit more calls',
    ]) {
      expect(error).to.contain(line);
    }
  });
});
