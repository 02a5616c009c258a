import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { UsageError } from "../../toolchain/commandLine";
import { KINDS } from "../../rehearsal/provider/faults";
import { parseArguments, type SoakRequest } from "../../rehearsal/soak/arguments";
import { everyOperation, lifeText } from "../../rehearsal/soak/every";
import { resultText, soak } from "../../rehearsal/soak/soak";
import { seedsFrom, type TrialResult } from "../../rehearsal/soak/trial";
import { silent } from "./silentView";
import { uninterrupted } from "./support/uninterrupted";

const tiny = path.join(__dirname, "fixtures", "tiny");
const checkout = path.join(__dirname, "../..");

describe("a soak of a tiny program with the real engine", function () {
  this.timeout(300_000);
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "soak-spec-"));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

  function aRequest(overrides: Partial<SoakRequest>): SoakRequest {
    return { trials: 3, seed: 5, every: false, scenes: ["create"], kinds: KINDS, stacks: new Map([["tiny", path.join(tiny, "Pulumi.tiny.yaml")]]), jobs: 2, ...overrides };
  }

  function played(overrides: Partial<SoakRequest>, repository = tiny): Promise<readonly TrialResult[]> {
    return uninterrupted((interruption) => soak(aRequest(overrides), { repository, folder, view: silent, interruption, onResult: () => undefined }));
  }

  /** A program that writes its password where the simulated clouds keep what they hold. */
  function leaky(): string {
    const repository = path.join(folder, "leaky");
    fs.mkdirSync(path.join(repository, "program"), { recursive: true });
    fs.copyFileSync(path.join(tiny, "Pulumi.yaml"), path.join(repository, "Pulumi.yaml"));
    fs.symlinkSync(path.join(checkout, "node_modules"), path.join(repository, "node_modules"));
    fs.writeFileSync(path.join(repository, "package.json"), '{"name":"leaky"}');
    fs.writeFileSync(
      path.join(repository, "program", "index.js"),
      `const { RandomPassword } = require("@pulumi/random");
      const file = require("node:path").join(process.env.REHEARSAL_CLOUD, "password.txt");
      new RandomPassword("leaked", { length: 32 }).result.apply((text) => require("node:fs").writeFileSync(file, text));`,
    );
    return repository;
  }

  it("plays each trial as its seed says, and leaves nothing behind", async () => {
    const results = await played({});
    expect(results.flatMap(({ broken }) => broken)).to.deep.equal([]);
    expect(new Set(results.map(({ seed }) => seed))).to.deep.equal(new Set(seedsFrom(5, 3)));
    expect(fs.readdirSync(folder)).to.deep.equal(["bases"]);

    const [chosen] = results.filter(({ faults }) => faults.length > 0);
    if (chosen === undefined) throw new Error("none of the trials has a fault, so none proves anything");
    fs.rmSync(path.join(folder, "bases"), { recursive: true });
    const [again] = await played({ trials: 1, seed: chosen.seed });
    const plan = ({ stack, scene, faults, thorough }: TrialResult): unknown => ({ stack, scene, faults, thorough });
    expect(again && plan(again), "the same seed, the same trial").to.deep.equal(plan(chosen));
  });

  it("finds a password in clear, and says how to see it again", async () => {
    const [result] = await played({ trials: 1, seed: 7 }, leaky());
    if (result === undefined) throw new Error("there was no trial");
    expect(result.broken.join("\n")).to.match(/a generated password is in clear in .*password\.txt/);
    expect(resultText(result, "staging")).to.contain("again: npm run soak -- --trials 1 --seed 7 --stack staging");
  });

  it("hits every operation once in each way, and counts them", async () => {
    const kinds = ["fail", "kill-engine"] as const;
    const lives = await uninterrupted((interruption) => everyOperation(aRequest({ kinds }), { repository: tiny, folder, view: silent, interruption }, () => undefined));
    expect(lives.flatMap(({ broken }) => broken)).to.deep.equal([]);
    expect(lives.map(({ kind, operations, hit }) => ({ kind, operations, hit }))).to.have.deep.members(kinds.map((kind) => ({ kind, operations: 2, hit: 2 })));
    expect(lives.map(lifeText).join("\n")).to.contain("fail at 2 of 2 operations (create) of tiny: stands after 3 runs");
  });
});

describe("the arguments of npm run soak", () => {
  const files = (names: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
    new Map(Object.entries(names).map(([stack, file]) => [stack, path.join(checkout, file)]));
  const parse = (...args: string[]): SoakRequest | "help" => parseArguments(args, "/", checkout);

  it("default to ten trials on both committed stacks, by chance", () => {
    expect(parse()).to.deep.include({ trials: 10, every: false, stacks: files({ production: "Pulumi.production.yaml", staging: "Pulumi.staging.yaml" }), jobs: 2 });
    expect(parse("--help")).to.equal("help");
  });

  it("choose one stack: a committed one, or the example of a cloud", () => {
    expect(parse("--stack", "staging")).to.deep.include({ stacks: files({ staging: "Pulumi.staging.yaml" }) });
    expect(parse("--stack", "azure-block")).to.deep.include({ stacks: files({ "azure-block": "tests/stacks/azure-block.yaml" }) });
    expect(parse("--cloud", "gcp")).to.deep.include({ stacks: files({ "gcp-objectfs": "tests/stacks/gcp-objectfs.yaml" }) });
    expect(() => parse("--cloud", "gpc")).to.throw(UsageError, "--cloud gpc: no such cloud; did you mean gcp?");
    expect(() => parse("--cloud", "gcp", "--stack", "staging")).to.throw(UsageError, "--cloud and --stack: only one of them can choose the stack");
  });

  it("are refused all at once, each with what is allowed", () => {
    expect(() => parse("--trials", "0", "--seed", "luck", "--stack", "prod", "--op", "read", "--json", "gone/out.json", "--keep", "tmp/..")).to.throw(
      UsageError,
      /--stack prod: must be a committed stack: production, staging, or one of tests\/stacks\n--json gone\/out.json: there is no such folder\n--keep tmp\/\.\.: is not empty; name a new folder\n--trials 0: must be a whole number from 1\n--seed luck: must be a whole number from 0\n--op read: must be one of create, update, delete\n--op needs --every/,
    );
  });

  it("make seeds of which the first is the one given, so that a trial's own seed is that trial", () => {
    const seeds = seedsFrom(9, 3);
    expect(seeds[0]).to.equal(9);
    expect(new Set(seeds).size).to.equal(3);
    expect(seedsFrom(9, 5).slice(0, 3)).to.deep.equal(seeds);
  });
});
