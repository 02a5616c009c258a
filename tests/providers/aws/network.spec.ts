import { expect } from "chai";
import { aCloudPlan, aSmallCloudPlan } from "../../support/plans";
import { built, type Built } from "./built";

describe("AWS network", () => {
  let large: Built;
  let small: Built;
  before(async () => {
    large = await built(aCloudPlan());
    small = await built(aSmallCloudPlan());
  });

  it("has three kinds of subnets in each zone, known by the zone's number", () => {
    expect(large.names("ec2/subnet:Subnet")).to.deep.equal(
      ["data", "private", "public"].flatMap((kind) => [1, 2, 3].map((zone) => `site-${kind}-${zone}`)),
    );
    expect(small.names("ec2/subnet:Subnet")).to.have.length(6);
  });

  it("keeps a subnet in its zone when AWS opens another", () => {
    const subnets = large.resources.filter(({ type }) => type === "aws:ec2/subnet:Subnet");
    expect(subnets.every(({ ignoreChanges }) => ignoreChanges.includes("availabilityZone"))).to.equal(true);
    expect(large.inputs("ec2/subnet:Subnet", "-data-2").availabilityZone).to.equal("eu-central-1b");
  });

  it("shows load balancers their subnets", () => {
    expect(large.inputs("ec2/subnet:Subnet", "-public-1").tags).to.include({ "kubernetes.io/role/elb": "1" });
    expect(large.inputs("ec2/subnet:Subnet", "-private-1").tags).to.include({ "kubernetes.io/role/internal-elb": "1" });
    expect(large.inputs("ec2/subnet:Subnet", "-data-1").tags).to.deep.equal({
      stack: "production",
      environment: "production",
      Name: "site-data-1",
    });
  });

  it("has a way out in every zone, or one in the first", () => {
    expect(large.inputs("ec2/natGateway:NatGateway")).to.include({ availabilityMode: "regional", vpcId: "site-network-id" });
    expect(large.names("ec2/eip:Eip")).to.deep.equal([]);
    expect(small.inputs("ec2/natGateway:NatGateway")).to.include({ subnetId: "site-public-1-id", allocationId: "site-nat-id" });
  });

  it("has no way out of the data subnets", () => {
    const routes = large.resources.filter(({ type }) => type === "aws:ec2/route:Route");
    expect(routes.map(({ inputs }) => inputs.routeTableId)).to.have.members(["site-public-id", "site-private-id"]);
  });

  it("records who talked to whom only where the plan says so", () => {
    expect(large.names("ec2/flowLog:FlowLog")).to.deep.equal(["site-flow-logs"]);
    expect(small.names("ec2/flowLog:FlowLog")).to.deep.equal([]);
  });

  it("shuts the default security group", () => {
    expect(large.inputs("ec2/defaultSecurityGroup:DefaultSecurityGroup")).to.deep.include({ ingress: [], egress: [] });
  });

  it("lets into database, caches and files the cluster's group on their port, and nobody else", () => {
    const rules = large.resources.filter(({ type }) => type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    expect(rules.map(({ inputs: { securityGroupId, referencedSecurityGroupId, fromPort, toPort, cidrIpv4 } }) => [securityGroupId, referencedSecurityGroupId, fromPort, toPort, cidrIpv4])).to.have.deep.members([
      ["site-database-id", "sg-cluster", 5432, 5432, undefined],
      ["site-sessions-id", "sg-cluster", 6379, 6379, undefined],
      ["site-cache-id", "sg-cluster", 6379, 6379, undefined],
      ["site-files-id", "sg-cluster", 2049, 2049, undefined],
    ]);
    const groups = large.resources.filter(({ type }) => type === "aws:ec2/securityGroup:SecurityGroup");
    expect(groups.filter(({ inputs }) => "ingress" in inputs || "egress" in inputs), "rules inside of groups").to.deep.equal([]);
  });
});
