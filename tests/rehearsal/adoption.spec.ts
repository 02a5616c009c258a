import * as fs from "node:fs";
import { expect } from "chai";
import { adoption } from "../../rehearsal/adoption";
import { temporaryFolder } from "../toolchain/temporaryFolder";

const types = "urn:pulumi:test::moodle::moodle:index:MoodlePlatform$moodle:gcp:Database";
const parent = { urn: `${types}::moodle-database`, type: "moodle:gcp:Database", custom: false };
const TYPE = "gcp:sql/databaseInstance:DatabaseInstance";
const database = { type: TYPE, name: "moodle-database", id: "moodle-database-1a2b", urn: `${types}$${TYPE}::moodle-database` };

describe("an adoption", () => {
  const at = temporaryFolder();

  it("puts a thing below its parent, also where both have one name", () => {
    const command = adoption(at(), [database], [{ ...parent, urn: `${types}s::moodle-databases` }, parent]);
    const { nameTable, resources } = JSON.parse(fs.readFileSync(at("adopted.json"), "utf8")) as { nameTable: Record<string, string>; resources: { parent: string }[] };
    const [{ parent: named = "", ...rest } = {}] = resources;

    expect(command.slice(0, 3)).to.deep.equal(["import", "--file", at("adopted.json")]);
    expect(rest).to.deep.equal({ type: TYPE, name: "moodle-database", id: "moodle-database-1a2b" });
    expect(nameTable[named]).to.equal(parent.urn);
    expect(named, "a name of the thing itself would make it its own parent").to.not.equal(database.name);
  });

  it("is refused where the state has no parent for it", () => {
    expect(() => adoption(at(), [database], [])).to.throw(`the state has no parent for ${database.urn}, so it can't be imported`);
  });
});
