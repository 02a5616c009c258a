import { expect } from "chai";
import { parse } from "yaml";

import { startClock } from "../../rehearsal/clock/server";
import { cloud as kubernetes } from "../../rehearsal/clouds/kubernetes";
import * as tokens from "../../rehearsal/clouds/azure-native/tokens";
import { holderOf } from "../../rehearsal/provider/endpoint";
import { list, object, type Properties, text } from "../../rehearsal/provider/properties";
import { Store } from "../../rehearsal/provider/store";
import { type Account, clusterInputs, grant, inGroup, type Made, network, NETWORK_CONTRIBUTOR, openSubscription, refusal, SUBSCRIPTION, type TestNetwork } from "./azureSubscription";
import { ProviderClient } from "./support/providerClient";

const CLUSTER_ADMIN = "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b";
const READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
const DEPLOYER = "00000000-0000-4000-8000-00000000000a";

describe("the cluster of the simulated Azure", () => {
  let account: Account;
  let net: TestNetwork;
  let identity: Made;
  let inputs: Properties;

  beforeEach(async () => {
    account = await openSubscription();
    net = await network(account);
    identity = await account.make(tokens.IDENTITY, "cluster", { ...inGroup, resourceName: "cluster" });
    inputs = clusterInputs(net, identity);
  });
  afterEach(() => account.close());

  const principal = (of: Made): string => text(of.outputs, "principalId") ?? "";
  const allowed = (): Promise<Made> => grant(account, "network", NETWORK_CONTRIBUTOR, net.network.id, principal(identity));

  async function cluster(): Promise<Made> {
    await allowed();
    return account.make(tokens.CLUSTER, "cluster", inputs);
  }

  it("is refused before its identity may use the network", async () => {
    expect(await refusal(account.make(tokens.CLUSTER, "cluster", inputs))).to.match(/^LinkedAuthorizationFailed: The client with object id .* does not have permission to perform action 'Microsoft.Network\/virtualNetworks\/subnets\/join\/action'/);
    await grant(account, "wrong", READER, net.network.id, principal(identity));
    expect(await refusal(account.make(tokens.CLUSTER, "cluster", inputs)), "a role that is not enough").to.contain("LinkedAuthorizationFailed");
    await allowed();
    await account.make(tokens.CLUSTER, "cluster", inputs);
  });

  it("answers with addresses and an issuer in Azure's form, of which a preview knows none", async () => {
    const { id, outputs } = await cluster();
    expect(id).to.match(/\/managedClusters\/moodle$/);
    expect(outputs.fqdn).to.match(/^moodle-[a-z0-9]{8}\.hcp\.westeurope\.azmk8s\.io$/);
    expect(text(outputs, "oidcIssuerProfile.issuerURL")).to.match(/^https:\/\/westeurope\.oic\.prod-aks\.azure\.com\//);
    expect(text(outputs, "identityProfile.kubeletidentity.objectId")).to.match(/^[0-9a-f-]{36}$/);
    expect(outputs.currentKubernetesVersion).to.equal("1.35.1");
    const before = await account.preview(tokens.CLUSTER, "other", { ...inputs, resourceName: "other" });
    expect(text(before, "oidcIssuerProfile.issuerURL"), "an issuer before there is a cluster").to.equal(undefined);
    expect(before.identityProfile).to.be.a("string").and.not.equal("");
  });

  it("gives a kubeconfig without a token, and none of a local account", async () => {
    const made = await cluster();
    const asked = { resourceGroupName: "platform", resourceName: "moodle" };
    const { kubeconfigs } = account.invoke("azure-native:containerservice:listManagedClusterUserCredentials", asked);
    const issued = Buffer.from(text({ kubeconfigs }, "kubeconfigs[0].value") ?? "", "base64").toString();
    const config = parse(issued) as Properties;
    expect(text(config, "clusters[0].cluster.server")).to.equal(`https://${text(made.outputs, "fqdn")}:443`);
    expect(issued).not.to.match(/token:|password:|client-key/);
    expect(() => account.invoke("azure-native:containerservice:listManagedClusterAdminCredentials", asked)).to.throw("disable local accounts");
    expect(holderOf(account.folder, `${text(made.outputs, "fqdn")}`)?.id).to.equal(made.id);
  });

  it("refuses inputs as AKS does", async () => {
    await allowed();
    const refused = (change: Properties) => refusal(account.make(tokens.CLUSTER, "other", { ...inputs, ...change }));
    const [system] = list(inputs, "agentPoolProfiles") as readonly Properties[];
    expect(await refused({ agentPoolProfiles: [{ ...system, name: "System-1" }] })).to.contain("up to 12 lower-case letters and digits");
    expect(await refused({ agentPoolProfiles: [{ ...system, enableAutoScaling: true }] })).to.contain("AutoScalingNotAllowedWithNAP");
    expect(await refused({ dnsPrefix: "a".repeat(55) })).to.contain("1 to 54 letters");
    expect(await refused({ nodeResourceGroup: "a".repeat(81) })).to.contain("1 to 80 letters");
    expect(await refused({ networkProfile: { ...object(inputs, "networkProfile"), dnsServiceIP: "10.0.0.10" } })).to.contain("InvalidDNSServiceIP");
    expect(await refused({ oidcIssuerProfile: { enabled: false } })).to.contain("OIDCIssuerFeatureIsNotEnabled");
    expect(await refused({ kubernetesVersion: "1.20" })).to.contain("K8sVersionNotSupported");
    expect(await refused({ apiServerAccessProfile: { enableVnetIntegration: true, subnetId: net.endpoints.id } })).to.contain("SubnetNotDelegated");
    expect(await refused({ agentPoolProfiles: [{ ...system, vnetSubnetID: net.endpoints.id }] })).to.contain("NatGatewayNotAssociated");
  });

  it("is replaced for its address and its pods' network, and updated in place for its version, one step at a time", async () => {
    const made = await cluster();
    const profile = object(inputs, "networkProfile");
    expect(account.replaced(made, { networkProfile: { ...profile, podCidr: "172.25.0.0/16" } })).to.deep.equal(["networkProfile"]);
    expect(account.replaced(made, { dnsPrefix: "other" })).to.deep.equal(["dnsPrefix"]);
    expect(account.replaced(made, { kubernetesVersion: "1.36", networkProfile: { ...profile, advancedNetworking: { enabled: true } } })).to.deep.equal([]);
    expect(await refusal(account.change(made, { kubernetesVersion: "1.34" }))).to.contain("Downgrading");
    const [system] = list(inputs, "agentPoolProfiles") as readonly Properties[];
    expect(await refusal(account.change(made, { agentPoolProfiles: [{ ...system, vmSize: "Standard_D8ds_v5" }] }))).to.contain("PropertyChangeNotAllowed");
    await account.change(made, { kubernetesVersion: "1.36" });
  });

  it("holds its subnets, and takes the group of its nodes along", async () => {
    const made = await cluster();
    expect(await refusal(account.remove(net.api))).to.match(/^InUseSubnetCannotBeDeleted/);
    const address = `/subscriptions/${SUBSCRIPTION}/resourceGroups/platform-nodes/providers/Microsoft.Network/publicIPAddresses/kubernetes-a1`;
    await account.put({ type: tokens.PUBLIC_ADDRESS, id: address, name: "", outputs: { ipAddress: "203.0.113.9" } });
    await account.remove(made);
    expect(account.live(tokens.PUBLIC_ADDRESS).map(({ id }) => id)).not.to.include(address);
    await account.remove(net.api);
  });

  describe("identities", () => {
    it("trust one credential at a time", async () => {
      const credential = (name: string, subject: string) =>
        account.make(tokens.FEDERATED_CREDENTIAL, name, { ...inGroup, resourceName: "cluster", federatedIdentityCredentialResourceName: name, issuer: "https://issuer.example.edu/", subject, audiences: ["api://AzureADTokenExchange"] });
      await credential("one", "system:serviceaccount:moodle:moodle");
      expect(await refusal(credential("two", "system:serviceaccount:moodle:moodle"))).to.contain("Issuer and subject combination already exists");
      const id = `${identity.id}/federatedIdentityCredentials/three`;
      await account.put({ type: tokens.FEDERATED_CREDENTIAL, id, name: "three", outputs: { ...inGroup, resourceName: "cluster" }, status: "creating" });
      expect(await refusal(credential("four", "system:serviceaccount:other:other"))).to.contain("ConcurrentFederatedIdentityCredentialsWrites");
    });

    it("are not known at once, unless somebody says what they are", async () => {
      const clock = await startClock(account.folder, { watch: () => undefined });
      try {
        const young = await account.make(tokens.IDENTITY, "young", { ...inGroup, resourceName: "young" });
        const now = await account.now();
        new Store(account.folder, "azure-native").update((objects) => {
          for (const [key, held] of objects) if (held.id === young.id) objects.set(key, { ...held, createdAt: now });
        });
        expect(await refusal(grant(account, "early", READER, net.network.id, principal(young), {}))).to.match(/^PrincipalNotFound: .* does not exist in the directory/);
        await grant(account, "said", READER, net.network.id, principal(young));
      } finally {
        await clock.stop();
      }
    });

    it("hold a role on a scope once", async () => {
      await allowed();
      expect(await refusal(allowed())).to.equal("RoleAssignmentExists: The role assignment already exists.");
      const made = account.live(tokens.ROLE_ASSIGNMENT)[0];
      expect(made?.outputs.name, "a number of its own").to.match(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    });
  });

  describe("to whoever deploys into it", () => {
    let client: ProviderClient;
    const namespace = { type: "kubernetes:core/v1:Namespace", name: "moodle" };

    beforeEach(async () => {
      const made = await cluster();
      client = await ProviderClient.start(kubernetes, account.folder);
      const server = `https://${text(made.outputs, "fqdn")}:443`;
      await client.configure({ kubeconfig: JSON.stringify({ "current-context": "c", clusters: [{ name: "c", cluster: { server } }], contexts: [{ name: "c", context: { cluster: "c", user: "u" } }], users: [] }) });
      return made;
    });
    afterEach(() => client.stop());

    // The two providers have no clock in common here.
    async function letIn(minutesAgo: number): Promise<void> {
      const [{ id: scope } = { id: "" }] = account.live(tokens.CLUSTER);
      const given = account.live(tokens.ROLE_ASSIGNMENT).find(({ outputs }) => outputs.scope === scope)?.id ?? (await grant(account, "deployer", CLUSTER_ADMIN, scope, DEPLOYER, {})).id;
      new Store(account.folder, "azure-native").update((objects) => {
        for (const [key, held] of objects) if (held.id === given) objects.set(key, { ...held, createdAt: -minutesAgo });
      });
    }

    const makeNamespace = async () => (await client.create(namespace, (await client.check(namespace, { metadata: { name: "moodle" } })).value)).error;

    it("is closed until a role lets them in", async () => {
      expect(await makeNamespace()).to.contain("does not have access to the resource in Azure. Update role assignment to allow access");
      await letIn(0);
      expect(await makeNamespace(), "a role that is not known yet").to.contain("Update role assignment");
      await letIn(1);
      expect(await makeNamespace()).to.equal(undefined);
    });

    it("gives a Service an address, which is an object of the nodes' group and goes with it", async () => {
      await letIn(1);
      const service = { type: "kubernetes:core/v1:Service", name: "public" };
      const made = async (name: string, annotations: Properties) => {
        const { value } = await client.check({ ...service, name }, { metadata: { name, annotations }, spec: { type: "LoadBalancer", ports: [{ port: 443 }] } });
        return client.create({ ...service, name }, value);
      };
      const { id, outputs, error } = await made("public", { "service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout": "30" });
      expect(error).to.equal(undefined);
      const ip = text(outputs, "status.loadBalancer.ingress[0].ip");
      const ofService = () => account.live(tokens.PUBLIC_ADDRESS).filter(({ owner }) => owner === id);
      expect(ofService().map((held) => [held.outputs.ipAddress, held.id.includes("/resourceGroups/platform-nodes/")])).to.deep.equal([[ip, true]]);
      await client.delete(service, id, outputs);
      expect(ofService()).to.deep.equal([]);
      expect((await made("slow", { "service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout": "200" })).error).to.contain("is not from 4 to 100 minutes");
    });
  });
});
