import { expect } from "chai";
import { aLargePlan, aSmallPlan, built, type Built } from "./built";

interface Rule {
  readonly name: string;
  readonly access: string;
  readonly sourceAddressPrefix: string;
  readonly destinationPortRanges?: readonly string[];
}

describe("Azure network", () => {
  let large: Built;
  let small: Built;
  before(async () => {
    large = await built(aLargePlan());
    small = await built(aSmallPlan());
  });

  it("has one subnet for each purpose, over all zones, cut from the plan's ranges", () => {
    for (const each of [large, small]) {
      const subnets = each.resources.filter(({ type }) => type === "azure-native:network:Subnet");
      expect(Object.fromEntries(subnets.map(({ name, inputs }) => [name, inputs["addressPrefix"]]))).to.deep.equal({
        "site-database": "10.64.97.0/24",
        "site-endpoints": "10.64.98.0/24",
        "site-api": "10.64.105.0/24",
        "site-nodes": "10.64.0.0/19",
      });
    }
  });

  it("writes its subnets one after the other", () => {
    const urn = (name: string) => large.the("network:Subnet", name).urn;
    for (const [later, earlier] of [["-endpoints", "-database"], ["-api", "-endpoints"], ["-nodes", "-api"]] as const) {
      expect(large.the("network:Subnet", later).dependencies).to.include(urn(earlier));
    }
  });

  it("takes no subnet for its own that Azure lists with the network", () => {
    expect(large.the("network:VirtualNetwork").ignoreChanges).to.deep.equal(["subnets"]);
  });

  it("has one way out, and for nodes alone", () => {
    const subnets = large.resources.filter(({ type }) => type === "azure-native:network:Subnet");
    expect(subnets.filter(({ inputs }) => inputs["natGateway"] !== undefined).map(({ name }) => name)).to.deep.equal(["site-nodes"]);
    expect(subnets.map(({ inputs }) => inputs["defaultOutboundAccess"])).to.deep.equal([false, false, false, false]);
    expect(large.names("network:NatGateway")).to.deep.equal(["site-nat"]);
  });

  it("leaves to the group's deletion what a deleted database still holds, and nothing else", () => {
    const retained = large.resources.filter(({ retainOnDelete }) => retainOnDelete).map(({ type, name }) => `${type} ${name}`);
    expect(retained).to.have.members([
      "azure-native:network:NetworkSecurityGroup site-database",
      "azure-native:network:Subnet site-database",
      "azure-native:network:VirtualNetwork site-network",
    ]);
  });

  it("gives the database and the API subnets of their own", () => {
    const servicesOf = (name: string) => (large.inputs("network:Subnet", name)["delegations"] as { serviceName: string }[]).map(({ serviceName }) => serviceName);
    expect(servicesOf("-database")).to.deep.equal(["Microsoft.DBforPostgreSQL/flexibleServers"]);
    expect(servicesOf("-api")).to.deep.equal(["Microsoft.ContainerService/managedClusters"]);
  });

  it("lets nodes into database, caches and files on their ports, the standby to its primary, and nobody else", () => {
    const admitted = (name: string) =>
      (large.inputs("network:NetworkSecurityGroup", name)["securityRules"] as Rule[]).map(
        ({ access, sourceAddressPrefix, destinationPortRanges }) => `${access} ${sourceAddressPrefix} ${destinationPortRanges?.join(",") ?? "*"}`,
      );
    expect(admitted("-database")).to.deep.equal(["Allow 10.64.0.0/19 5432", "Allow 10.64.97.0/24 5432,6432", "Deny * *"]);
    expect(admitted("-endpoints")).to.deep.equal(["Allow 10.64.0.0/19 443,2049,10000", "Deny * *"]);
    expect(large.inputs("network:Subnet", "-endpoints")["privateEndpointNetworkPolicies"]).to.equal("NetworkSecurityGroupEnabled");
  });

  it("finds caches, files and objects by names that lead into the network", () => {
    expect(large.resources.filter(({ type }) => type === "azure-native:privatedns:PrivateZone").map(({ inputs }) => inputs["privateZoneName"])).to.have.members([
      "site.private.postgres.database.azure.com",
      "privatelink.redis.azure.net",
      "privatelink.blob.core.windows.net",
      "privatelink.file.core.windows.net",
    ]);
    expect(large.names("privatedns:VirtualNetworkLink")).to.have.length(4);
    expect(large.names("network:PrivateEndpoint")).to.deep.equal(["site-cache", "site-files", "site-objects", "site-sessions"]);
    expect(small.names("network:PrivateEndpoint")).to.deep.equal(["site-files", "site-sessions"]);
  });

  it("has no public way to data", () => {
    const open = large.resources.filter(({ type, inputs }) => /:(RedisEnterprise|StorageAccount)$/.test(type) && inputs["publicNetworkAccess"] !== "Disabled");
    expect(open.map(({ name }) => name), "only the account of flow logs, which is shut by its rules").to.deep.equal(["site-flow-logs"]);
    expect(large.inputs("storage:StorageAccount", "-flow-logs")["networkRuleSet"]).to.deep.equal({ defaultAction: "Deny", bypass: "AzureServices" });
    expect(large.inputs("dbforpostgresql:Server")["network"]).to.include({ publicNetworkAccess: "Disabled" });
  });

  it("records who talked to whom only where the plan says so", () => {
    expect(large.inputs("network:FlowLog")).to.deep.include({ networkWatcherName: "NetworkWatcher_germanywestcentral", retentionPolicy: { enabled: true, days: 80 } });
    expect(small.names("network:FlowLog")).to.deep.equal([]);
    expect(small.resources.filter(({ name }) => name === "site-flow-logs")).to.deep.equal([]);
  });
});
