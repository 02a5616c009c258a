import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { parseDocument } from "yaml";
import type { StepMetadata } from "../../rehearsal/engine/events";
import { nameOf, stateFrom, type StateResource } from "../../rehearsal/engine/state";
import { onStage } from "../../rehearsal/rehearse";
import { leftovers, type Leftovers } from "../../rehearsal/report/leftovers";
import { filesWith, generatedPasswords } from "../../rehearsal/soak/leaks";
import type { Stage } from "../../rehearsal/stage";
import { expectKept } from "../support/graph/promise";
import { silent } from "./silentView";
import { uninterrupted } from "./support/uninterrupted";

const repository = path.join(__dirname, "../..");

/** How one run of the engine went. */
interface Run {
  readonly code: number | null;
  /** What was done, without what stayed the same. */
  readonly steps: readonly StepMetadata[];
  readonly errors: readonly string[];
  readonly state: readonly StateResource[];
  readonly leftovers: Leftovers;
}

interface Life {
  readonly up: Run;
  readonly again: Run;
  readonly changed: Run;
  /** An update that would have moved the network and the region and taken the database back, beside a harmless change. */
  readonly held: Run;
  /** Destroys that nobody consented to: with a preview, and without one. */
  readonly refused: readonly Run[];
  readonly destroyed: Run;
  /** Files below the rehearsal's folder that hold a generated password in clear. */
  readonly leaks: readonly string[];
}

// The unmodified program under the real engine, on simulated clouds: what the engine makes of it over a stack's life. What a real
// cloud would refuse beyond its tables is not proved.
for (const stack of ["production", "staging"]) {
  describe(`the life of stack ${stack} on simulated clouds`, function () {
    this.timeout(300_000);
    let life: Life;

    before(async () => {
      const request = { command: "up" as const, stack, stackFile: path.join(repository, `Pulumi.${stack}.yaml`), html: "" };
      life = await uninterrupted((interruption) => onStage(request, { repository, view: silent, interruption }, live));
    });

    it("begins with everything created, nothing left over and an address to go to", () => {
      expect(life.up.errors).to.deep.equal([]);
      expect(new Set(life.up.steps.map(({ op }) => op))).to.deep.equal(new Set(["create"]));
      expect(life.up.state.length).to.be.greaterThan(140);
      expect(life.up.leftovers.orphans).to.deep.equal([]);
      expect(life.up.state.find(({ type }) => type === "pulumi:pulumi:Stack")).to.have.nested.property("outputs.url", `https://${stack === "production" ? "moodle" : "moodle-staging"}.example.edu`);
    });

    it("goes on with an update that changes nothing", () => {
      expect([life.again.code, life.again.errors, life.again.steps]).to.deep.equal([0, [], []]);
    });

    it("changes in place when logs are to be kept longer and requests may take longer", () => {
      expect(life.changed.errors).to.deep.equal([]);
      expect(new Set(life.changed.steps.map(({ op }) => op))).to.deep.equal(new Set(["update"]));
      const changed = life.changed.steps.map(({ urn }) => nameOf(urn));
      expect(changed).to.include.members(["moodle-application-release", "moodle-logs-application"]);
      expect(life.changed.leftovers.orphans).to.deep.equal([]);
    });

    it("is not moved or taken back: the keys are named and nothing is touched", () => {
      const [error = ""] = life.held.errors;
      expect(life.held.code).to.not.equal(0);
      for (const key of ["moodle:network.range", "moodle:database.version", "aws:region"]) expect(error).to.contain(`${key}: is now `);
      expect(error).to.contain("Nothing was changed.");
      expect(life.held.steps).to.deep.equal([]);
      expect(inClouds(life.held)).to.deep.equal(inClouds(life.changed));
    });

    it("is not ended by a destroy that nobody consented to", () => {
      for (const refused of life.refused) {
        expect(refused.code).to.not.equal(0);
        expect(refused.errors.join("\n")).to.contain("protect");
        expect(inClouds(refused)).to.deep.equal(inClouds(life.changed));
        expect(refused.leftovers.orphans).to.deep.equal([]);
      }
    });

    it("ends, once somebody consented, with nothing but what is kept by design", () => {
      expect(life.destroyed.errors).to.deep.equal([]);
      expect(life.destroyed.state.filter(({ type }) => type !== "pulumi:pulumi:Stack")).to.deep.equal([]);
      expect(life.destroyed.leftovers.orphans).to.deep.equal([]);
    });

    it("says of each thing that is kept what it costs and the command that removes it, by its id", () => {
      const { retained } = life.destroyed.leftovers;

      expect(retained.map(({ type }) => type)).to.include.members(["aws:rds/snapshot:Snapshot", "aws:kms/key:Key", "aws:secretsmanager/secret:Secret"]);
      expect(retained.filter(({ monthly }) => monthly.why === ""), "without a reckoning").to.deep.equal([]);
      for (const { type, id, remove } of retained) {
        const named = type.includes("AutomatedBackup") ? `--dbi-resource-id db-${id.slice(3).toUpperCase()}` : id;
        expect(remove, type).to.match(/^aws [a-z0-9-]+ [a-z-]+ /).and.contain(named).and.contain("--region eu-central-1");
      }
    });

    it("names, beside each key that waits for its deletion, the backups that go with it", () => {
      const { retained } = life.destroyed.leftovers;
      const snapshot = retained.find(({ type }) => type === "aws:rds/snapshot:Snapshot");

      expect(retained.find(({ name }) => name === "moodle-data")?.reason).to.match(/Once it is gone, nobody can restore /).and.contain(snapshot?.id);
    });

    it("leaves no generated password in clear in any file", () => {
      expectKept("Secrets are encrypted in state, backups and history, and masked in what is simulated.", life.leaks);
    });
  });
}

