import { expect } from "chai";
import { estimate } from "../../../providers/azure/estimate";
import { aDisk, aLargePlan, aSmallPlan } from "./built";

describe("Azure estimate", () => {
  const figure = (plan: Parameters<typeof estimate>[0], what: string) => estimate(plan).lines.find((line) => line.what.startsWith(what));

  it("multiplies out", () => {
    const plan = aLargePlan();
    expect(figure(plan, "Cluster")).to.deep.equal({ what: "Cluster", arithmetic: "1 x 730 h x 0.1", monthly: 73 });
    expect(figure(plan, "Database Standard")).to.deep.equal({ what: "Database Standard_D4ds_v5", arithmetic: "2 x 730 h x 0.195", monthly: 284.7 });
    expect(figure(plan, "Database storage")).to.deep.equal({ what: "Database storage", arithmetic: "2 x 128 GiB x 0.138", monthly: 35.33 });
    expect(figure(plan, "Session cache")).to.deep.equal({ what: "Session cache Balanced_B3", arithmetic: "94.9 for two machines", monthly: 94.9 });
    expect(figure(plan, "Private endpoints")).to.deep.equal({ what: "Private endpoints", arithmetic: "4 x 730 h x 0.01", monthly: 29.2 });
  });

  it("counts what the plan switched off once or not at all", () => {
    const plan = aSmallPlan();
    expect(figure(plan, "Application cache")).to.equal(undefined);
    expect(figure(plan, "Object store")).to.equal(undefined);
    expect(figure(plan, "Private endpoints")?.monthly).to.equal(14.6);
  });

  it("says what it does not price instead of leaving it out", () => {
    expect(estimate(aLargePlan()).lines.filter(({ monthly }) => monthly === undefined).map(({ what }) => what)).to.include.members(["Nodes", "Traffic", "Object store", "Shared files"]);
    expect(figure(aSmallPlan(), "Database Standard")).to.deep.equal({ what: "Database Standard_B2ms", arithmetic: "1 of them" });
    expect(figure(aSmallPlan({ blockDisk: { ...aDisk, iops: 4000, throughput: 225 } }), "Disk")).to.deep.equal({ what: "Disk", arithmetic: "200 GiB + 1000 IOPS + 100 MiB/s" });
  });
});
