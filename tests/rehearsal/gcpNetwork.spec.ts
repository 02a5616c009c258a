import { expect } from "chai";

import * as tokens from "../../rehearsal/clouds/gcp/tokens";
import { type Account, clusterInputs, connect, databaseInputs, type Made, network, openProject, PROJECT, refusal, type TestNetwork } from "./gcpProject";

describe("the network of the simulated Google Cloud", () => {
  let project: Account;
  let net: TestNetwork;

  beforeEach(async () => {
    project = await openProject();
    net = await network(project);
  });
  afterEach(() => project.close());

  const subnetwork = (name: string, ipCidrRange: string): Promise<Made> => project.make(tokens.SUBNETWORK, name, { name, network: net.network.id, ipCidrRange });

  it("gives ids and links in Google's form", () => {
    expect(net.network.id).to.equal(`projects/${PROJECT}/global/networks/net`);
    expect(net.network.outputs.selfLink).to.equal(`https://www.googleapis.com/compute/v1/projects/${PROJECT}/global/networks/net`);
    expect(net.subnetwork.id).to.equal(`projects/${PROJECT}/regions/europe-west3/subnetworks/net`);
    expect(net.subnetwork.outputs.gatewayAddress).to.equal("10.64.0.1");
    expect(net.subnetwork.outputs.network, "a refresh must find what the program gave").to.equal(net.network.id);
  });

  it("has a name once", async () => {
    expect(await refusal(project.make(tokens.NETWORK, "again", { name: "net" }))).to.equal(`googleapi: Error 409: The resource 'projects/${PROJECT}/global/networks/net' already exists, alreadyExists`);
  });

  it("takes ranges that do not meet, those for pods and services among them", async () => {
    expect(await refusal(subnetwork("over", "10.64.2.0/24"))).to.match(/^googleapi: Error 400: Invalid IPCidrRange: .*conflicts with existing subnetwork 'net'/);
    expect(await refusal(subnetwork("pods", "10.64.64.0/24")), "inside the pods' range").to.contain("conflicts");
    expect(await refusal(subnetwork("bits", "10.64.3.1/24"))).to.contain("ipCidrRange");
    await subnetwork("free", "10.64.16.0/24");
  });

  it("lets a range grow, and replaces where it would shrink", () => {
    expect(project.replaced(net.subnetwork, { ipCidrRange: "10.64.0.0/20" })).to.deep.equal([]);
    expect(project.replaced(net.subnetwork, { ipCidrRange: "10.64.0.0/24" })).to.deep.equal(["ipCidrRange"]);
  });

  it("stays while something is in it, and does not wait", async () => {
    const message = await refusal(project.remove(net.network));
    expect(message).to.match(/^googleapi: Error 400: The network resource 'projects\/example-moodle\/global\/networks\/net' is already being used by '.*', resourceInUseByAnotherResource$/);
    await project.remove(net.subnetwork);
    const rule = await project.make(tokens.FIREWALL, "rule", { network: net.network.id, allows: [{ protocol: "tcp" }] });
    expect(await refusal(project.remove(net.network))).to.contain("already being used");
    await project.remove(net.range);
    expect(await refusal(project.remove(net.network))).to.contain("firewalls");
    await project.remove(rule);
    await project.remove(net.network);
  });

  it("translates all subnetworks of a router once", async () => {
    const router = await project.make(tokens.ROUTER, "nat", { name: "nat", network: net.network.id });
    const all = { router: router.outputs.name, natIpAllocateOption: "AUTO_ONLY", sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES" };
    const nat = await project.make(tokens.ROUTER_NAT, "nat", { ...all, name: "nat" });
    expect(nat.id).to.equal(`${PROJECT}/europe-west3/nat/nat`);
    expect(await refusal(project.make(tokens.ROUTER_NAT, "other", { ...all, name: "other" }))).to.contain("A NAT for all subnetworks exists already");
    await project.remove(router);
    expect(project.live(tokens.ROUTER_NAT), "what a router translates goes with it").to.deep.equal([]);
  });

  it("holds a subnetwork while a cluster is in it", async () => {
    await project.make(tokens.CLUSTER, "moodle", clusterInputs(net));
    expect(await refusal(project.remove(net.subnetwork))).to.contain("clusters/moodle");
  });

  describe("and its connection to Google's own", () => {
    it("needs a range that was set aside in the same network", async () => {
      const other = await network(project, "other", "10.80");
      expect(await refusal(connect(project, { ...net, range: other.range }))).to.contain("not found in network");
      await connect(project, net);
    });

    it("holds the network and the range", async () => {
      await project.remove(net.subnetwork);
      const connection = await connect(project, net);
      expect(await refusal(project.remove(net.range))).to.contain("already being used");
      expect(await refusal(project.remove(net.network))).to.contain("already being used");
      await project.remove(connection);
      await project.remove(net.range);
      await project.remove(net.network);
    });

    it("can't be ended while a database is there, nor for long after it is gone", async () => {
      const connection = await connect(project, net);
      const database = await project.make(tokens.SQL_INSTANCE, "db", databaseInputs(net));
      const still = /Failed to delete connection; Producer services \(e\.g\. CloudSQL, Cloud Memstore, etc\.\) are still using this connection\.$/;
      expect(await refusal(project.remove(connection))).to.match(still);
      await project.remove(database);
      expect(await refusal(project.remove(connection)), "Google's side is kept").to.match(still);
    });

    it("is only let go of where it is abandoned", async () => {
      const connection = await connect(project, net, { deletionPolicy: "ABANDON" });
      const database = await project.make(tokens.SQL_INSTANCE, "db", databaseInputs(net));
      await project.remove(database);
      await project.remove(connection);
      for (const part of [net.range, net.subnetwork, net.network]) await project.remove(part);
    });

    for (const [what, type, inputs] of [
      ["a database", tokens.SQL_INSTANCE, (at: TestNetwork) => databaseInputs(at)],
      ["a cache", tokens.REDIS, (at: TestNetwork) => ({ name: "cache", memorySizeGb: 1, connectMode: "PRIVATE_SERVICE_ACCESS", authorizedNetwork: at.network.id })],
      [
        "shared files",
        tokens.FILESTORE,
        (at: TestNetwork) => ({
          ...{ name: "files", tier: "REGIONAL", location: "europe-west3", fileShares: { name: "files", capacityGb: 1024 } },
          networks: [{ network: at.network.id, modes: ["MODE_IPV4"], connectMode: "PRIVATE_SERVICE_ACCESS" }],
        }),
      ],
    ] as const) {
      it(`must be there before ${what}`, async () => {
        expect(await refusal(project.make(type, "early", inputs(net)))).to.match(/private service/i);
        await connect(project, net);
        await project.make(type, "late", inputs(net));
      });
    }
  });
});
