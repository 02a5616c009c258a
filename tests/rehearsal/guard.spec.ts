import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import type { Finding } from "../../guard/findings";
import { startApi } from "../../rehearsal/clouds/aws/api";
import { holdingsOf } from "../../rehearsal/clouds/aws/holdings";
import * as tokens from "../../rehearsal/clouds/aws/tokens";
import type { CloudObject } from "../../rehearsal/provider/behaviour";
import type { Fault } from "../../rehearsal/provider/faults";
import { Store } from "../../rehearsal/provider/store";
import { onStage } from "../../rehearsal/rehearse";
import { generatedPasswords } from "../../rehearsal/soak/leaks";
import type { Stage } from "../../rehearsal/stage";
import { silent } from "./silentView";
import { uninterrupted } from "./support/uninterrupted";

const repository = path.join(__dirname, "../..");
const up = ["up", "--yes", "--skip-preview", "--parallel", "512"];

interface Verdict {
  readonly code: number | null;
  readonly printed: string;
  readonly said: string;
}

interface Report {
  readonly safe: boolean;
  readonly cloudAsked: boolean;
  readonly held: number;
  readonly findings: readonly Finding[];
}

// The command itself, with the real engine and AWS's own libraries, on a stage whose AWS is simulated. What AWS lists in truth, and
// for how long, is not proved.
for (const stack of ["production", "staging"]) {
  describe(`the guard of stack ${stack}`, function () {
    this.timeout(400_000);
    let life: Awaited<ReturnType<typeof live>>;

    before(async () => {
      life = await onStageOf(stack, [], live);
    });

    it("finds nothing after an update, on everything that was made", () => {
      expect(reportOf(life.afterUp)).to.deep.equal({ stack, safe: true, cloudAsked: true, held: life.held.length, findings: [] });
      expect(life.held.length, "things that carry the tags").to.be.greaterThan(60);
      expect(life.afterUp.code).to.equal(0);
    });

    it("counts every kind of thing that the program tags", () => {
      expect(life.tagged.filter((type) => !life.heldTypes.includes(type)), "made, tagged, and not looked for").to.deep.equal([]);
    });

    it("runs a command after that, where the person is, and passes on how it ended", () => {
      expect([life.command.code, life.command.printed.trim()]).to.deep.equal([7, life.folder]);
    });

    it("finds a second database, which the state does not know, and runs nothing", () => {
      const report = reportOf(life.second);

      expect(report.findings.map(({ kind, type, name, id }) => [kind, type, name, id])).to.deep.equal([
        ["unknown to the state", "AWS::RDS::DBInstance", "moodle-database", secondDatabase],
      ]);
      expect([report.safe, life.second.code]).to.deep.equal([false, 1]);
      expect([life.refused.code, life.refused.printed]).to.deep.equal([1, ""]);
      expect(life.refused.said).to.contain(secondDatabase);
    });

    it("does not find it without asking the cloud, and says so", () => {
      expect(reportOf(life.blind)).to.deep.equal({ stack, safe: true, cloudAsked: false, held: null, findings: [] });
    });

    it("is an error, and not safe, where the cloud does not answer", () => {
      expect([life.unanswered.code, life.unanswered.printed]).to.deep.equal([1, ""]);
      expect(life.unanswered.said).to.contain("error: AWS did not say what it holds in eu-central-1");
    });

    it("is an error, and not safe, where another account answers", () => {
      expect([life.elsewhere.code, life.elsewhere.printed]).to.deep.equal([1, ""]);
      expect(life.elsewhere.said).to.contain(`error: aws shows nothing in eu-central-1 of what the state of ${stack} knows: another account was asked.`);
    });

    it("finds nothing after a destroy, though the cloud still lists what it keeps", () => {
      expect(reportOf(life.destroyed)).to.include({ safe: true, held: 0 });
      expect(life.kept, "kept and tagged").to.include.members([tokens.KMS_KEY, tokens.SECRET]);
    });

    it("never prints a secret", () => {
      const all = [life.afterUp, life.second, life.refused, life.blind].map(({ printed, said }) => printed + said).join("\n");
      expect(life.passwords.filter((password) => all.includes(password))).to.deep.equal([]);
    });
  });
}

describe("the guard after something died in the middle of an update", function () {
  this.timeout(300_000);

  it("finds what a provider was creating, of which the state says nothing", async () => {
    const fault: Fault = { type: tokens.DB_INSTANCE, op: "create", kind: "kill-provider", minutes: 1 };

    const { verdict, state } = await onStageOf("staging", [fault], async (stage) => {
      await stage.runner.run(up);
      return { verdict: await guard(stage, ["--json"]), state: (await stage.runner.run(["stack", "export"])).text };
    });

    expect(state, "the engine knows, so this proves nothing").to.not.contain("pending_operations");
    const { safe, findings } = reportOf(verdict);
    expect(safe).to.equal(false);
    expect(findings.map(({ kind, type, name }) => `${kind} ${type} ${name}`)).to.include("unknown to the state AWS::RDS::DBInstance moodle-database");
  });

  it("finds the lock and the pending creates of an engine that was killed, and what the cloud made of them", async () => {
    const fault: Fault = { type: tokens.DB_INSTANCE, op: "create", kind: "hang" };

    const { code, printed, said } = await onStageOf("staging", [fault], async (stage) => {
      const running = stage.runner.run(up);
      await killOnce(stage, () => [...new Store(stage.scratch.cloud, "aws").read().values()].some(({ type }) => type === tokens.DB_INSTANCE));
      await running;
      return guard(stage, ["--json"]);
    });

    const { findings } = reportOf({ code, printed, said });
    expect(code).to.equal(1);
    expect(findings[0]).to.include({ kind: "locked", name: "staging", runbook: "docs/runbooks/stale-lock.md" });
    expect(findings.map(({ kind, type, name }) => `${kind} ${type} ${name}`)).to.include.members([
      `pending create ${tokens.DB_INSTANCE} moodle-database`,
      "unknown to the state AWS::RDS::DBInstance moodle-database",
    ]);
  });
});

