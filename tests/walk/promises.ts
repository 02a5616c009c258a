import { expect } from "chai";
import type { Change } from "../../components/config/key";
import { committedStacks } from "../graph/stackProgram";
import { expectKept } from "../support/graph/promise";
import { statefulTypes } from "../support/graph/protection";
import type { Recorded } from "../support/recording";
import { cloudKeys } from "../support/stackConfig";
import { declaredKeys, walk, type Stride } from "../support/walk/walk";
import { strayValues, valuesOf, type WalkValues } from "./values";

/**
 * Every key of some committed stacks of a cloud is changed alone, and what the program asks for is compared with what it asked for
 * before, by the rehearsal's tables of what replaces what. What a cloud does on its own when it updates in place is not proved.
 *
 * @param names of the stacks.
 * @param own values in the cloud's own words.
 */
export function describeWalk(cloud: string, names: readonly string[], own: WalkValues): void {
  describe(`changing one key of a live stack on ${cloud}`, function () {
    // Some hundred runs of the program a stack.
    this.timeout(1_200_000);
    const strides: Stride[] = [];
    const keys = declaredKeys(cloud);
    const regions = cloudKeys.flatMap(({ name, regionKey }) => (name === cloud && regionKey !== undefined ? [regionKey] : []));

    before(async () => {
      for (const stack of committedStacks(cloud).filter(({ name }) => names.includes(name))) strides.push(...(await walk(stack, own)));
    });

    it("is tried for every declared key", () => {
      expectKept("Every key has a value to be changed to, in tests/walk/values.ts.", [
        ...keys.filter((declared) => valuesOf(declared, own) === undefined).map(({ key }) => `${key} has none`),
        ...strayValues([...keys.map(({ key }) => key), ...regions], own).map((key) => `${key} is not declared`),
      ]);
      expectKept(
        "Every key can be changed to one of its values, or is refused, on some stack.",
        keys.map(({ key }) => key).filter((key) => of(key).every(({ outcome }) => outcome.kind === "not allowed")),
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

      expect(refused.map(({ stride }) => stride.key)).to.include.members([...regions, "moodle:environment", "moodle:files.mode", "moodle:network.range"]);
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
          const worst = worstOf(of(declared.key));
          const agrees = said === worst || (said === "users notice" && worst === "in place") || !canChange(declared.key);
          return agrees ? [] : [`${declared.key}: the declaration says "${said}", measured is "${worst}"`];
        }),
      );
    });

    function of(key: string): Stride[] {
      return strides.filter((stride) => stride.key === key);
    }

    /** Whether there is more than one value: of one cloud alone nobody can move away. */
    function canChange(key: string): boolean {
      return new Set(of(key).map(({ value }) => JSON.stringify(value))).size > 1 || of(key).some(({ outcome }) => outcome.kind === "refused");
    }
  });
}

/** What users notice no table knows: the measured effects are the others. */
function worstOf(strides: readonly Stride[]): Exclude<Change["effect"], "users notice"> {
  const done = strides.flatMap(({ outcome }) => (outcome.kind === "done" ? outcome.steps : []));
  if (done.some(({ does }) => does === "replace")) return "replaces";
  if (done.length > 0) return "in place";
  return strides.some(({ outcome }) => outcome.kind === "refused") ? "refused" : "none";
}

function isStateful(resource: Recorded): boolean {
  const stateful = statefulTypes[resource.type];
  return stateful !== undefined && stateful.applies?.(resource) !== false;
}

function written({ stack, key, value }: Omit<Stride, "outcome">): string {
  return `${stack}: ${key} = ${value === undefined ? "left out" : JSON.stringify(value)}`;
}