/** URNs, without the engine's own provider: it reads the stack's last outputs, and is nothing that could be lost. */
function inClouds({ state }: Run): string[] {
  return state.filter(({ type }) => type !== "pulumi:providers:pulumi").map(({ urn }) => urn);
}

async function live(stage: Stage): Promise<Life> {
  const up = await run(stage, ["up", "--yes", "--skip-preview"]);
  const passwords = await generatedPasswords(stage.runner);
  expect(passwords, "too few passwords: a search for them would prove nothing").to.have.length.at.least(5);
  const again = await run(stage, ["up", "--yes", "--skip-preview"]);
  change(stage, { "moodle:observability": { logRetention: "180 d" }, "moodle:ingress": { timeout: "600 s" } });
  const changed = await run(stage, ["up", "--yes", "--skip-preview"]);
  const before = fs.readFileSync(stage.scratch.stackFile);
  change(stage, { "moodle:network": { range: "10.128.0.0/16" }, "moodle:database": { version: "16" }, "moodle:site": { name: "Another" } });
  const held = await run(stage, ["up", "--yes", "--skip-preview", "--config", "aws:region=eu-west-1"]);
  fs.writeFileSync(stage.scratch.stackFile, before);
  const refused = [await run(stage, ["destroy", "--yes"]), await run(stage, ["destroy", "--yes", "--skip-preview"])];
  stage.stackFile.consentToEverything();
  await run(stage, ["up", "--yes", "--skip-preview"]);
  const destroyed = await run(stage, ["destroy", "--yes", "--skip-preview"]);
  return { up, again, changed, held, refused, destroyed, leaks: filesWith(passwords, stage.scratch.folder) };
}

async function run({ runner, scratch }: Stage, args: readonly string[]): Promise<Run> {
  const steps: StepMetadata[] = [];
  const { code, diagnostics } = await runner.run([...args, "--json", "--parallel", "512"], {
    onEvent: ({ resourcePreEvent }) => {
      const step = resourcePreEvent?.planning === true ? undefined : resourcePreEvent?.metadata;
      if (step !== undefined && step.op !== "same" && step.op !== "read") steps.push(step);
    },
    environment: { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" },
  });
  const state = stateFrom((await runner.run(["stack", "export"])).text);
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
  return { code, steps, errors, state, leftovers: leftovers(scratch.cloud, state) };
}

/** Adds to the groups of the stack's file. */
function change({ scratch }: Stage, groups: Record<string, Record<string, unknown>>): void {
  const document = parseDocument(fs.readFileSync(scratch.stackFile, "utf8"));
  for (const [group, values] of Object.entries(groups)) {
    for (const [key, value] of Object.entries(values)) document.setIn(["config", group, key], value);
  }
  fs.writeFileSync(scratch.stackFile, document.toString());
}