/** Kills the engine's command, as `kill -9` does, as soon as the condition holds. */
async function killOnce({ runner }: Stage, condition: () => boolean): Promise<void> {
  for (const until = Date.now() + 200_000; !condition(); await setTimeout(50)) {
    if (Date.now() > until || runner.pid === undefined) throw new Error("the update did not come to what it was to be killed at");
  }
  if (runner.pid !== undefined) process.kill(runner.pid, "SIGKILL");
}

const secondDatabase = "arn:aws:rds:eu-central-1:123456789012:db:moodle-database-second";

async function live(stage: Stage) {
  const { runner, scratch, stackFile, request } = stage;
  const { stack } = request;
  const tags = { application: "moodle", stack };
  const store = new Store(scratch.cloud, "aws");
  const end = await runner.run(up);
  if (end.code !== 0) throw new Error(`the update failed:\n${end.diagnostics.map(({ message }) => message).join("\n")}`);
  const passwords = await generatedPasswords(stage.runner);
  const afterUp = await guard(stage, ["--json"]);
  const held = holdingsOf(scratch.cloud, tags);
  const objects = [...store.read().values()];
  const heldTypes = objects.filter((object) => held.some(({ names }) => names.some((name) => namesOf(object).includes(name)))).map(({ type }) => type);
  const tagged = objects.filter(({ urn, outputs }) => urn !== "" && outputs.tagsAll !== undefined).map(({ type }) => type);
  const command = await guard(stage, ["--", "sh", "-c", "pwd -P; exit 7"]);

  const database = objects.find(({ type }) => type === tokens.DB_INSTANCE) as CloudObject;
  const second = { ...database, id: "moodle-database-second", urn: "", outputs: { ...database.outputs, arn: secondDatabase } };
  store.put(second);
  const found = {
    second: await guard(stage, ["--json"]),
    refused: await guard(stage, ["--", "sh", "-c", "echo ran"]),
    blind: await guard(stage, ["--json", "--no-cloud"]),
    unanswered: await guard(stage, ["--json"], { environment: { AWS_ACCESS_KEY_ID: "" } }),
    elsewhere: await guard(stage, ["--json"], { cloudFolder: path.join(scratch.folder, "another-account") }),
  };
  store.update((all) => all.delete(`${second.type} ${second.id}`));

  stackFile.consentToEverything();
  await runner.run(up);
  await runner.run(["destroy", "--yes", "--skip-preview", "--parallel", "512"]);
  const kept = [...store.read().values()].filter(({ outputs, retained }) => retained !== undefined && outputs.tagsAll !== undefined).map(({ type }) => type);
  const destroyed = await guard(stage, ["--json"]);
  return { afterUp, held, heldTypes, tagged, command, ...found, destroyed, kept, passwords, folder: scratch.project };
}

function namesOf({ id, outputs }: CloudObject): unknown[] {
  return [id, outputs.arn, outputs.accessEntryArn, outputs.associationArn];
}

function reportOf({ printed, said }: Verdict): Report {
  if (printed === "") throw new Error(`the guard printed no report:\n${said}`);
  return JSON.parse(printed) as Report;
}

interface GuardOptions {
  /** Whose simulated AWS answers. Default: the stage's. */
  readonly cloudFolder?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs the command as a person would in the project's folder, with what AWS answers coming from a simulated cloud. */
async function guard({ scratch, request }: Stage, args: readonly string[], { cloudFolder = scratch.cloud, environment = {} }: GuardOptions = {}): Promise<Verdict> {
  const api = await startApi(cloudFolder);
  try {
    const script = '. "$1"; shift; exec "$@"';
    const command = [process.execPath, "-r", path.join(repository, "toolchain/loader.cjs"), path.join(repository, "guard/cli.ts"), "--stack", request.stack, ...args];
    const set = Object.entries({ AWS_ENDPOINT_URL: api.url, ...environment }).map(([name, value]) => `${name}=${value}`);
    const child = spawn("sh", ["-c", script, "sh", path.join(scratch.folder, "environment.sh"), "env", ...set, ...command], {
      cwd: scratch.project,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
    const [printed, said, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { code, printed, said };
  } finally {
    await api.stop();
  }
}

/** A stage whose folder stays until the play is over, with a file that lets commands run on it. */
async function onStageOf<Result>(stack: string, faults: readonly Fault[], play: (stage: Stage) => Promise<Result>): Promise<Result> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "guard-"));
  const faultsFile = path.join(folder, "faults.json");
  fs.writeFileSync(faultsFile, JSON.stringify(faults));
  const stackFile = path.join(repository, `Pulumi.${stack}.yaml`);
  const request = { command: "up" as const, stack, stackFile, html: "", keep: path.join(folder, "stage"), faults: faultsFile };
  try {
    return await uninterrupted((interruption) => onStage(request, { repository, view: silent, interruption }, play));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
