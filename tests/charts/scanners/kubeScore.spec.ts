import { expect } from "chai";
import { renderedScenarios } from "../rendering";
import { acceptedOfChart } from "./accepted";
import { type Scan, unaccepted, unneeded } from "./findings";
import { kubeScored } from "./kubeScore";

describe("kube-score, with its optional checks", () => {
  let scan: Scan;
  before(async () => {
    scan = await kubeScored(await renderedScenarios());
  });

  it("looks at every scenario", () => {
    expect(scan.checks).to.be.greaterThan(500);
  });

  it("finds nothing that is not accepted by name and reason", () => {
    expect(unaccepted(scan.findings, acceptedOfChart)).to.deep.equal([]);
  });

  it("still finds what is accepted", () => {
    expect(unneeded("kube-score", scan.findings, acceptedOfChart)).to.deep.equal([]);
  });
});
