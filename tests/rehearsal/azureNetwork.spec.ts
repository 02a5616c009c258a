import { expect } from "chai";

import * as tokens from "../../rehearsal/clouds/azure-native/tokens";
import { type Account, idInGroup, inGroup, InputsRefused, network, openSubscription, refusal, serverInputs, subnet, zone } from "./azureSubscription";

describe("the network of the simulated Azure", () => {
  let account: Account;

  beforeEach(async () => {
    account = await openSubscription();
  });
  afterEach(() => account.close());

  it("gives ids, names and regions in Azure's form", async () => {
    const { network: whole, nodes } = await network(account);
    expect(whole.id).to.equal(idInGroup("Microsoft.Network/virtualNetworks/v"));
    expect(nodes.id).to.equal(`${whole.id}/subnets/nodes`);
    expect(whole.outputs).to.deep.include({ name: "v", type: "Microsoft.Network/virtualNetworks", location: "westeurope", azureApiVersion: "2024-05-01", provisioningState: "Succeeded" });
  });

  it("makes up names as the provider does: with eight digits, the logical name itself, or a number", async () => {
    const group = await account.make(tokens.SECURITY_GROUP, "closed", { ...inGroup, securityRules: [] });
    await account.make(tokens.VIRTUAL_NETWORK, "v", { ...inGroup, virtualNetworkName: "v", addressSpace: { addressPrefixes: ["10.0.0.0/16"] } });
    const inside = await account.make(tokens.SUBNET, "inside", { ...inGroup, virtualNetworkName: "v", addressPrefix: "10.0.0.0/24" });
    expect(group.outputs.name).to.match(/^closed[0-9a-f]{8}$/);
    expect(inside.outputs.name).to.equal("inside");
  });

  it("takes nothing without its group and its parent", async () => {
    expect(await refusal(account.make(tokens.SECURITY_GROUP, "lost", { resourceGroupName: "nowhere" }))).to.equal("ResourceGroupNotFound: Resource group 'nowhere' could not be found.");
    expect(await refusal(subnet(account, "lost", "10.0.0.0/24"))).to.match(/^ParentResourceNotFound: .*virtualNetworks\/v' could not be found/);
  });

  it("refuses two changes of a network at the same time", async () => {
    await account.make(tokens.VIRTUAL_NETWORK, "v", { ...inGroup, virtualNetworkName: "v", addressSpace: { addressPrefixes: ["10.0.0.0/16"] } });
    await account.put({ type: tokens.SUBNET, id: idInGroup("Microsoft.Network/virtualNetworks/v/subnets/first"), name: "first", outputs: { addressPrefix: "10.0.0.0/24" }, status: "creating" });
    expect(await refusal(subnet(account, "second", "10.0.1.0/24"))).to.match(/^AnotherOperationInProgress: Another operation on this or dependent resource is in progress/);
  });

  it("takes a subnet inside its network, apart from the others", async () => {
    await network(account);
    expect(await refusal(subnet(account, "out", "10.1.0.0/24"))).to.match(/^NetcfgSubnetRangeOutsideVnet: Subnet 'out'/);
    expect(await refusal(subnet(account, "over", "10.0.1.128/25"))).to.match(/^NetcfgSubnetRangesOverlap: .*database/);
    expect(await refusal(subnet(account, "odd", "10.0.9.1/24"))).to.contain("InvalidCIDRNotation");
    await subnet(account, "free", "10.0.9.0/24");
  });

  it("keeps a subnet, a gateway, an address and a group of rules while they are used", async () => {
    const net = await network(account);
    expect(await refusal(account.remove(net.nat))).to.match(/^InUseNatGatewayCannotBeDeleted: .*nodes/);
    const account1 = await account.make(tokens.STORAGE_ACCOUNT, "files", { ...inGroup, accountName: "files1", kind: "StorageV2", sku: { name: "Standard_ZRS" } });
    const endpoint = await account.make(tokens.PRIVATE_ENDPOINT, "files", {
      ...inGroup,
      subnet: { id: net.endpoints.id },
      privateLinkServiceConnections: [{ name: "files", privateLinkServiceId: account1.id, groupIds: ["blob"] }],
    });
    expect(await refusal(account.remove(net.endpoints))).to.match(/^InUseSubnetCannotBeDeleted: .*files/);
    await account.remove(endpoint);
    await account.remove(net.endpoints);
  });

  it("connects a private endpoint only to a service that has what is asked of it", async () => {
    const net = await network(account);
    const cache = await account.make(tokens.CACHE, "c", { ...inGroup, clusterName: "c", sku: { name: "Balanced_B5" }, publicNetworkAccess: "Disabled" });
    const ask = (privateLinkServiceId: string, group: string) =>
      refusal(account.make(tokens.PRIVATE_ENDPOINT, group, { ...inGroup, subnet: { id: net.endpoints.id }, privateLinkServiceConnections: [{ name: "c", privateLinkServiceId, groupIds: [group] }] }));
    expect(await ask(cache.id, "blob")).to.match(/^PrivateLinkServiceGroupIdNotFound: .* it has redisEnterprise/);
    expect(await ask(`${cache.id}x`, "redisEnterprise")).to.match(/^ResourceNotFound/);
  });

  it("keeps a private zone while a network sees it, and a network while it does", async () => {
    const net = await network(account);
    const { zone: made, link } = await zone(account, net, "privatelink.redis.azure.net");
    expect(await refusal(account.remove(made))).to.match(/^CannotDeleteResource: .*nested resources/);
    expect(await refusal(account.remove(net.network))).to.match(/^InUseVirtualNetworkCannotBeDeleted/);
    await account.remove(link);
    await account.remove(made);
    expect(await refusal(account.make(tokens.PRIVATE_ZONE, "here", { ...inGroup, privateZoneName: "a.example.edu", location: "westeurope" }))).to.contain("LocationNotAvailableForResourceType");
  });

  it("has a database's subnet held for a while after the database has gone, and a group deletion wait for it", async () => {
    const net = await network(account);
    const server = await account.make(tokens.SERVER, "db", await serverInputs(account, net));
    expect(await refusal(account.remove(net.database))).to.match(/^InUseSubnetCannotBeDeleted: .*moodle/);
    await account.remove(server);
    const gone = await account.now();
    expect(await refusal(account.remove(net.database))).to.match(/^InUseSubnetCannotBeDeleted: .*serviceAssociationLinks\/legionservicelink/);
    const group = account.live(tokens.RESOURCE_GROUP)[0];
    if (group === undefined) throw new Error("the group is gone");
    await account.remove(group);
    expect(await account.now()).to.be.at.least(gone + 2);
    expect(account.live(tokens.SUBNET), "what was in the group").to.deep.equal([]);
  });

  it("deletes a group with everything in it, unless something in it is locked", async () => {
    const { network: whole } = await network(account);
    const lock = await account.make(tokens.LOCK, "kept", { scope: whole.id, level: "CanNotDelete" });
    const group = account.live(tokens.RESOURCE_GROUP)[0];
    if (group === undefined) throw new Error("the group is gone");
    expect(await refusal(account.remove(group))).to.match(/^ScopeLocked: .*virtualNetworks\/v/);
    expect(await refusal(account.remove(whole))).to.match(/^ScopeLocked/);
    await account.remove(lock);
    await account.remove(group);
    expect(account.live(tokens.VIRTUAL_NETWORK)).to.deep.equal([]);
  });

  it("moves nothing to another region in place", async () => {
    const group = await account.make(tokens.SECURITY_GROUP, "closed", { ...inGroup, networkSecurityGroupName: "closed", securityRules: [] });
    expect(account.replaced(group, { location: "northeurope" })).to.deep.equal([]);
    expect(await refusal(account.change(group, { location: "northeurope" }))).to.match(/^InvalidResourceLocation: The resource 'closed' already exists in location 'westeurope'/);
    const { network: whole } = await network(account);
    expect(account.replaced(whole, { location: "northeurope" })).to.deep.equal(["location"]);
  });

  it("refuses rules of the same priority at the inputs", async () => {
    const rule = (name: string) => ({ name, priority: 100, direction: "Inbound", access: "Allow", protocol: "Tcp" });
    let thrown: unknown;
    await account.make(tokens.SECURITY_GROUP, "twice", { ...inGroup, securityRules: [rule("a"), rule("b")] }).catch((error: unknown) => (thrown = error));
    expect(thrown).to.be.instanceOf(InputsRefused);
    expect(String(thrown)).to.contain("SecurityRuleConflict");
  });
});
