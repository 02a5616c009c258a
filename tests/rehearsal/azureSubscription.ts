import { cloud } from "../../rehearsal/clouds/azure-native/index";
import * as tokens from "../../rehearsal/clouds/azure-native/tokens";
import type { Properties } from "../../rehearsal/provider/properties";
import { Account, type Made } from "./support/account";

export { type Account, InputsRefused, type Made, refusal } from "./support/account";

export const SUBSCRIPTION = "00000000-1111-4222-8333-444444444444";

/** A subscription of the simulated Azure with one resource group in it, as most of a program's resources are. */
export async function openSubscription(): Promise<Account> {
  const account = await Account.open(cloud, { location: "westeurope" });
  await account.make(tokens.RESOURCE_GROUP, "platform", { resourceGroupName: "platform" });
  return account;
}

export const inGroup = { resourceGroupName: "platform" } as const;

/** The id of what is in the group: `Microsoft.Network/virtualNetworks/v`. */
export function idInGroup(path: string): string {
  return `/subscriptions/${SUBSCRIPTION}/resourceGroups/platform/providers/${path}`;
}

export interface TestNetwork {
  readonly network: Made;
  readonly nodes: Made;
  readonly api: Made;
  readonly database: Made;
  readonly endpoints: Made;
  readonly nat: Made;
}

export function subnet(account: Account, name: string, addressPrefix: string, more: Properties = {}): Promise<Made> {
  return account.make(tokens.SUBNET, name, { ...inGroup, virtualNetworkName: "v", subnetName: name, addressPrefix, ...more });
}

/** A network with what a platform has in it. */
export async function network(account: Account): Promise<TestNetwork> {
  const whole = await account.make(tokens.VIRTUAL_NETWORK, "v", { ...inGroup, virtualNetworkName: "v", addressSpace: { addressPrefixes: ["10.0.0.0/16"] } });
  const address = await account.make(tokens.PUBLIC_ADDRESS, "out", { ...inGroup, sku: { name: "Standard" }, publicIPAllocationMethod: "Static" });
  const nat = await account.make(tokens.NAT_GATEWAY, "out", { ...inGroup, natGatewayName: "out", sku: { name: "Standard" }, publicIpAddresses: [{ id: address.id }] });
  return {
    network: whole,
    nat,
    nodes: await subnet(account, "nodes", "10.0.16.0/20", { natGateway: { id: nat.id } }),
    api: await subnet(account, "api", "10.0.0.0/28", { delegations: [{ name: "api", serviceName: "Microsoft.ContainerService/managedClusters" }] }),
    database: await subnet(account, "database", "10.0.1.0/24", { delegations: [{ name: "db", serviceName: "Microsoft.DBforPostgreSQL/flexibleServers" }] }),
    endpoints: await subnet(account, "endpoints", "10.0.2.0/24"),
  };
}

/** A private zone that the network sees. */
export async function zone(account: Account, { network: whole }: Pick<TestNetwork, "network">, privateZoneName: string): Promise<{ zone: Made; link: Made }> {
  const made = await account.make(tokens.PRIVATE_ZONE, privateZoneName, { ...inGroup, privateZoneName, location: "global" });
  const link = await account.make(tokens.NETWORK_LINK, privateZoneName, { ...inGroup, privateZoneName, virtualNetworkLinkName: "link", location: "global", virtualNetwork: { id: whole.id } });
  return { zone: made, link };
}

/** Inputs of a server, with its names made. */
export async function serverInputs(account: Account, net: TestNetwork): Promise<Properties> {
  const names = await zone(account, net, "moodle.private.postgres.database.azure.com");
  return {
    ...inGroup,
    serverName: "moodle",
    version: "17",
    sku: { name: "Standard_D4ds_v5", tier: "GeneralPurpose" },
    administratorLogin: "moodle",
    administratorLoginPassword: "Correct-horse-battery1",
    storage: { storageSizeGB: 128, autoGrow: "Enabled" },
    highAvailability: { mode: "ZoneRedundant" },
    backup: { backupRetentionDays: 14, geoRedundantBackup: "Disabled" },
    network: { delegatedSubnetResourceId: net.database.id, privateDnsZoneArmResourceId: names.zone.id, publicNetworkAccess: "Disabled" },
  };
}

export const NETWORK_CONTRIBUTOR = "4d97b98b-1d4f-4787-a291-c67834d212e7";

export function grant(account: Account, name: string, role: string, scope: string, principalId: string, more: Properties = { principalType: "ServicePrincipal" }): Promise<Made> {
  return account.make(tokens.ROLE_ASSIGNMENT, name, { scope, principalId, roleDefinitionId: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${role}`, ...more });
}

/** Inputs of a cluster as the adapter asks for one. */
export function clusterInputs(net: TestNetwork, identity: Made): Properties {
  return {
    ...inGroup,
    resourceName: "moodle",
    dnsPrefix: "moodle",
    nodeResourceGroup: "platform-nodes",
    kubernetesVersion: "1.35",
    sku: { name: "Base", tier: "Standard" },
    identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
    aadProfile: { managed: true, enableAzureRBAC: true },
    disableLocalAccounts: true,
    oidcIssuerProfile: { enabled: true },
    securityProfile: { workloadIdentity: { enabled: true } },
    apiServerAccessProfile: { enableVnetIntegration: true, subnetId: net.api.id },
    networkProfile: { networkPlugin: "azure", networkPluginMode: "overlay", outboundType: "userAssignedNATGateway", podCidr: "172.24.0.0/16", serviceCidr: "172.20.0.0/16", dnsServiceIP: "172.20.0.10" },
    agentPoolProfiles: [{ name: "system", mode: "System", count: 3, vmSize: "Standard_D4ds_v5", vnetSubnetID: net.nodes.id }],
    nodeProvisioningProfile: { mode: "Auto" },
  };
}
