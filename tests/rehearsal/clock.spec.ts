import { expect } from "chai";
import { type ChildProcess, fork, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

import { connectClock } from "../../rehearsal/clock/client";
import { type RunningClock, startClock } from "../../rehearsal/clock/server";

const LOADER = path.join(__dirname, "..", "..", "toolchain", "loader.cjs");
const live = new AbortController().signal;

interface Answer {
  readonly job: string;
  readonly start: number;
  readonly end: number;
}

describe("the rehearsal's clock", () => {
  let folder: string;
  let clock: RunningClock | undefined;
  const children: ChildProcess[] = [];

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "clock-"));
  });

  afterEach(async () => {
    await clock?.stop();
    clock = undefined;
    for (const child of children.splice(0)) child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });

  async function engineRun(thinkMs: number): Promise<readonly Answer[]> {
    const watched: { pid: number | undefined } = { pid: undefined };
    clock = await startClock(folder, { watch: () => watched.pid });
    const file = path.join(__dirname, "fixtures", "clock", "engine.ts");
    const engine = fork(file, [folder, String(thinkMs)], { execArgv: ["-r", LOADER] });
    children.push(engine);
    watched.pid = engine.pid;
    return new Promise((resolve, reject) => {
      engine.once("message", (answers: readonly Answer[]) => resolve(answers));
      engine.once("exit", () => reject(new Error("the engine ended without an answer")));
    });
  }

  function expectExactSums(answers: readonly Answer[]): void {
    const ms = answers.map(({ job, start, end }) => [job, Math.round(start * 60_000), Math.round(end * 60_000)]);
    expect(ms, "dependents start exactly when what they need is ready").to.deep.equal([
      ["A", 0, 615_000],
      ["B", 615_000, 621_000],
      ["C", 621_000, 1_041_000],
      ["D", 0, 750_000],
    ]);
    expect(clock?.now(), "the whole takes as long as its longest chain").to.be.closeTo(17.35, 1e-9);
  }

  it("adds up a chain exactly while another call runs beside it", async () => {
    expectExactSums(await engineRun(5));
  });

  it("waits for an engine that thinks for a quarter of a second between two calls", async () => {
    expectExactSums(await engineRun(250));
  });

  it("keeps the sums exact while other programs compete for every processor", async () => {
    for (let index = 0; index < 6; index++) children.push(spawn(process.execPath, ["-e", "for (;;) Math.sqrt(2)"]));
    for (let run = 0; run < 3; run++) {
      expectExactSums(await engineRun(20));
      await clock?.stop();
    }
  }).timeout(60_000);

  it("moves on when a provider dies in the middle of a call", async () => {
    clock = await startClock(folder, { watch: () => undefined });
    const [dying, other] = [await connectClock(folder), await connectClock(folder)];
    const busy = await dying.begin();
    const waiting = await other.begin();
    const woke = waiting.sleep(3, live);
    expect(busy.now).to.equal(0);
    dying.close();
    await woke;
    expect(waiting.now, "a dead provider's call holds nobody back").to.equal(3);
    other.close();
  });

  it("ends a sleep that is aborted without moving time", async () => {
    clock = await startClock(folder, { watch: () => undefined });
    const client = await connectClock(folder);
    const [sleeping, busy] = [await client.begin(), await client.begin()];
    const abort = new AbortController();
    const sleep = sleeping.sleep(Infinity, abort.signal);
    setTimeout(() => abort.abort(new Error("cancelled")), 20);
    const outcome = await sleep.then(() => "slept", (error: Error) => error.message);
    expect(outcome).to.equal("cancelled");
    expect(sleeping.now).to.equal(0);
    busy.end();
    client.close();
  });

  it("lets a provider without a clock sleep in no time, and still count the minutes", async () => {
    const client = await connectClock(folder);
    const call = await client.begin();
    await call.sleep(600, live);
    expect(call.now).to.equal(600);
  });

  it("says which folder is too long for a socket", async () => {
    const long = path.join(folder, "x".repeat(120));
    const message = await startClock(long, { watch: () => undefined }).then(() => "started", (error: Error) => error.message);
    expect(message).to.match(/clock\.sock is too long for a socket .* Use a folder with a shorter path/);
  });
});
