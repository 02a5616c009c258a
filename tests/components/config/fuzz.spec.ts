import { expect } from "chai";
import * as fc from "fast-check";
import { ConfigError } from "../../../components/config/configError";
import { declarations } from "../../../components/config/declarations";
import { platformConfig } from "../../../components/config/schema";
import { settledFrom } from "../../../components/config/settled";
import { planPlatform } from "../../../components/plan/platformPlan";
import { checkPlan } from "../../../providers/aws/check";
import { awsKeys } from "../../../providers/aws/config";
import { estimate } from "../../../providers/aws/estimate";
import { aStack } from "../../support/builders";
import { refusalOf } from "../../support/refusedProgram";
import { loadStack, readStack, rehearsed, type StackConfig } from "../../support/stackConfig";

// Seeded: a failure prints the seed and the config, and the same one is tried the next time. FUZZ_SEED and FUZZ_RUNS choose others.
const seed = Number(process.env.FUZZ_SEED ?? 20_260_820);
const runs = Number(process.env.FUZZ_RUNS ?? 4000);

/** What people and programs write where something else is expected. */
const anything = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom("", "CHANGEME", "<value>", "yes", "14 d", "100 GiB", "10.0.0.0/16", "2026-12-01 00:00:00 +0000 UTC", "__proto__", "toString"),
  fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 3 }),
  fc.dictionary(fc.string({ maxLength: 12 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }),
  fc.record({ secure: fc.string() }),
);

const keys = declarations(platformConfig("production", ["aws"]).extend({ aws: awsKeys.prefault({}) }))
  .filter(({ key }) => !key.includes("[]"))
  .map(({ key }) => key.split("."));

/** A declared key, or one that is made up, and what is made of it. */
const place = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...keys, ["aws:region"], ["aws:defaultTags"]) }, { weight: 1, arbitrary: madeUp() });

/** Any value, or none. */
const change = fc.tuple(place, fc.oneof({ weight: 9, arbitrary: anything }, { weight: 1, arbitrary: fc.constant(undefined) }));

/** The least stack file, and those that are committed, with a few keys changed. */
const stack = fc
  .tuple(fc.constantFrom(aStack(), ...["production", "staging"].map((name) => rehearsed(readStack(`Pulumi.${name}.yaml`)))), fc.array(change, { maxLength: 4 }))
  .map(([whole, changes]) => changes.reduce<StackConfig>((config, [path, value]) => withValue(config, path, value), whole));

/** What an update of a stack leaves, with a few places changed: by a version with another shape, or by hand. */
const left = fc.array(fc.tuple(fc.constantFrom(["values"], ["resources"], ["newer"], ...Object.keys(loadStack(aStack()).settled).map((key) => ["values", key])), anything), { maxLength: 3 }).map((changes) => {
  const whole: StackConfig = { values: loadStack(aStack()).settled, resources: ["database", "keys", "network"] };
  return changes.reduce<unknown>((settled, [path, value]) => inside(settled, path, value), whole);
});
const settled = fc.oneof(fc.constant(undefined), left, anything);

describe("any config", () => {
  it("becomes a plan, or a ConfigError that names keys once, and nothing else", function () {
    this.timeout(120_000);
    const outcomes = { plans: 0, refusals: 0 };
    const property = fc.property(stack, settled, (config, output) => {
      const refused = refusal(() => {
        const { foundation } = planPlatform(loadStack(config, settledFrom(output)).config, "test");
        const problems = checkPlan(foundation);
        if (problems.length > 0) throw new ConfigError(problems);
        estimate(foundation);
      });
      outcomes[refused === undefined ? "plans" : "refusals"]++;
      if (refused === undefined) return;
      const named = refused.problems.map(({ key }) => key);
      expect(named, "a key is named twice").to.deep.equal([...new Set(named)]);
      expect(refused.problems.every(({ message, remedy }) => message !== "" && remedy !== "")).to.equal(true);
      expect(refused.message, "what a person reads").to.not.match(stackTrace).and.not.contain("[object Object]");
    });

    fc.assert(property, { seed, numRuns: runs });

    expect(outcomes.plans, "none of the configs was accepted").to.be.greaterThan(runs / 50);
    expect(outcomes.refusals, "none of the configs was refused").to.be.greaterThan(runs / 50);
  });

  it("that is refused has the program print no stack trace, and register nothing", async function () {
    this.timeout(120_000);
    const refused = fc.sample(stack, { seed, numRuns: 200 }).filter((config) => refusal(() => loadStack(config)) !== undefined);
    expect(refused.length, "too few to choose from").to.be.greaterThan(programs);

    for (const config of refused.slice(0, programs)) {
      const { graph, text } = await refusalOf(config);

      const said = `seed ${seed}: ${JSON.stringify(config)}\n${text}`;
      expect(text, said).to.contain("Nothing was changed.").and.not.match(stackTrace);
      expect(graph.resources.filter(({ type }) => type !== "pulumi:pulumi:Stack"), said).to.deep.equal([]);
    }
  });
});

/** How many of the refused configs the whole program is run with, which takes a second each. */
const programs = 5;
const stackTrace = /\n\s+at .+:\d+/;

/** @throws what is no ConfigError */
function refusal(work: () => void): ConfigError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

function madeUp(): fc.Arbitrary<string[]> {
  return fc.array(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 3 }).map(([first = "x", ...rest]) => [`moodle:${first}`, ...rest]);
}

function withValue(stack: StackConfig, [first = "", ...rest]: readonly string[], value: unknown): StackConfig {
  const changed = rest.length === 0 ? value : inside(stack[first], rest, value);
  const others = Object.fromEntries(Object.entries(stack).filter(([key]) => key !== first));
  return changed === undefined ? others : { ...others, [first]: changed };
}

function inside(group: unknown, [first = "", ...rest]: readonly string[], value: unknown): unknown {
  const members = group !== null && typeof group === "object" && !Array.isArray(group) ? (group as Record<string, unknown>) : {};
  return { ...members, [first]: rest.length === 0 ? value : inside(members[first], rest, value) };
}
