import { expect } from "chai";
import { overlap } from "../../../components/plan/ranges";
import { cutRanges, nameServerIn } from "../../../providers/gcp/ranges";
import { resolved } from "../../support/recording";
import { aGcpPlan, aSmallGcpPlan, built } from "./built";

describe("GCP network", () => {
  it("gives pods the half, and nodes, data and Services an eighth each, whatever the range", () => {
    expect(cutRanges("10.64.0.0/16")).to.deep.equal({
      pods: "10.64.0.0/17",
      nodes: "10.64.128.0/19",
      data: "10.64.160.0/19",
      services: "10.64.192.0/19",
    });
    for (const range of ["10.0.0.0/16", "192.168.0.0/17", "172.31.192.0/18"]) {
      const { pods, nodes, data, services } = cutRanges(range);
      const parts = [pods, nodes, data, services];
      for (const [index, one] of parts.entries()) {
        expect(overlap(one, range)).to.equal(true);
        for (const other of parts.slice(index + 1)) expect(overlap(one, other), `${one} and ${other}`).to.equal(false);
      }
    }
  });

  it("is the same for two zones and three: nothing that holds data moves with a zone", async () => {
    const three = await built(aGcpPlan());
    const { network } = aGcpPlan();
    const two = await built(aGcpPlan({ network: { ...network, zones: network.zones.slice(0, 2) } }));
    expect(two.resources.map(({ urn, inputs }) => ({ urn, inputs }))).to.have.deep.members(three.resources.map(({ urn, inputs }) => ({ urn, inputs })));
  });

  it("has one way out, that needs no public address on a node, and a way to Google past it", async () => {
    const { inputs } = await built(aGcpPlan());
    expect(inputs("compute/routerNat:RouterNat")).to.include({ natIpAllocateOption: "AUTO_ONLY", sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES" });
    expect(inputs("compute/subnetwork:Subnetwork")).to.include({ privateIpGoogleAccess: true, ipCidrRange: "10.64.128.0/19" });
    expect(inputs("container/cluster:Cluster").privateClusterConfig).to.include({ enablePrivateNodes: true });
  });

  it("gives Google's services addresses of ours, in a peering that is abandoned with the last of them", async () => {
    const { inputs, the } = await built(aGcpPlan());
    expect(inputs("compute/globalAddress:GlobalAddress")).to.include({ purpose: "VPC_PEERING", address: "10.64.160.0", prefixLength: 19 });
    expect(inputs("servicenetworking/connection:Connection")).to.include({ deletionPolicy: "ABANDON" });
    expect(the("servicenetworking/connection:Connection").protect).to.equal(true);
  });

  it("records who talked to whom where the plan says so", async () => {
    expect((await built(aGcpPlan())).inputs("compute/subnetwork:Subnetwork")).to.have.property("logConfig");
    expect((await built(aSmallGcpPlan())).inputs("compute/subnetwork:Subnetwork")).not.to.have.property("logConfig");
  });

  it("lets pods ask every name server a node may have, and reach data and nothing else of the network", async () => {
    const { foundation } = await built(aSmallGcpPlan());
    const open = await Promise.all(foundation.requiredEgress.map(async ({ cidr, port, protocol }) => `${await resolved(cidr)} ${port} ${protocol}`));
    expect(nameServerIn("10.64.192.0/19")).to.equal("10.64.192.10");
    expect(open).to.have.members([
      ...["10.64.192.10/32", "169.254.20.10/32", "169.254.169.254/32"].flatMap((server) => [`${server} 53 UDP`, `${server} 53 TCP`]),
      "10.64.160.0/19 5432 TCP",
      "10.64.160.0/19 6378 TCP",
    ]);
  });
});
