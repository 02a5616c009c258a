import { expect } from "chai";

import * as tokens from "../../rehearsal/clouds/aws/tokens";
import { Account, clusterInputs, databaseInputs, type Made, network, refusal, role, trust } from "./awsAccount";

describe("the network of the simulated AWS", () => {
  let account: Account;

  beforeEach(async () => {
    account = await Account.open();
  });
  afterEach(() => account.close());

  const subnet = (vpc: Made, cidrBlock: string, availabilityZone = "eu-central-1a"): Promise<Made> =>
    account.make(tokens.SUBNET, cidrBlock, { vpcId: vpc.id, cidrBlock, availabilityZone });

  it("gives ids, ARNs and zones in AWS's form", async () => {
    const { vpc, subnets } = await network(account);
    expect(vpc.id).to.match(/^vpc-[0-9a-f]{17}$/);
    expect(vpc.outputs.arn).to.equal(`arn:aws:ec2:eu-central-1:123456789012:vpc/${vpc.id}`);
    expect(vpc.outputs.region).to.equal("eu-central-1");
    expect(subnets.map(({ outputs }) => outputs.availabilityZoneId)).to.deep.equal(["euc1-az1", "euc1-az2", "euc1-az3"]);
  });

  it("takes a VPC of /16 to /28 and refuses a wider one", async () => {
    expect(await refusal(account.make(tokens.VPC, "wide", { cidrBlock: "10.0.0.0/8" }))).to.contain("InvalidVpc.Range");
    await account.make(tokens.VPC, "widest", { cidrBlock: "10.0.0.0/16" });
  });

  it("takes five VPCs in a region", async () => {
    for (let index = 0; index < 5; index++) await account.make(tokens.VPC, `vpc-${index}`, { cidrBlock: `10.${index}.0.0/16` });
    expect(await refusal(account.make(tokens.VPC, "sixth", { cidrBlock: "10.9.0.0/16" }))).to.contain("VpcLimitExceeded");
    await account.make(tokens.VPC, "elsewhere", { cidrBlock: "10.9.0.0/16", region: "eu-west-1" });
  });

  it("takes a subnet inside its VPC, apart from the others", async () => {
    const { vpc } = await network(account);
    expect(await refusal(subnet(vpc, "10.1.0.0/24"))).to.equal("InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid.");
    expect(await refusal(subnet(vpc, "10.0.2.128/25"))).to.match(/^InvalidSubnet.Conflict: The CIDR '10.0.2.128\/25' conflicts with another subnet/);
    await subnet(vpc, "10.0.4.0/24");
  });

  it("takes a subnet only in a VPC and a zone that exist", async () => {
    const { vpc } = await network(account);
    expect(await refusal(account.make(tokens.SUBNET, "lost", { vpcId: "vpc-0", cidrBlock: "10.0.9.0/24" }))).to.equal("InvalidVpcID.NotFound: The vpc ID 'vpc-0' does not exist");
    expect(await refusal(subnet(vpc, "10.0.9.0/24", "eu-central-1x"))).to.contain("eu-central-1a, eu-central-1b, eu-central-1c");
  });

  it("keeps a VPC until its subnets are gone", async () => {
    const { vpc, subnets } = await network(account);
    expect(await refusal(account.remove(vpc))).to.match(new RegExp(`^DependencyViolation: The vpc '${vpc.id}' has dependencies`));
    for (const each of subnets) await account.remove(each);
    await account.remove(vpc);
    expect(account.live(tokens.VPC)).to.deep.equal([]);
  });

  it("keeps a subnet while a database, a mount target or a cluster is in it", async () => {
    const net = await network(account);
    const [first] = net.subnets;
    const database = await account.make(tokens.DB_INSTANCE, "db", await databaseInputs(account, net));
    expect(await refusal(account.remove(first))).to.contain(`The subnet '${first.id}' has dependencies and cannot be deleted. Still there: ${database.id} (db)`);
    await account.remove(database);
    const files = await account.make(tokens.FILE_SYSTEM, "files", {});
    const target = await account.make(tokens.MOUNT_TARGET, "target", { fileSystemId: files.id, subnetId: first.id });
    expect(await refusal(account.remove(first))).to.contain(target.id);
    await account.remove(target);
    const cluster = await account.make(tokens.EKS_CLUSTER, "cluster", await clusterInputs(account, net));
    expect(await refusal(account.remove(first))).to.contain("moodle (cluster)");
    await account.remove(cluster);
    await account.remove(first);
  });

  it("keeps an internet gateway while a NAT gateway or a load balancer has a public address", async () => {
    const { vpc, subnets } = await network(account);
    const gateway = await account.make(tokens.INTERNET_GATEWAY, "igw", { vpcId: vpc.id });
    const nat = await account.make(tokens.NAT_GATEWAY, "nat", { vpcId: vpc.id, availabilityMode: "regional" });
    expect(await refusal(account.remove(gateway))).to.match(/^DependencyViolation: Network vpc-\w+ has some mapped public address/);
    await account.remove(nat);
    const outputs = { vpcId: vpc.id, subnets: [subnets[0].id], internal: false };
    await account.put({ type: tokens.LOAD_BALANCER, id: "leaked", name: "gateway", outputs });
    expect(await refusal(account.remove(gateway)), "a Service's load balancer that nobody deleted").to.contain("leaked (gateway)");
    await account.put({ type: tokens.LOAD_BALANCER, id: "leaked", name: "gateway", outputs: { ...outputs, internal: true } });
    await account.remove(gateway);
  });

  it("makes a public NAT gateway only where there is a way out", async () => {
    const { vpc } = await network(account);
    const regional = { vpcId: vpc.id, availabilityMode: "regional" };
    expect(await refusal(account.make(tokens.NAT_GATEWAY, "early", regional))).to.contain("has no Internet gateway attached");
    await account.make(tokens.INTERNET_GATEWAY, "igw", { vpcId: vpc.id });
    await account.make(tokens.NAT_GATEWAY, "nat", regional);
  });

  it("asks for an address for a NAT gateway in one zone, and gives five", async () => {
    const { vpc, subnets } = await network(account);
    await account.make(tokens.INTERNET_GATEWAY, "igw", { vpcId: vpc.id });
    const zonal = { subnetId: subnets[0].id, connectivityType: "public" };
    expect(await refusal(account.make(tokens.NAT_GATEWAY, "bare", zonal))).to.contain("allocationId");
    expect(await refusal(account.make(tokens.NAT_GATEWAY, "lost", { ...zonal, allocationId: "eipalloc-0" }))).to.contain("InvalidAllocationID.NotFound");
    const addresses: Made[] = [];
    for (let index = 0; index < 5; index++) addresses.push(await account.make(tokens.EIP, `eip-${index}`, { domain: "vpc" }));
    const nat = await account.make(tokens.NAT_GATEWAY, "nat", { ...zonal, allocationId: addresses[0]?.id });
    expect(nat.outputs.publicIp).to.equal(addresses[0]?.outputs.publicIp);
    expect(await refusal(account.make(tokens.EIP, "sixth", { domain: "vpc" }))).to.contain("AddressLimitExceeded");
  });

  it("takes one route for each destination, to a gateway that exists", async () => {
    const { vpc } = await network(account);
    const gateway = await account.make(tokens.INTERNET_GATEWAY, "igw", { vpcId: vpc.id });
    const table = await account.make(tokens.ROUTE_TABLE, "table", { vpcId: vpc.id });
    const out = { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id };
    expect(await refusal(account.make(tokens.ROUTE, "lost", { ...out, gatewayId: "igw-0" }))).to.contain("InvalidInternetGatewayID.NotFound");
    expect(await refusal(account.make(tokens.ROUTE, "nowhere", { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0" }))).to.contain("exactly one target");
    await account.make(tokens.ROUTE, "out", out);
    expect(await refusal(account.make(tokens.ROUTE, "again", out))).to.equal("RouteAlreadyExists: The route identified by 0.0.0.0/0 already exists.");
  });

  it("keeps a route table while a subnet is associated, and associates a subnet once", async () => {
    const { vpc, subnets } = await network(account);
    const [one, other] = [await account.make(tokens.ROUTE_TABLE, "one", { vpcId: vpc.id }), await account.make(tokens.ROUTE_TABLE, "other", { vpcId: vpc.id })];
    const association = await account.make(tokens.ROUTE_TABLE_ASSOCIATION, "a", { routeTableId: one.id, subnetId: subnets[0].id });
    expect(await refusal(account.make(tokens.ROUTE_TABLE_ASSOCIATION, "b", { routeTableId: other.id, subnetId: subnets[0].id }))).to.contain("Resource.AlreadyAssociated");
    expect(await refusal(account.remove(one))).to.contain(`The routeTable '${one.id}' has dependencies`);
    await account.remove(association);
    await account.remove(one);
  });

  it("has endpoints of services that exist, with private names only where the VPC resolves names", async () => {
    const { vpc } = await network(account);
    const silent = await account.make(tokens.VPC, "silent", { cidrBlock: "10.7.0.0/16" });
    const endpoint = { vpcId: vpc.id, serviceName: "com.amazonaws.eu-central-1.sts", vpcEndpointType: "Interface", privateDnsEnabled: true };
    expect(await refusal(account.make(tokens.VPC_ENDPOINT, "typo", { ...endpoint, serviceName: "com.amazonaws.eu-central-1.stss" }))).to.contain("InvalidServiceName");
    expect(await refusal(account.make(tokens.VPC_ENDPOINT, "silent", { ...endpoint, vpcId: silent.id }))).to.contain("enableDnsHostnames");
    await account.make(tokens.VPC_ENDPOINT, "sts", endpoint);
  });

  it("has flow logs only with a role that the service may use", async () => {
    const { vpc } = await network(account);
    const wrong = await role(account, "wrong", trust("ec2.amazonaws.com"));
    const right = await role(account, "right", trust("vpc-flow-logs.amazonaws.com"));
    const log = { vpcId: vpc.id, trafficType: "ALL", logDestinationType: "cloud-watch-logs", logDestination: "arn:aws:logs:eu-central-1:123456789012:log-group:flow", maxAggregationInterval: 60 };
    expect(await refusal(account.make(tokens.FLOW_LOG, "wrong", { ...log, iamRoleArn: wrong.outputs.arn }))).to.equal("InvalidParameter: Unable to assume given IAM role");
    await account.make(tokens.FLOW_LOG, "right", { ...log, iamRoleArn: right.outputs.arn });
  });
});

describe("security groups of the simulated AWS", () => {
  let account: Account;
  let vpc: Made;

  beforeEach(async () => {
    account = await Account.open();
    vpc = (await network(account)).vpc;
  });
  afterEach(() => account.close());

  const group = (name: string): Promise<Made> => account.make(tokens.SECURITY_GROUP, name, { vpcId: vpc.id, name });
  const rule = (to: Made, more: Readonly<Record<string, string | number>>): Promise<Made> =>
    account.make(tokens.INGRESS_RULE, JSON.stringify(more), { securityGroupId: to.id, ipProtocol: "tcp", fromPort: 5432, toPort: 5432, ...more });

  it("refuses a second group of the same name in a VPC", async () => {
    await group("data");
    expect(await refusal(group("data"))).to.equal(`InvalidGroup.Duplicate: The security group 'data' already exists for VPC '${vpc.id}'`);
  });

  it("refuses a rule twice, and to or from a group that does not exist", async () => {
    const [data, pods] = [await group("data"), await group("pods")];
    expect(await refusal(rule(data, { referencedSecurityGroupId: "sg-0" }))).to.equal("InvalidGroup.NotFound: The security group 'sg-0' does not exist");
    await rule(data, { referencedSecurityGroupId: pods.id });
    expect(await refusal(rule(data, { referencedSecurityGroupId: pods.id }))).to.contain("InvalidPermission.Duplicate");
    await rule(data, { referencedSecurityGroupId: pods.id, fromPort: 6379, toPort: 6379 });
  });

  it("wants exactly one peer, and ports for tcp", async () => {
    const data = await group("data");
    expect(await refusal(rule(data, {}))).to.contain("exactly one of cidrIpv4");
    expect(await refusal(rule(data, { cidrIpv4: "10.0.0.0/8", fromPort: 70_000, toPort: 70_000 }))).to.contain("65535");
    await rule(data, { cidrIpv4: "10.0.0.0/8" });
  });

  it("takes 60 rules in a group", async () => {
    const data = await group("data");
    for (let port = 1; port <= 60; port++) await rule(data, { cidrIpv4: "10.0.0.0/8", fromPort: port, toPort: port });
    expect(await refusal(rule(data, { cidrIpv4: "10.0.0.0/8" }))).to.contain("RulesPerSecurityGroupLimitExceeded");
  });

  it("keeps a group while another group's rule names it", async () => {
    const [data, pods] = [await group("data"), await group("pods")];
    const named = await rule(data, { referencedSecurityGroupId: pods.id });
    expect(await refusal(account.remove(pods))).to.match(new RegExp(`^DependencyViolation: resource ${pods.id} has a dependent object`));
    await account.remove(named);
    await account.remove(pods);
  });
});
