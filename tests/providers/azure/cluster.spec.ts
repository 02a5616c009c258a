import { expect } from "chai";
import { resolved } from "../../support/recording";
import { aLargePlan, aSmallPlan, built, type Built } from "./built";

const type = "containerservice:ManagedCluster";

describe("Azure cluster", () => {
  let large: Built;
  let small: Built;
  before(async () => {
    large = await built(aLargePlan());
    small = await built(aSmallPlan());
  });

  it("makes nodes by itself, for everything but its own parts", () => {
    expect(large.inputs(type)).to.deep.include({ sku: { name: "Base", tier: "Standard" } });
    expect(large.inputs(type)["nodeProvisioningProfile"]).to.deep.equal({ mode: "Auto", defaultNodePools: "Auto" });
    const [pool, ...others] = large.inputs(type)["agentPoolProfiles"] as Record<string, unknown>[];
    expect(others).to.deep.equal([]);
    expect(pool).to.deep.include({
      mode: "System",
      count: 3,
      vmSize: "Standard_D4ds_v5",
      availabilityZones: ["1", "2", "3"],
      nodeTaints: ["CriticalAddonsOnly=true:NoSchedule"],
    });
    expect(small.inputs(type)["agentPoolProfiles"]).to.have.nested.property("[0].vmSize", "Standard_D2ds_v5");
  });

  it("lets in nobody but identities of Entra ID", () => {
    expect(large.inputs(type)).to.deep.include({ disableLocalAccounts: true, aadProfile: { managed: true, enableAzureRBAC: true } });
  });

  it("enforces network policies and has pods outside of the subnets", () => {
    expect(large.inputs(type)["networkProfile"]).to.include({
      networkPluginMode: "overlay",
      networkDataplane: "cilium",
      networkPolicy: "cilium",
      outboundType: "userAssignedNATGateway",
      podCidr: "172.24.0.0/16",
    });
    expect(large.foundation.kubernetes.podRanges).to.deep.equal(["172.24.0.0/16"]);
  });

  it("is reached from the plan's ranges, or from inside alone", async () => {
    expect(large.inputs(type)["apiServerAccessProfile"]).to.include({ enableVnetIntegration: true, enablePrivateCluster: false });
    expect(large.inputs(type)["apiServerAccessProfile"]).to.have.deep.property("authorizedIPRanges", ["192.0.2.0/24"]);
    const { cluster } = aLargePlan();
    const shut = await built(aLargePlan({ cluster: { ...cluster, endpointRanges: [] } }));
    expect(shut.inputs(type)["apiServerAccessProfile"]).to.include({ enablePrivateCluster: true });
    expect(shut.inputs(type)["apiServerAccessProfile"]).to.not.have.property("authorizedIPRanges");
  });

  it("is upgraded in the plan's window", () => {
    const windows = large.resources.filter((each) => each.type === "azure-native:containerservice:MaintenanceConfiguration");
    expect(windows.map(({ inputs }) => inputs["configName"])).to.have.members(["aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule"]);
    for (const { inputs } of windows) {
      expect(inputs["maintenanceWindow"]).to.deep.equal({
        schedule: { weekly: { dayOfWeek: "Sunday", intervalWeeks: 1 } },
        startTime: "02:00",
        durationHours: 4,
        utcOffset: "+00:00",
      });
    }
  });

  it("is talked to once the deployers may, and known by its ID", async () => {
    const provider = large.the("pulumi:providers:kubernetes");
    expect(provider.dependencies).to.include(large.the("authorization:RoleAssignment", "-deployer-00000000-0000-4000-8000-00000000000a").urn);
    expect(provider.inputs["clusterIdentifier"]).to.equal(`/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/site-platform/providers/containerservice:ManagedCluster/site-cluster`);
    expect(JSON.parse(await resolved(large.foundation.kubernetes.kubeconfig))).to.have.nested.property("clusters[0].cluster.server", "https://site-cluster.hcp.germanywestcentral.azmk8s.io:443");
  });

  it("keeps the visitor's address on the packets, and a silent connection for half an hour", () => {
    expect(large.foundation.ingress).to.deep.equal({
      annotations: { "service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout": "30" },
      clientAddress: "packet",
      trustedRanges: [],
    });
  });
});
