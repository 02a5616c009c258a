import { expect } from "chai";
import { acceptedOfChart, acceptedOfStacks } from "../../charts/scanners/accepted";
import { type Scan, unaccepted, unneeded } from "../../charts/scanners/findings";
import { kubeScored } from "../../charts/scanners/kubeScore";
import { everyStacksObjects } from "../stackObjects";

describe("kube-score on everything that stacks put into a cluster", () => {
  let scan: Scan;
  before(async () => {
    scan = await kubeScored(await everyStacksObjects());
  });

  it("looks at every stack", () => {
    expect(scan.checks).to.be.greaterThan(1000);
  });

  it("finds nothing that is not accepted by name and reason", () => {
    expect(unaccepted(scan.findings, [...acceptedOfChart, ...acceptedOfStacks])).to.deep.equal([]);
  });

  it("still finds what is accepted of stacks alone", () => {
    expect(unneeded("kube-score", scan.findings, acceptedOfStacks)).to.deep.equal([]);
  });
});
