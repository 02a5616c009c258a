import { expect } from "chai";
import { allowed } from "../../../components/config/allowed";
import { declarations, typeAt } from "../../../components/config/declarations";
import { environments } from "../../../components/config/environment";
import { platformConfig, secretKeys } from "../../../components/config/schema";
import { cloudKeys } from "../../support/stackConfig";

describe("every declared key", () => {
  const clouds = cloudKeys.flatMap(({ name, configKeys }) => declarations(configKeys, [name]));
  const keys = [...declarations(platformConfig("production", ["aws"])), ...clouds];

  it("is found, groups before their members", () => {
    const names = keys.map(({ key }) => key);

    expect(names).to.include.members(["moodle:cloud", "moodle:site", "moodle:site.hostname", "moodle:files.offload.after"]);
    expect(names).to.include.members(["moodle:allowDataLoss[].until", "moodle:aws.databaseInstanceClass"]);
    expect(names).to.deep.equal([...new Set(names)]);
    expect(names.indexOf("moodle:site")).to.be.lessThan(names.indexOf("moodle:site.hostname"));
  });

  for (const { key, description, change, type } of keys) {
    it(`${key} says what it is, what is allowed, and what changing it does`, () => {
      expect(description, "a sentence").to.match(/^[A-Za-z].+\.$/);
      expect(change, "the effect of a change").to.have.property("effect");
      if (change?.effect !== "none" && change?.effect !== "in place") expect(change?.note, "what users or data notice").to.be.a("string");
      expect(allowed(type)).to.match(/^(a |an |one of |true |the |lower-case |aws$)/);
    });
  }

  it("is held on a live stack where any change of it is refused, and says when where only some are", () => {
    const refused = keys.filter(({ change }) => change?.effect === "refused").map(({ key }) => key);
    const held = keys.filter(({ change }) => change?.held?.as === "value");

    expect(held.map(({ key }) => key)).to.include.members([...refused, "moodle:cloud", "moodle:files.mode", "moodle:network.range"]);
    expect(held.filter(({ key, change }) => !refused.includes(key) && !/; refused while /.test(change?.note ?? "")).map(({ key }) => key)).to.deep.equal([]);
  });

  it("has a default that it accepts itself, in every environment", () => {
    for (const environment of environments) {
      const schema = platformConfig(environment, ["aws"]);
      for (const { key, type, default: value } of declarations(schema)) {
        if (value !== undefined) expect(type.safeParse(value).success, `${key} in ${environment}`).to.equal(true);
      }
    }
  });

  it("is the same in every environment, but for its default", () => {
    const [production, ...others] = environments.map((environment) =>
      declarations(platformConfig(environment, ["aws"])).map(({ default: _, type, ...key }) => ({ ...key, allowed: allowed(type) })),
    );

    for (const other of others) expect(other).to.deep.equal(production);
  });

  it("is found again by its path", () => {
    const schema = platformConfig("production", ["aws"]);

    expect(allowed(typeAt(schema, ["allowDataLoss", 3, "resource"]) ?? schema)).to.match(/^one of database, /);
    expect(typeAt(schema, ["files", "offload", "afterwards"])).to.equal(undefined);
  });

  it("that is a secret is no other key", () => {
    const names = keys.map(({ key }) => key);

    for (const name of Object.keys(secretKeys)) expect(names).not.to.include(`moodle:${name}`);
  });
});
