import { expect } from "chai";
import type { Change } from "../../components/config/key";
import type { Problem } from "../../components/config/problem";
import { UnsupportedError } from "../../providers/errors";
import { committedStacks, type Stack } from "../graph/stackProgram";
import { expectKept } from "../support/graph/promise";
import { statefulTypes } from "../support/graph/protection";
import type { Recorded } from "../support/recording";
import { cloudKeys } from "../support/stackConfig";
import { declaredKeys, placesOf, walk, type Stride } from "../support/walk/walk";
import { strayValues, valuesOf, type Together, type WalkValues } from "./values";

/**
 * Every key of some committed stacks of a cloud is changed alone, and what the program asks for is compared with what it asked for
 * before, by the rehearsal's tables of what replaces what. What a cloud does on its own when it updates in place is not proved.
 *
 * @param names of the stacks.
 * @param own values in the cloud's own words.
 * @param more stacks that are no example for anybody, and what keys cannot be changed without.
 */
export function describeWalk(cloud: string, names: readonly string[], own: WalkValues, { stacks = [], together }: More = {}): void {
  describe(`changing one key of a live stack on ${cloud}`, function () {
    // Some hundred runs of the program a stack.
    this.timeout(1_200_000);
    const strides: Stride[] = [];
    const changes = cloudKeys.find(({ name }) => name === cloud)?.changes ?? {};
    const keys = declaredKeys(cloud).map((declared) => ({ ...declared, change: changes[declared.key] ?? declared.change }));
    const places = placesOf(cloud);

    before(async () => {
      const committed = committedStacks(cloud).filter(({ name }) => names.includes(name));
      expect(committed.map(({ name }) => name)).to.have.members([...names]);
      for (const stack of [...committed, ...stacks]) strides.push(...(await walk(stack, own, together)));
    });

    it("is tried for every declared key", () => {
      expectKept("Every key has a value to be changed to, in tests/walk/values.ts.", [
        ...keys.filter((declared) => valuesOf(declared, own) === undefined).map(({ key }) => `${key} has none`),
        ...strayValues([...keys.map(({ key }) => key), ...places], own).map((key) => `${key} is not declared`),
      ]);
      expectKept(
        "Every key can be changed to one of its values, or is refused, on some stack.",
        keys.map(({ key }) => key).filter((key) => of(key).every(({ outcome }) => outcome.kind === "not allowed" && !isGap(outcome.problems, key))),
      );
    });

    it("never replaces or deletes what holds data", () => {
      expectKept(
        "Nothing that is protected or holds data goes by a change of config that was not refused.",
        strides.flatMap(({ outcome, ...stride }) =>
          outcome.kind !== "done"
            ? []
            : outcome.steps
                .filter(({ does, resource }) => (does === "replace" || does === "delete") && (resource.protect || isStateful(resource)))
                .map(({ does, resource: { type, name } }) => `${written(stride)}: ${does} ${type} ${name}`),
        ),
      );
    });

    it("is refused by the key's own name, and by no other", () => {
      const refused = strides.flatMap(({ outcome, ...stride }) => (outcome.kind === "refused" ? [{ stride, keys: outcome.keys }] : []));

      expect(refused.map(({ stride }) => stride.key)).to.include.members([...places, "moodle:environment", "moodle:files.mode", "moodle:network.range"]);
      expectKept(
        "A refusal names what was changed.",
        refused.filter(({ stride, keys: named }) => !named.includes(stride.key)).map(({ stride, keys: named }) => `${written(stride)}: names ${named.join(", ")}`),
      );
    });

    it("is refused wherever the declaration holds on to a value, and for a size or version in one direction", () => {
      expectKept(
        "A key that is held is refused to change, and one that may grow may grow.",
        keys.flatMap(({ key, change }) => {
          const kinds = new Set(of(key).map(({ outcome }) => outcome.kind));
          if (!change?.held) return kinds.has("refused") ? [`${key} is refused, and its declaration does not hold it`] : [];
          if (!canChange(key)) return [];
          return [
            ...(kinds.has("refused") ? [] : [`${key} is never refused`]),
            ...(change.held.as !== "value" && !kinds.has("done") ? [`${key} is refused in both directions`] : []),
          ];
        }),
      );
    });

    it("does what docs/configuration.md says it does", () => {
      expectKept(
        "The worst that a change of a key does on any stack is what its declaration says.",
        keys.flatMap((declared) => {
          const { effect: said } = declared.change ?? {};
          const worst = worstOf(of(declared.key), declared.change);
          const agrees = said === worst || (said === "users notice" && worst === "in place") || !canChange(declared.key) || (isMilder(worst, said) && isOfAll(declared.key));
          return agrees ? [] : [`${declared.key}: the declaration says "${said}", measured is "${worst}"${seenAt(of(declared.key))}`];
        }),
      );
    });

    /** What a declaration says of every cloud is shown where the worst happens. */
    function isOfAll(key: string): boolean {
      return cloud !== reference && changes[key] === undefined && !key.startsWith(`moodle:${cloud}.`);
    }

    function of(key: string): Stride[] {
      return strides.filter((stride) => stride.key === key);
    }

    /** Whether it was changed at all: where a stack has the only value, nobody can move away from it. */
    function canChange(key: string): boolean {
      const differs = new Set(of(key).map(({ value }) => JSON.stringify(value))).size > 1;
      return differs || of(key).some(({ outcome }) => outcome.kind === "refused" || (outcome.kind === "done" && outcome.steps.length > 0));
    }
  });
}

/** What a cloud says by name that it does not offer. */
function isGap(problems: readonly Problem[], key: string): boolean {
  return problems.some((problem) => problem instanceof UnsupportedError && problem.key === key);
}

interface More {
  readonly stacks?: readonly Stack[];
  readonly together?: Together;
}

/** The cloud on which every key does all that its declaration says. */
const reference = "aws";

const effects: readonly Change["effect"][] = ["none", "in place", "users notice", "replaces"];

function isMilder(measured: Change["effect"], said: Change["effect"] | undefined): boolean {
  return said !== undefined && effects.includes(measured) && effects.indexOf(measured) < effects.indexOf(said);
}

/** What users notice no table knows: the measured effects are the others. */
function worstOf(strides: readonly Stride[], declared: Change | undefined): Exclude<Change["effect"], "users notice"> {
  const done = strides.flatMap(({ outcome }) => (outcome.kind === "done" ? outcome.steps : []));
  if (done.some(({ does }) => does === "replace")) return "replaces";
  if (done.length > 0) return "in place";
  // What is refused in one direction does what it does in the other.
  const mayChange = declared?.held !== undefined && declared.held.as !== "value";
  return !mayChange && strides.some(({ outcome }) => outcome.kind === "refused") ? "refused" : "none";
}

/** One thing that was done, where anything was: the replacement if there is one. */
function seenAt(strides: readonly Stride[]): string {
  const done = strides.flatMap(({ outcome, ...stride }) => (outcome.kind === "done" ? outcome.steps.map(({ does, resource }) => ({ does, resource, stride })) : []));
  const seen = done.find(({ does }) => does === "replace") ?? done[0];
  return seen === undefined ? "" : `, such as ${written(seen.stride)}: ${seen.does} ${seen.resource.type} ${seen.resource.name}`;
}

function isStateful(resource: Recorded): boolean {
  const stateful = statefulTypes[resource.type];
  return stateful !== undefined && stateful.applies?.(resource) !== false;
}

function written({ stack, key, value }: Omit<Stride, "outcome">): string {
  return `${stack}: ${key} = ${value === undefined ? "left out" : JSON.stringify(value)}`;
}
