import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect } from "chai";
import { after, afterEach, before } from "mocha";
import { makers } from "../../cluster/commands";
import { clusterFolder, Run } from "../../cluster/node/run";
import { buildImages } from "../../rehearsal/real/images";
import { keysFor } from "../../rehearsal/real/keys";
import { name as cluster } from "../../rehearsal/real/ownCluster";
import { StackFile } from "../../rehearsal/stackFile";
import { silent } from "../../toolchain/setup/progress.cjs";
import { leftOf, processesOf } from "./support/remains";
import { TestNode } from "./support/testNode";

const repository = path.resolve(__dirname, "../..");
const example = path.join(repository, "tests/stacks/existing-shared.yaml");

// The command itself, as a person types it. What its scenes find out of a stack is told in stack.spec.ts.
describe("npm run rehearse -- --real", function () {
  this.timeout(900_000);
  let folder: string;
  before(() => void (folder = fs.mkdtempSync(path.join(os.tmpdir(), "rehearse-"))));
  after(() => fs.rmSync(folder, { recursive: true }));
  const started = new Set<ChildProcess>();
  // One that a failed test left would keep the cluster from the others.
  afterEach(async () => {
    for (const child of started) {
      child.kill("SIGTERM");
      await once(child, "close");
    }
  });
  const at = (name: string) => path.join(folder, name);

  /** Starts the command, and collects what it prints. */
  function rehearse(...args: string[]): { child: ChildProcess; printed: () => string; until: (text: string) => Promise<void>; ended: Promise<number | null> } {
    const loader = path.join(repository, "toolchain", "loader.cjs");
    const child = spawn(process.execPath, ["-r", loader, path.join(repository, "rehearsal/cli.ts"), "--real", ...args], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    started.add(child);
    child.once("close", () => started.delete(child));
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => void (printed += text));
    const ended = once(child, "close").then(() => child.exitCode);
    const until = async (text: string): Promise<void> => {
      while (!printed.includes(text)) {
        if (child.exitCode !== null) throw new Error(`it ended before it said "${text}":\n${printed}`);
        await wait(50);
      }
    };
    return { child, printed: () => printed, until, ended };
  }

  describe("on a cluster that it makes", () => {
    const starting = `Starting the node ${cluster}`;

    /** All that is left of the cluster, with the processes that it had. */
    const left = (groups: readonly string[], running: readonly string[]) => leftOf(groups, running, clusterFolder(cluster));

    it("ends it when it is killed, and the next one takes away what is left; told to stop, that leaves nothing", async () => {
      const killed = rehearse("--cloud", "existing");
      await killed.until(starting);
      await wait(4000);
      const groups = Run.all(cluster).flatMap((run) => run.groups);
      const running = processesOf(groups);
      expect(running.length, "processes of the node that is starting").to.be.greaterThan(3);
      killed.child.kill("SIGKILL");
      await killed.ended;

      const next = rehearse("--cloud", "existing");
      await next.until("Taking away the cluster of a rehearsal that was killed");
      await next.until(starting);
      expect(left(groups, running)).to.deep.equal([clusterFolder(cluster)]);
      await wait(4000);
      const others = Run.all(cluster).flatMap((run) => run.groups);
      const itsOwn = processesOf(others);
      next.child.kill("SIGTERM");

      expect(await next.ended, next.printed()).to.equal(143);
      expect(left([...groups, ...others], [...running, ...itsOwn])).to.deep.equal([]);
    });

    it("is refused while another rehearsal has it", async () => {
      const first = rehearse("--cloud", "existing");
      await first.until(starting);
      const second = rehearse("--cloud", "existing");

      expect(await second.ended).to.equal(1);
      expect(second.printed()).to.equal(`error: Another rehearsal (process ${first.child.pid}) has the cluster ${cluster}: let it end first\n`);
      first.child.kill("SIGINT");
      expect(await first.ended, first.printed()).to.equal(130);
    });
  });

  describe("on a cluster that was there", () => {
    let node: TestNode;
    before(async () => void (node = await TestNode.start()));
    after(() => node.end());

    const stackWith = (keys: Parameters<StackFile["add"]>[0]): string => {
      fs.copyFileSync(example, at("mine.yaml"));
      new StackFile(at("mine.yaml")).add(keys);
      return at("mine.yaml");
    };

    const refused = async (...args: string[]): Promise<string> => {
      const run = rehearse("--kubeconfig", node.kubeconfig, ...args);
      expect(await run.ended, run.printed()).to.equal(1);
      return run.printed();
    };

    it("is refused, before anything is made there, without an image that it can pull and where it would meet what is there", async () => {
      const before = await node.kubectl("get", "namespaces", "--output", "name");

      expect(await refused("--cloud", "existing")).to.match(/^error: moodle:application\.image is missing: a cluster of yours pulls the image/);
      await node.kubectl("create", "namespace", "servers");
      const image = { "moodle:application": { image: `registry.example.edu/moodle@sha256:${"0".repeat(64)}` } };
      expect(await refused("--stack", stackWith(image))).to.equal(
        `error: --kubeconfig ${node.kubeconfig}: the cluster has the namespace servers already, which the rehearsal would make and take away; name another cluster\n`,
      );
      await node.kubectl("delete", "namespace", "servers", "--wait");
      expect(await node.kubectl("get", "namespaces", "--output", "name")).to.equal(before);
    });

    it("has a stack made, asked and destroyed, and stays as it was", async () => {
      const images = await (await buildImages(silent)).bringTo(makers.packages.inside(node.name), silent);
      const before = await node.kubectl("get", "namespaces", "--output", "name");
      const run = rehearse("destroy", "--kubeconfig", node.kubeconfig, "--stack", stackWith(keysFor(images, { storageClass: "node" }) ?? {}), "--json", at("result.json"));

      expect(await run.ended, run.printed()).to.equal(0);
      const result = JSON.parse(fs.readFileSync(at("result.json"), "utf8")) as Record<string, unknown>;
      expect(result).to.deep.include({ real: `the real cluster of ${node.kubeconfig}`, orphans: [] });
      expect(result.answer).to.include({ status: 200, path: "/index.php" });
      expect(run.printed()).to.include("HTTP 200 from the pods");
      expect(await node.kubectl("get", "namespaces", "--output", "name")).to.equal(before);
    });
  });
});
