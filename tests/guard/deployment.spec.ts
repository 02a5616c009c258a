import { expect } from "chai";
import { deploymentFrom, hasTagged } from "../../guard/deployment";
import { aResource, anExport } from "./anExport";

describe("a stack's state", () => {
  const tags = { application: "moodle", stack: "test" };
  const knows = (outputs: Readonly<Record<string, unknown>>) => hasTagged(deploymentFrom(anExport([aResource({ outputs })])), tags);

  it("knows something tagged where one output has all of the tags", () => {
    expect(knows({ tags: { ...tags, Name: "moodle-database" } })).to.equal(true);
    expect(knows({ labels: tags })).to.equal(true);
  });

  it("knows nothing tagged where a tag is missing or another stack's", () => {
    expect(knows({ tags: { application: "moodle" } })).to.equal(false);
    expect(knows({ tags: { ...tags, stack: "other" } })).to.equal(false);
    expect(knows({ tags: null, address: "a text" })).to.equal(false);
    expect(hasTagged(deploymentFrom(anExport([])), tags)).to.equal(false);
  });
});
