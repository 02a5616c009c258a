import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { type Fault, faultsWithoutHit } from "../../../rehearsal/provider/faults";
import { onStage } from "../../../rehearsal/rehearse";
import { reportAsHtml } from "../../../rehearsal/report/html/page";
import { reportAsJson } from "../../../rehearsal/report/json";
import { summary } from "../../../rehearsal/report/summary";
import { playUp } from "../../../rehearsal/scenes/up";
import type { Stage } from "../../../rehearsal/stage";
import { expectKept } from "../../support/graph/promise";
import { silent } from "../silentView";
import { type KnownSecret, readableIn, readableInFiles, secretPaths, secretsIn } from "./knownSecrets";
import { Overhearing } from "./overhearing";
import { uninterrupted } from "./uninterrupted";

const repository = path.join(__dirname, "../../..");
const streaming = { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" };

/** An update as these tests give it. */
export const up = ["up", "--yes", "--skip-preview", "--parallel", "512"];

/** A stack with secrets, and what of it is in its cloud's own words. */
export interface SecretStack {
  readonly name: string;
  /** Below the repository. */
  readonly file: string;
  /** What the copy of a password is made as. */
  readonly copy: Pick<Fault, "type" | "name">;
  /** A change of the config, and how the update of something by it fails. */
  readonly change: { readonly config: Readonly<Record<string, Readonly<Record<string, unknown>>>>; readonly failing: Fault };
  /** Where its secrets come from, among others. */
  readonly origins: readonly string[];
  /** How many it has at the least: a search for few would prove nothing. */
  readonly least: number;
}

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

/** The real engine and simulated clouds: what a real provider makes of a secret it was given is not proved. */
export function describeSecrets(stack: SecretStack): void {
  describe(`secrets of stack ${stack.name}, from the first update to the destroy`, function () {
    this.timeout(600_000);
    let life: Life;

    before(async () => {
      life = await playOn(stack.name, path.join(repository, stack.file), repository, (stage) => live(stage, stack));
    });

    it("are many, and of every kind", () => {
      const origins = life.secrets.map(({ origin, text }) => (text.includes("clusters") ? "kubeconfig" : origin)).join("\n");

      expect(life.secrets.length, "so few that a search for them would prove nothing").to.be.at.least(stack.least);
      for (const kind of ["planted", "RandomPassword", "core/v1:Secret", ...stack.origins]) expect(origins).to.contain(kind);
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
}

async function live(stage: Stage, { copy, change }: SecretStack): Promise<Life> {
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

  stackFile.add({ "moodle:mail": { host: "smtp.example.edu", from: "moodle@example.edu", user: "moodle" } });
  await plant(mailPassword);
  const refused = { ...copy, op: "create", kind: "partial", message: `InvalidParameter: "${mailPassword}" is too plain` } as const;
  const report = await during([refused], () => playUp(stage));
  errors.push(report.failure ?? "");
  await search();
  await failing([{ type: "kubernetes:helm.sh/v3:Release", name: "moodle-application-release", op: "create", kind: "partial" }]);
  await search();
  await plant("another-password-for-the-mail-server-0815");
  stackFile.add({ ...change.config, "moodle:ingress": { timeout: "600 s" } });
  await passing(["preview", "--diff", "--save-plan", path.join(scratch.folder, "plan.json")]);
  await failing([
    change.failing,
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

/** Has something done on the stage of a stack. */
export function playOn<Result>(stack: string, stackFile: string, project: string, act: (stage: Stage) => Promise<Result>, keep?: string): Promise<Result> {
  return uninterrupted((interruption) => onStage({ command: "up", stack, stackFile, html: "", keep }, { repository: project, view: silent, interruption }, act));
}
