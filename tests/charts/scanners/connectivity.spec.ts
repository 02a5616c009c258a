import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { markdownTable } from "../../../docs/generate/markedBlock";
import { render, type Scenario, scenarios, scenarioValues } from "../rendering";
import { partiesOf, type Party, type Port, portsOf } from "./parties";
import { allowed, type Traffic } from "./traffic";

const expected = fs.readFileSync(path.join(__dirname, "connectivity.md"), "utf8");

// Whether a cluster enforces policies is the cluster's affair; this is what the policies say, by the word of an analyser that is not ours.
describe("who can reach whom, by the network policies", () => {
  for (const scenario of scenarios) {
    it(`${scenario}: is what connectivity.md says`, async () => {
      const found = await section(scenario);

      expect(expected, `connectivity.md does not have this section:\n\n${found}`).to.include(found);
    });
  }

  it("is said of every scenario and of no other", () => {
    expect([...expected.matchAll(/^## (\w+)$/gm)].map(([, name]) => name)).to.deep.equal([...scenarios]);
  });

  it("would be found out: a policy that is taken away", async () => {
    const objects = await render("objectfs");
    const parties = partiesOf(objects, scenarioValues("objectfs"));
    const party = (name: string) => parties.find((one) => one.name === name) ?? expect.fail(`there is no ${name}`);
    const probe: Traffic = { from: party("release"), to: party("web"), number: 8081, protocol: "TCP" };
    const without = (name: string) => objects.filter(({ metadata }) => metadata.name !== name);

    expect(await allowed(objects, [probe])).to.deep.equal([true]);
    expect(await allowed(without("moodle-web-release"), [probe])).to.deep.equal([false]);
    expect(await allowed(without("moodle-release-egress"), [probe])).to.deep.equal([false]);
  });
});

async function section(scenario: Scenario): Promise<string> {
  const [objects, values] = [await render(scenario), scenarioValues(scenario)];
  const parties = partiesOf(objects, values);
  const ports = portsOf(values);
  const pairs = parties.flatMap((from) => parties.filter((to) => to !== from && (from.own || to.own)).map((to) => ({ from, to })));
  const traffic = pairs.flatMap((pair) => ports.map((port) => ({ ...pair, ...port })));
  const answers = await allowed(objects, traffic);
  const open = traffic.filter((_, index) => answers[index]);
  const cell = (from: Party, to: Party): string => {
    if (from === to) return "";
    const reached = open.filter((one) => one.from === from && one.to === to);
    return reached.length === ports.length ? "everything" : reached.map(portName).join(", ") || "-";
  };

  const own = parties.filter((party) => party.own);
  const into = table("from \\ to", parties, own, cell);
  const out = table("from \\ to", own, parties.filter((party) => !party.own), cell);
  return `## ${scenario}\n\n${into}\n\n${out}\n`;
}

function table(corner: string, rows: readonly Party[], columns: readonly Party[], cell: (from: Party, to: Party) => string): string {
  return markdownTable([corner, ...columns.map(({ name }) => name)], rows.map((from) => [from.name, ...columns.map((to) => cell(from, to))]));
}

function portName({ number, protocol, to }: Port & { readonly to: Party }): string {
  const name = to.portNames[number];
  return `${protocol} ${number}${name === undefined ? "" : ` ${name}`}`;
}
