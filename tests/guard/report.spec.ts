import { expect } from "chai";
import { findingOf } from "../../guard/findings";
import { isSafe, reportAsJson, reportAsText } from "../../guard/report";

const unknown = findingOf("unknown to the state", { type: "Cloud::Database", name: "moodle-database", id: "cloud:database/9z8y" }, "test");
const unready = findingOf("not ready", { type: "cloud:store:Cache", name: "moodle-cache" }, "test");

describe("the guard's report", () => {
  it("lets an up begin where nothing refuses it", () => {
    expect(isSafe({ findings: [unready], held: 71 })).to.equal(true);
    expect(isSafe({ findings: [unknown, unready], held: 71 })).to.equal(false);
    expect(reportAsText("test", { findings: [], held: 71 })).to.equal("The cloud holds 71 things under the stack's tags.\n✔ An up of test may begin.\n");
  });

  it("says to people what was found, what it means, what to do and where to read on", () => {
    const text = reportAsText("test", { findings: [unknown, unready], held: 72 });

    expect(text).to.contain("✘ unknown to the state: moodle-database (Cloud::Database)\n    cloud:database/9z8y\n    It exists under the stack's tags");
    expect(text).to.contain("    → npm run guard -- --stack test\n    docs/runbooks/provider-died.md\n");
    expect(text).to.contain("• not ready: moodle-cache (cloud:store:Cache)\n");
    expect(text).to.match(/✘ An up of test must wait: 1 finding refuses it\.\n$/);
  });

  it("says when the cloud was not asked", () => {
    expect(reportAsText("test", { findings: [] })).to.match(/^The cloud was not asked/);
    expect(JSON.parse(reportAsJson("test", { findings: [] }))).to.deep.equal({ stack: "test", safe: true, cloudAsked: false, held: null, findings: [] });
  });

  it("tells programs the same", () => {
    expect(JSON.parse(reportAsJson("test", { findings: [unknown], held: 72 }))).to.deep.equal({
      stack: "test",
      safe: false,
      cloudAsked: true,
      held: 72,
      findings: [unknown],
    });
  });
});
