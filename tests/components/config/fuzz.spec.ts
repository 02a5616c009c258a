import { expect } from "chai";
import * as fc from "fast-check";
import { ConfigError } from "../../../components/config/configError";
import { declarations } from "../../../components/config/declarations";
import { platformConfig } from "../../../components/config/schema";
import { planPlatform } from "../../../components/plan/platformPlan";
import { aStack } from "../../support/builders";
import { loadStack, type StackConfig } from "../../support/stackConfig";

// Seeded: a failure prints the config, and the same one is tried the next time.
const seed = 20_260_820;
const runs = 500;

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

const keys = declarations(platformConfig("production", ["aws"]))
  .filter(({ key }) => !key.includes("[]"))
  .map(({ key }) => key.split("."));

/** A declared key with any value, or a key that is made up. */
const change = fc.tuple(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...keys) }, { weight: 1, arbitrary: madeUp() }), anything);

describe("any config", () => {
  it("becomes a plan, or a ConfigError that names keys once, and nothing else", () => {
    let plans = 0;
    let refusals = 0;
    const property = fc.property(fc.array(change, { maxLength: 4 }), (changes) => {
      const config = changes.reduce<StackConfig>((stack, [path, value]) => withValue(stack, path, value), aStack());
      try {
        planPlatform(loadStack(config).config, "test");
        plans++;
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        refusals++;
        const named = error.problems.map(({ key }) => key);
        expect(named).to.deep.equal([...new Set(named)]);
        expect(error.problems.every(({ message, remedy }) => message !== "" && remedy !== "")).to.equal(true);
      }
    });

    fc.assert(property, { seed, numRuns: runs });

    expect(plans, "none of the configs was accepted").to.be.greaterThan(runs / 50);
    expect(refusals, "none of the configs was refused").to.be.greaterThan(runs / 50);
  });
});

function madeUp(): fc.Arbitrary<string[]> {
  return fc.array(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 3 }).map(([first = "x", ...rest]) => [`moodle:${first}`, ...rest]);
}

function withValue(stack: StackConfig, [first = "", ...rest]: readonly string[], value: unknown): StackConfig {
  return { ...stack, [first]: rest.length === 0 ? value : inside(stack[first], rest, value) };
}

function inside(group: unknown, [first = "", ...rest]: readonly string[], value: unknown): unknown {
  const members = group !== null && typeof group === "object" && !Array.isArray(group) ? (group as Record<string, unknown>) : {};
  return { ...members, [first]: rest.length === 0 ? value : inside(members[first], rest, value) };
}
