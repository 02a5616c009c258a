import { expect } from "chai";
import { array, assert, constantFrom, property, string } from "fast-check";
import { nameOf, type NameKind } from "../../../providers/azure/names";

const allowed: Readonly<Record<NameKind, RegExp>> = {
  storageAccount: /^[a-z][a-z0-9]{2,23}$/,
  vault: /^(?!.*--)[a-z][a-z0-9-]{1,22}[a-z0-9]$/,
  registry: /^[a-z][a-z0-9]{4,49}$/,
  database: /^(?!.*--)[a-z][a-z0-9-]{1,61}[a-z0-9]$/,
  cache: /^(?!.*--)[a-z][a-z0-9-]{1,58}[a-z0-9]$/,
  cluster: /^(?!.*--)[a-z][a-z0-9-]{1,52}[a-z0-9]$/,
};
const kinds = Object.keys(allowed) as NameKind[];

const hostile = ["9-lives", "Universität Süd", "Университет", "大学", "", "---", "a", "A".repeat(300), "x".repeat(15) + "-", "moodle_files.production", "-0-1-2", "ﬁnal"];

describe("Azure names", () => {
  for (const wanted of hostile) {
    it(`are what Azure allows for ${JSON.stringify(wanted.slice(0, 30))}`, () => {
      for (const kind of kinds) expect(nameOf(kind, wanted, "c0ffee00"), kind).to.match(allowed[kind]);
    });
  }

  it("are what Azure allows whatever is wanted, and the same each time", () => {
    assert(
      property(constantFrom(...kinds), string({ unit: "grapheme", maxLength: 80 }), (kind, wanted) => {
        const name = nameOf(kind, wanted, "c0ffee00");
        expect(name, `${kind} of ${JSON.stringify(wanted)}`).to.match(allowed[kind]);
        expect(nameOf(kind, wanted, "c0ffee00")).to.equal(name);
      }),
    );
  });

  it("say what they are for where there is room, and always keep their own end", () => {
    expect(nameOf("database", "moodle-database", "c0ffee00")).to.equal("moodle-database-c0ffee00");
    expect(nameOf("storageAccount", "moodle-flow-logs", "c0ffee00")).to.equal("moodleflowlogsc0ffee00");
    assert(
      property(constantFrom(...kinds), array(constantFrom("a", "-", "9", "ß"), { maxLength: 120 }), (kind, parts) => {
        expect(nameOf(kind, parts.join(""), "c0ffee00")).to.match(/c0ffee00$/);
      }),
    );
  });
});
