import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Readable } from "node:stream";
import { expect } from "chai";
import { readEvents } from "../../rehearsal/engine/events";
import { Interruption } from "../../rehearsal/interruption";
import { type Fault, faultsWithoutHit } from "../../rehearsal/provider/faults";
import { onStage } from "../../rehearsal/rehearse";
import { reportAsHtml } from "../../rehearsal/report/html/page";
import { reportAsJson } from "../../rehearsal/report/json";
import { summary } from "../../rehearsal/report/summary";
import { playUp } from "../../rehearsal/scenes/up";
import type { Stage } from "../../rehearsal/stage";
import { expectKept } from "../support/graph/promise";
import { type KnownSecret, readableIn, readableInFiles, secretPaths, secretsIn } from "./support/knownSecrets";
import { Overhearing } from "./support/overhearing";
import { silent } from "./silentView";

const repository = path.join(__dirname, "../..");
const streaming = { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" };
const up = ["up", "--yes", "--skip-preview", "--parallel", "512"];

/** What a stage's life has left to be searched. */
interface Life {
  readonly secrets: readonly KnownSecret[];
  /** Sentences about secrets that can be read: in files after each act, in what was told, in arguments. */
  readonly inFiles: readonly string[];
  readonly told: readonly string[];
  readonly inArguments: readonly string[];
  /** What the engine's processes were started with. */
  readonly processes: readonly string[];
  /** Reasons the engine gave for what failed on purpose. */
  readonly errors: readonly string[];
  /** Properties that readers of the cluster see, and hold a secret all the same. */
  readonly inReadableObjects: readonly string[];
}

// The real engine and simulated clouds: what a real provider makes of a secret it was given is not proved.
describe("secrets of stack production, from the first update to the destroy", function () {
  this.timeout(600_000);
  let life: Life;

  before(async () => {
    life = await play("production", path.join(repository, "Pulumi.production.yaml"), repository, live);
  });

  it("are many, and of every kind", () => {
    const origins = life.secrets.map(({ origin, text }) => (text.includes("clusters") ? "kubeconfig" : origin)).join("\n");

    expect(life.secrets.length, "so few that a search for them would prove nothing").to.be.at.least(25);
    for (const kind of ["planted", "RandomPassword", "SecretVersion", "core/v1:Secret", "kubeconfig"]) expect(origins).to.contain(kind);
  });

  it("are in no file in clear: state, backups, history, plan, simulated clouds, journal", () => {
    expectKept("Secrets are encrypted in all that the engine writes, and masked in what is simulated, also after refreshes and failures.", life.inFiles);
  });

  it("are told to nobody: in no event, log, difference, report or page", () => {
    expectKept("Nothing that is printed or handed on holds a secret.", life.told);
  });

  it("are in no reason that a failure gives, though the cloud repeats what it was given", () => {
    expect(life.errors.join("\n")).to.contain('InvalidParameter: "[secret]" is too plain');
    expect(life.errors.length, life.errors.join("\n")).to.be.at.least(4);
  });

  it("are in no value of a release and in no ConfigMap, not even encrypted", () => {
    expectKept("What a cluster's readers can read holds no secret.", life.inReadableObjects);
  });

  it("are in no process's arguments", () => {
    // Other systems do not tell what a process was started with.
    if (process.platform === "linux") for (const part of ["bin/pulumi", "cmd/run", "provider"]) expect(life.processes.join("\n")).to.contain(part);
    expectKept("Secrets are handed over by standard input or files, never by arguments.", life.inArguments);
  });
});

describe("secrets nested in tags", function () {
  this.timeout(300_000);
  const folder = path.join(__dirname, "fixtures", "labels");

  it("stay secret in what the cloud repeats of them, also after an update, a refresh and a failure", async () => {
    const readable = await play("labels", path.join(folder, "Pulumi.labels.yaml"), folder, async ({ runner, scratch }) => {
      const overhearing = new Overhearing(runner);
      const contact = "the-only-contact-4711";
      await runner.run(["config", "set", "--secret", "contact"], { input: contact });
      fs.writeFileSync(path.join(scratch.cloud, "faults.json"), JSON.stringify([{ type: "aws:ec2/vpc:Vpc", op: "create", kind: "partial" }]));
      const codes = [(await runner.run([...up, "--json"])).code];
      for (const args of [up, ["refresh", "--yes", "--skip-preview", "--diff"], ["preview", "--diff"]]) codes.push((await runner.run(args)).code);
      expect(codes).to.deep.equal([1, 0, 0, 0]);
      const { text } = await overhearing.quietly(["stack", "export", "--show-secrets"]);
      const secrets = secretsIn(text);
      expect(secrets.map((secret) => secret.text)).to.include(contact);
      return [...readableInFiles(secrets, scratch.folder), ...readableIn(secrets, overhearing.told)];
    });

    expectKept("A secret within a map of tags is a secret wherever the map appears.", readable);
  });
});

describe("the engine's own stream of events", function () {
  this.timeout(300_000);
  const folder = path.join(__dirname, "fixtures", "tiny");
  let kept: string;
  before(() => void (kept = fs.mkdtempSync(path.join(os.tmpdir(), "canaries-"))));
  after(() => fs.rmSync(kept, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

  it("holds generated secrets in clear, and what is handed on of it does not", async () => {
    const { raw, secrets } = await play(
      "tiny",
      path.join(folder, "Pulumi.tiny.yaml"),
      folder,
      async ({ runner, scratch }) => {
        const command = `. "${scratch.folder}/environment.sh" && cd "${scratch.project}" && pulumi ${up.join(" ")} --json --stack tiny --non-interactive`;
        const output = await outputOf("sh", ["-c", command]);
        return { raw: output, secrets: secretsIn((await runner.run(["stack", "export", "--show-secrets"])).text) };
      },
      kept,
    );

    const handedOn: string[] = [];
    await readEvents(Readable.from([raw]), (event) => handedOn.push(JSON.stringify(event)), (line) => handedOn.push(line));

    const inStream = readableIn(secrets, [{ place: "the stream", text: raw }]);
    expect(inStream, "nothing is there to be held back: is the filter still needed?").to.not.deep.equal([]);
    expect(handedOn.length, "almost nothing was handed on").to.be.greaterThan(5);
    expectKept("Debug events, into which the SDK writes secrets, are dropped where they are read.", readableIn(secrets, [{ place: "what is handed on", text: handedOn.join("\n") }]));
  });
});

async function live(stage: Stage): Promise<Life> {
  const { runner, scratch, stackFile } = stage;
  const overhearing = new Overhearing(runner);
  const secrets = new Map<string, KnownSecret>();
  const inFiles = new Set<string>();
  const errors: string[] = [];
  const plant = async (text: string): Promise<void> => {
    await runner.run(["config", "set", "--secret", "moodle:mailPassword"], { input: text });
    secrets.set(text, { origin: "the planted password of the mail server", text });
  };
  const search = async (): Promise<void> => {
    const { text } = await overhearing.quietly(["stack", "export", "--show-secrets"]);
    for (const secret of secretsIn(text)) if (!secrets.has(secret.text)) secrets.set(secret.text, secret);
    for (const line of readableInFiles([...secrets.values()], scratch.folder)) inFiles.add(line);
  };
  const during = async <Result>(faults: readonly Fault[], work: () => Promise<Result>): Promise<Result> => {
    const file = path.join(scratch.cloud, "faults.json");
    fs.writeFileSync(file, JSON.stringify(faults));
    const result = await work();
    expect(faultsWithoutHit(scratch.cloud), "faults that hit nothing").to.deep.equal([]);
    // Ours, with the secret that the cloud repeats.
    for (const own of [file, `${file}.count`]) fs.rmSync(own);
    return result;
  };
  const failing = (faults: readonly Fault[]): Promise<void> =>
    during(faults, async () => {
      const { code, diagnostics } = await runner.run([...up, "--continue-on-error", "--json"], { environment: streaming });
      expect(code, "it was to fail").to.not.equal(0);
      errors.push(...diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message));
    });
  const passing = async (args: readonly string[]): Promise<void> => {
    const { code, text, diagnostics } = await runner.run(args);
    expect(code, `${text}\n${diagnostics.map(({ message }) => message).join("\n")}`).to.equal(0);
  };

  stackFile.add({ "moodle:mail": { user: "moodle" } });
  await plant(mailPassword);
  const refused = { type: "aws:secretsmanager/secretVersion:SecretVersion", name: "moodle-secret-mailPassword", op: "create", kind: "partial", message: `InvalidParameter: "${mailPassword}" is too plain` } as const;
  const report = await during([refused], () => playUp(stage));
  errors.push(report.failure ?? "");
  await search();
  await failing([{ type: "kubernetes:helm.sh/v3:Release", name: "moodle-application-release", op: "create", kind: "partial" }]);
  await search();
  await plant("another-password-for-the-mail-server-0815");
  stackFile.add({ "moodle:database": { storage: "210 GiB" }, "moodle:ingress": { timeout: "600 s" } });
  await passing(["preview", "--diff", "--save-plan", path.join(scratch.folder, "plan.json")]);
  await failing([
    { type: "aws:rds/instance:Instance", op: "update", kind: "kill-provider" },
    { type: "kubernetes:core/v1:Secret", op: "create", kind: "partial", message: "admission webhook denied the request" },
  ]);
  await search();
  await passing(["refresh", "--yes", "--skip-preview", "--diff"]);
  await search();
  stackFile.consentToEverything();
  await passing([...up, "--diff"]);
  const { text: exported } = await overhearing.quietly(["stack", "export"]);
  await passing(["destroy", "--yes", "--skip-preview", "--json"]);
  await search();

  const known = [...secrets.values()];
  const told = [...overhearing.told, { place: "the page", text: reportAsHtml(report) }, { place: "the JSON", text: reportAsJson(report) }, { place: "the summary", text: summary(report) }];
  return {
    secrets: known,
    inFiles: [...inFiles],
    told: readableIn(known, told),
    inArguments: readableIn(known, overhearing.processes),
    processes: overhearing.processes.map(({ text }) => text),
    errors,
    inReadableObjects: secretsForReaders(exported),
  };
}

/** The first password of the mail server. */
const mailPassword = "password-of-the-mail-server-4711";

/** What readers of a cluster see of an object. */
const readable: Readonly<Record<string, readonly string[]>> = {
  "kubernetes:helm.sh/v3:Release": ["values", "valueYamlFiles"],
  "kubernetes:core/v1:ConfigMap": ["data", "binaryData"],
};

function secretsForReaders(exported: string): readonly string[] {
  const { deployment } = JSON.parse(exported) as { deployment: { resources: readonly { urn: string; type: string; inputs?: Record<string, unknown> }[] } };
  const looked = deployment.resources.filter(({ type }) => type in readable);
  if (looked.length === 0) return ["no release was found, so nothing was looked at"];
  return looked.flatMap(({ urn, type, inputs }) => (readable[type] ?? []).flatMap((name) => secretPaths(inputs?.[name], name).map((place) => `${place} of ${urn}`)));
}

async function play<Result>(stack: string, stackFile: string, project: string, act: (stage: Stage) => Promise<Result>, keep?: string): Promise<Result> {
  const interruption = new Interruption();
  try {
    return await onStage({ command: "up", stack, stackFile, html: "", keep }, { repository: project, view: silent, interruption }, act);
  } finally {
    interruption.close();
  }
}

async function outputOf(command: string, args: readonly string[]): Promise<string> {
  const { stdout } = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  const chunks: Buffer[] = [];
  for await (const chunk of stdout) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
