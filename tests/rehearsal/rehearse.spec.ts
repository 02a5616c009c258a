import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import type { View } from "../../rehearsal/progress/view";
import { rehearse } from "../../rehearsal/rehearse";
import type { RehearsalReport } from "../../rehearsal/report/report";
import type { RehearsalRequest } from "../../rehearsal/arguments";
import { temporaryFolder } from "../toolchain/temporaryFolder";
import { uninterrupted } from "./support/uninterrupted";

const project = path.join(__dirname, "fixtures", "tiny");
const cache = process.env.XDG_CACHE_HOME;

describe("a rehearsal of a tiny program with the real engine", function () {
  this.timeout(120_000);
  const at = temporaryFolder();
  let lines: string[];

  beforeEach(() => {
    // The engine is the one kept in the user's own cache.
    if (cache === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = cache;
    fs.mkdirSync(at("tmp"));
    lines = [];
  });

  const view: View = {
    say: (line) => void lines.push(line),
    during: (_what, work) => work(() => undefined),
    begin: (title) => void lines.push(title),
    event: () => undefined,
    end: (line) => void lines.push(line),
  };

  function perform(overrides: Partial<RehearsalRequest> = {}): Promise<RehearsalReport> {
    const request: RehearsalRequest = { command: "up", stackFile: path.join(project, "Pulumi.tiny.yaml"), stack: "tiny", html: "", ...overrides };
    return uninterrupted((interruption) => rehearse(request, { repository: project, view, interruption }));
  }

  it("creates everything, changes nothing the second time, and shows no secret", async () => {
    const report = await perform({ keep: at("kept") });

    expect(report.failure, report.failure).to.equal(undefined);
    expect(report.resources).to.deep.equal({ created: 4, updated: 0, replaced: 0, deleted: 0, unchanged: 4 });
    expect(report.orphans).to.deep.equal([]);
    expect(report.outputs.password).to.equal("[secret]");
    expect(report.tree.map(({ name, children }) => [name, children.map((child) => child.name).sort()])).to.deep.equal([
      ["tiny", ["tiny-password", "tiny-pet"]],
    ]);
    expect(lines.filter((line) => line.includes("simulated"))).to.deep.equal([
      "Previewing: tiny on simulated AWS",
      "Updating: tiny on simulated AWS",
      "Updating again: tiny on simulated AWS",
    ]);
    expect(lines.filter((line) => line.includes("warning"))).to.deep.equal([]);
  });

  it("leaves what it kept usable, and the checkout as it was", async () => {
    const stackFile = fs.readFileSync(path.join(project, "Pulumi.tiny.yaml"), "utf8");
    await perform({ keep: at("kept") });

    const command = `. ${at("kept", "environment.sh")} && cd ${at("kept", "project")} && pulumi stack output password --show-secrets --stack tiny`;
    const { status, stdout } = spawnSync("sh", ["-c", command], { encoding: "utf8" });

    expect([status, stdout.trim().length], "the generated password").to.deep.equal([0, 32]);
    const found = spawnSync("grep", ["-rlF", stdout.trim(), at("kept")], { encoding: "utf8" });
    expect(found.stdout, "files with the generated password in clear").to.equal("");
    expect(fs.readFileSync(path.join(project, "Pulumi.tiny.yaml"), "utf8")).to.equal(stackFile);
  });

  it("destroys what it made", async () => {
    const report = await perform({ command: "destroy" });

    expect(report.failure, report.failure).to.equal(undefined);
    expect(report.resources).to.include({ created: 4, deleted: 4 });
    expect(report.orphans).to.deep.equal([]);
  });

  it("reports a failed update with the engine's reason, and still says what is there", async () => {
    const fault = { type: "random:index/randomPassword:RandomPassword", op: "create", kind: "fail", message: "no more randomness" };
    fs.writeFileSync(at("faults.json"), JSON.stringify([fault]));

    const report = await perform({ faults: at("faults.json") });

    expect(report.failure).to.match(/^Updating failed \(exit code \d+\):\n\S+: no more randomness/);
    expect(report.orphans).to.deep.equal([]);
    expect(report.tree).to.have.length(1);
  });

  it("fails when the second update would change something", async () => {
    const unstable = at("unstable");
    fs.mkdirSync(path.join(unstable, "program"), { recursive: true });
    fs.copyFileSync(path.join(project, "Pulumi.yaml"), path.join(unstable, "Pulumi.yaml"));
    fs.symlinkSync(path.join(__dirname, "..", "..", "node_modules"), path.join(unstable, "node_modules"));
    fs.writeFileSync(path.join(unstable, "package.json"), '{"name":"unstable"}');
    fs.writeFileSync(
      path.join(unstable, "program", "index.js"),
      'new (require("@pulumi/random").RandomPet)("pet", { keepers: { now: String(Date.now()) } });',
    );
    const request = { command: "up", stackFile: path.join(project, "Pulumi.tiny.yaml"), stack: "tiny", html: "" } as const;

    const report = await uninterrupted((interruption) => rehearse(request, { repository: unstable, view, interruption }));

    expect(report.failure).to.match(/^The second update must change nothing, but it did:\n.*replace.*::pet \(keepers\)/);
  });

  it("gives made-up values to secrets that only their owner can decrypt", async () => {
    fs.writeFileSync(at("Pulumi.secret.yaml"), "encryptionsalt: v1:none\nconfig:\n  tiny:words: 3\n  tiny:token:\n    secure: v1:unreadable\n");

    const report = await perform({ stackFile: at("Pulumi.secret.yaml"), stack: "secret" });

    expect(report.failure, report.failure).to.equal(undefined);
  });

  describe("when interrupted", () => {
    async function started(): Promise<ChildProcess> {
      const fault = { type: "random:index/randomPet:RandomPet", op: "create", kind: "hang", minutes: null };
      fs.writeFileSync(at("faults.json"), JSON.stringify([fault]));
      const loader = path.join(__dirname, "..", "..", "toolchain", "loader.cjs");
      const child = spawn(
        process.execPath,
        ["-r", loader, path.join(project, "rehearse.ts"), at("result.json"), at("faults.json")],
        { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, TMPDIR: at("tmp") } },
      );
      let printed = "";
      child.stderr?.on("data", (data: Buffer) => (printed += data.toString()));
      while (!printed.includes("Updating:") || !isWorking()) {
        if (child.exitCode !== null) throw new Error(`it ended by itself:\n${printed}`);
        await sleep(100);
      }
      return child;
    }

    const isWorking = () => remains().processes.some((line) => line.includes("provider/main.ts"));

    const remains = () => ({
      files: fs.readdirSync(at("tmp")),
      // With the environment of each: providers are not told by their arguments whom they serve.
      processes: spawnSync("ps", ["axeww"], { encoding: "utf8", maxBuffer: 1e8 }).stdout.split("\n").filter((line) => line.includes(at("tmp"))),
    });

    for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 129]] as const) {
      it(`by ${signal} it leaves no process and no file`, async () => {
        const child = await started();
        const during = remains();
        expect(during.files, "the scratch folder while it runs").to.have.length(1);
        expect(during.processes.join("\n"), "what runs").to.include("/bin/pulumi");

        const exited = once(child, "exit");
        child.kill(signal);

        expect(await exited).to.deep.equal([code, null]);
        expect(remains()).to.deep.equal({ files: [], processes: [] });
      });
    }
  });
});
