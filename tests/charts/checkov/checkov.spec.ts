import { expect } from "chai";
import { renderedScenarios } from "../rendering";
import { acceptedOfChart } from "../scanners/accepted";
import { type Scan, unaccepted, unneeded } from "../scanners/findings";
import { checked } from "./checkov";

describe("checkov", () => {
  let scan: Scan;
  before(async () => {
    scan = await checked(await renderedScenarios());
  });

  it("looks at every scenario", () => {
    expect(scan.checks).to.be.greaterThan(1000);
  });

  it("finds nothing that is not accepted by name and reason", () => {
    expect(unaccepted(scan.findings, acceptedOfChart)).to.deep.equal([]);
  });

  it("still finds what is accepted", () => {
    expect(unneeded("checkov", scan.findings, acceptedOfChart)).to.deep.equal([]);
  });
});
