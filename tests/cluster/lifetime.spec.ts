import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect } from "chai";
import { after, before } from "mocha";
import { perform } from "../../cluster/commands";
import { clusterFolder, Run } from "../../cluster/node/run";
import { runCommand } from "../../toolchain/command";
import { silent } from "../../toolchain/setup/progress.cjs";
import { leftOf, machine, processesOf } from "./support/remains";
import { endAbandoned, testName } from "./support/testNode";

const repository = path.resolve(__dirname, "../..");
const [first, second] = [testName("first"), testName("second")];

const up = (name: string) => perform({ command: "up", name, way: "packages", json: false }, silent);
const down = (name: string) => perform({ command: "down", name, way: undefined, json: false }, silent);
const status = (name: string) => perform({ command: "status", name, way: undefined, json: false }, silent);

async function nodesBy(kubeconfig: string | undefined, kubectl: string | undefined): Promise<string> {
  return (await runCommand(kubectl ?? "", ["--kubeconfig", kubeconfig ?? "", "get", "nodes", "--output", "name"])).stdout.trim();
}

/** Starts `npm run cluster -- up` and kills it after so many seconds, with nothing else of its group. */
async function killedUp(name: string, seconds: number): Promise<void> {
  const loader = path.join(repository, "toolchain", "loader.cjs");
  const child = spawn(process.execPath, ["-r", loader, "cluster/cli.ts", "up", "--name", name, "--with", "packages"], { cwd: repository, stdio: "ignore" });
  const ended = new Promise((resolve) => child.on("close", resolve));
  await Promise.race([ended, wait(seconds * 1000)]);
  child.kill("SIGKILL");
  await ended;
}

describe("npm run cluster", () => {
  before(endAbandoned);
  after(async () => {
    for (const name of [first, second]) await down(name);
  });

  it("starts a node once, and a second one beside it", async () => {
    const { facts } = await up(first);
    const [run] = Run.all(first);
    const again = await up(first);

    expect(Run.all(first).map(({ folder }) => folder)).to.deep.equal([run?.folder]);
    expect(again.facts.kubeconfig).to.equal(facts.kubeconfig);
    const other = (await up(second)).facts;
    expect(await nodesBy(facts.kubeconfig, facts.kubectl)).to.equal(`node/${first}`);
    expect(await nodesBy(other.kubeconfig, other.kubectl)).to.equal(`node/${second}`);
  });

  it("ends one and leaves the other", async () => {
    await down(second);

    expect((await status(second)).done).to.equal(false);
    expect((await status(first)).done).to.equal(true);
  });

  it("takes away all there was of it, and never touched the rest of the machine", async () => {
    await down(first);
    const before = machine();
    await up(first);
    const run = Run.all(first)[0];
    const running = processesOf(run?.groups ?? []);
    expect(running.length, "processes of a node that is up").to.be.above(10);
    expect(machine(), "network, mounts and kernel settings of the machine while a node is up").to.deep.equal(before);

    await down(first);

    expect(leftOf(run?.groups ?? [], running, clusterFolder(first))).to.deep.equal([]);
    expect(machine()).to.deep.equal(before);
    expect((await down(first)).facts.state).to.equal("there was none");
  });

  for (const seconds of [0.9, 2.5, 5]) {
    it(`recovers from an up that was killed after ${seconds} seconds`, async () => {
      await killedUp(first, seconds);
      const killed = Run.all(first);

      const { facts } = await up(first);

      expect(await nodesBy(facts.kubeconfig, facts.kubectl)).to.equal(`node/${first}`);
      const runs = Run.all(first).map(({ folder }) => folder);
      expect(runs).to.have.length(1);
      const replaced = killed.filter(({ folder }) => !runs.includes(folder));
      for (const { folder, groups } of replaced) expect(leftOf(groups, [], folder)).to.deep.equal([]);
      await down(first);
    });
  }

  it("replaces a node that broke", async () => {
    await up(first);
    const [broken] = Run.all(first);
    if (broken?.init === undefined) throw new Error("the node has no first process");
    process.kill(broken.init, "SIGKILL");

    expect((await status(first)).done, "the status of a node whose first process was killed").to.equal(false);
    await up(first);

    expect((await status(first)).done).to.equal(true);
    expect(fs.existsSync(broken.folder)).to.equal(false);
  });
});
