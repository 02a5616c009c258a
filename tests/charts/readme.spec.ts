import { expect } from "chai";
import * as fs from "node:fs";
import * as path from "node:path";
import { chart, render, scenarioValues } from "./rendering";

const readme = fs.readFileSync(path.join(chart, "README.md"), "utf8");

// That the example is the scenario's file is held by the test of generated files.
describe("the example in the chart's README", () => {
  it("is a site that renders", async () => {
    expect((await render("standalone")).map(({ kind }) => kind)).to.include.members(["Deployment", "Job", "HTTPRoute", "NetworkPolicy"]);
  });

  it("makes with its commands the Secrets that it names, and no other key", () => {
    const named = Object.values(scenarioValues("standalone")["secrets"] as Record<string, { name: string; key: string }>).map(({ name, key }) => `${name} ${key}`);
    const made = [...readme.matchAll(/create secret generic (\S+)((?: \\\n| --from-file=\S+|\s)+)/g)].flatMap(([, name, files = ""]) =>
      [...files.matchAll(/--from-file=(\S+)/g)].map(([, key]) => `${name} ${key}`),
    );

    expect(made.sort()).to.deep.equal(named.sort());
  });
});
