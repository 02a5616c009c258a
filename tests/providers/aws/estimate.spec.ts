import { expect } from "chai";
import { estimate } from "../../../providers/aws/estimate";
import { aCloudPlan, aSmallCloudPlan } from "../../support/plans";

describe("AWS estimate", () => {
  const figure = (plan: Parameters<typeof estimate>[0], what: string) => estimate(plan).lines.find((line) => line.what.startsWith(what));

  it("multiplies out", () => {
    const plan = aCloudPlan();
    expect(figure(plan, "Cluster")).to.deep.equal({ what: "Cluster", arithmetic: "1 x 730 h x 0.1", monthly: 73 });
    expect(figure(plan, "Database db")).to.deep.equal({ what: "Database db.m8g.xlarge", arithmetic: "2 x 730 h x 0.337", monthly: 492.02 });
    expect(figure(plan, "Database storage")).to.deep.equal({ what: "Database storage", arithmetic: "2 x 100 GiB x 0.115", monthly: 23 });
    expect(figure(plan, "NAT gateway")?.monthly).to.equal(98.55);
  });

  it("counts what the plan switched off once or not at all", () => {
    const plan = aSmallCloudPlan();
    expect(figure(plan, "Database db")).to.deep.equal({ what: "Database db.t4g.large", arithmetic: "1 x 730 h x 0.129", monthly: 94.17 });
    expect(figure(plan, "Application cache")).to.equal(undefined);
    expect(figure(plan, "NAT gateway")?.monthly).to.equal(32.85);
    expect(figure(plan, "Object store")).to.equal(undefined);
  });

  it("prices a disk by what is above its baseline", () => {
    const blockDisk = { size: "200 GiB", iops: 4000, throughput: 225, zone: 1, owner: { user: 33, group: 33 } } as const;
    expect(figure(aSmallCloudPlan({ blockDisk }), "Disk")).to.deep.equal({
      what: "Disk",
      arithmetic: "200 GiB x 0.08 + 1000 IOPS x 0.005 + 100 MiB/s x 0.04",
      monthly: 25,
    });
  });

  it("says what it does not price instead of leaving it out", () => {
    const open = estimate(aCloudPlan()).lines.filter(({ monthly }) => monthly === undefined);
    expect(open.map(({ what }) => what)).to.include.members(["Nodes", "Traffic", "Object store", "Logs and backups"]);
  });
});
