import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { Interrupted, Interruption } from "../../rehearsal/interruption";

describe("an interruption", () => {
  let told: string[];
  let interruption: Interruption;

  beforeEach(() => {
    told = [];
    interruption = new Interruption((count) => told.push(`announced ${count}`));
  });

  afterEach(() => interruption.close());

  const work = () =>
    interruption.during({
      first: () => told.push("in good order"),
      second: () => told.push("at once"),
      last: () => told.push("by force"),
    });

  it("is one when npm and the terminal both deliver it, and tells its signal by the exit code", () => {
    work();

    interruption.interrupt("SIGINT");
    interruption.interrupt("SIGINT");

    expect(told).to.deep.equal(["announced 1", "in good order"]);
    expect(interruption.signal.reason).to.be.instanceOf(Interrupted).and.include({ exitCode: 130 });
  });

  it("asks more firmly when a person insists", async () => {
    work();

    interruption.interrupt("SIGINT");
    await sleep(750);
    interruption.interrupt("SIGINT");

    expect(told).to.deep.equal(["announced 1", "in good order", "announced 2", "at once"]);
  });

  it("does not reach work that has ended, and reaches work that begins after it", () => {
    work()();
    interruption.interrupt("SIGTERM");
    expect(told).to.deep.equal(["announced 1"]);

    work();
    expect(told).to.deep.equal(["announced 1", "in good order"]);
  });
});
