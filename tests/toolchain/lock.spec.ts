import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { withLock } from "../../toolchain/setup/lock.cjs";
import { temporaryFolder } from "./temporaryFolder";

describe("a lock", () => {
  const at = temporaryFolder();

  it("lets one in at a time, and tells the others once that they wait", async () => {
    const events: string[] = [];
    const enter = (name: string) =>
      withLock(at("lock"), () => events.push(`${name} waits`), async () => {
        events.push(`${name} in`);
        await sleep(300);
        events.push(`${name} out`);
      });

    await Promise.all([enter("first"), sleep(50).then(() => enter("second"))]);

    expect(events).to.deep.equal(["first in", "second waits", "first out", "second in", "second out"]);
  });

  it("is free again when the work fails", async () => {
    const failure = await withLock(at("lock"), () => undefined, () => Promise.reject(new Error("broken"))).catch(
      (error: Error) => error.message,
    );

    expect(failure).to.equal("broken");
    expect(fs.existsSync(at("lock")), "the lock folder is still there").to.equal(false);
  });

  it("is taken from a process that died with it, by one of many", async () => {
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    fs.mkdirSync(at("lock"));
    fs.writeFileSync(at("lock", "owner.json"), JSON.stringify({ token: "t", pid: dead, host: os.hostname() }));
    let inside = 0;
    let most = 0;
    const enter = () =>
      withLock(at("lock"), () => undefined, async () => {
        most = Math.max(most, ++inside);
        await sleep(20);
        inside--;
      });

    await Promise.all(Array.from({ length: 5 }, enter));

    expect(most, "processes inside at the same time").to.equal(1);
    expect(fs.readdirSync(at()), "what the lock left behind").to.deep.equal([]);
  });
});
