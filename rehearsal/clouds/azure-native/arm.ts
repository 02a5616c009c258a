import type { Context } from "../../provider/behaviour";
import { type Properties, text } from "../../provider/properties";
import { subscriptionOf } from "./subscription";
import * as tokens from "./tokens";

/** How the provider makes up a name: from the logical one with eight digits, the logical one itself, or a number of its own. */
export type Naming = "random" | "copy" | "uuid";

/** Where a type stands in Azure's tree, and which inputs its id is made of. */
export interface Form {
  /** As in ids and in the output `type`. */
  readonly kind: string;
  /** One input for each name in the id, outermost first. The last is the resource's own. */
  readonly names: readonly string[];
  /** The input with the id of what it is attached to. Default: it is in a resource group. */
  readonly on?: string;
  /** The type it is inside of, where that is not the group alone. */
  readonly inside?: string;
  readonly naming: Naming;
}

function inGroup(kind: string, name: string): Form {
  return { kind, names: [name], naming: "random" };
}

function within(inside: string, kind: string, ...names: readonly string[]): Form {
  return { kind, names, inside, naming: "copy" };
}

function attached(kind: string, name: string, on: string, naming: Naming): Form {
  return { kind, names: [name], on, naming };
}

/** By the paths of the REST API versions that the installed SDK's classes name. */
export const forms: Readonly<Record<string, Form>> = {
  [tokens.RESOURCE_GROUP]: inGroup("Microsoft.Resources/resourceGroups", "resourceGroupName"),
  [tokens.VIRTUAL_NETWORK]: inGroup("Microsoft.Network/virtualNetworks", "virtualNetworkName"),
  [tokens.SUBNET]: within(tokens.VIRTUAL_NETWORK, "Microsoft.Network/virtualNetworks/subnets", "virtualNetworkName", "subnetName"),
  [tokens.SECURITY_GROUP]: inGroup("Microsoft.Network/networkSecurityGroups", "networkSecurityGroupName"),
  [tokens.PUBLIC_ADDRESS]: inGroup("Microsoft.Network/publicIPAddresses", "publicIpAddressName"),
  [tokens.NAT_GATEWAY]: inGroup("Microsoft.Network/natGateways", "natGatewayName"),
  [tokens.PRIVATE_ENDPOINT]: inGroup("Microsoft.Network/privateEndpoints", "privateEndpointName"),
  [tokens.PRIVATE_DNS_ZONE_GROUP]: within(tokens.PRIVATE_ENDPOINT, "Microsoft.Network/privateEndpoints/privateDnsZoneGroups", "privateEndpointName", "privateDnsZoneGroupName"),
  [tokens.FLOW_LOG]: { kind: "Microsoft.Network/networkWatchers/flowLogs", names: ["networkWatcherName", "flowLogName"], naming: "copy" },
  [tokens.PRIVATE_ZONE]: inGroup("Microsoft.Network/privateDnsZones", "privateZoneName"),
  [tokens.NETWORK_LINK]: within(tokens.PRIVATE_ZONE, "Microsoft.Network/privateDnsZones/virtualNetworkLinks", "privateZoneName", "virtualNetworkLinkName"),
  [tokens.IDENTITY]: inGroup("Microsoft.ManagedIdentity/userAssignedIdentities", "resourceName"),
  [tokens.FEDERATED_CREDENTIAL]: within(tokens.IDENTITY, "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials", "resourceName", "federatedIdentityCredentialResourceName"),
  [tokens.ROLE_ASSIGNMENT]: attached("Microsoft.Authorization/roleAssignments", "roleAssignmentName", "scope", "uuid"),
  [tokens.LOCK]: attached("Microsoft.Authorization/locks", "lockName", "scope", "random"),
  [tokens.CLUSTER]: inGroup("Microsoft.ContainerService/managedClusters", "resourceName"),
  [tokens.MAINTENANCE]: within(tokens.CLUSTER, "Microsoft.ContainerService/managedClusters/maintenanceConfigurations", "resourceName", "configName"),
  [tokens.SERVER]: inGroup("Microsoft.DBforPostgreSQL/flexibleServers", "serverName"),
  [tokens.SERVER_DATABASE]: within(tokens.SERVER, "Microsoft.DBforPostgreSQL/flexibleServers/databases", "serverName", "databaseName"),
  [tokens.SERVER_SETTING]: within(tokens.SERVER, "Microsoft.DBforPostgreSQL/flexibleServers/configurations", "serverName", "configurationName"),
  [tokens.CACHE]: inGroup("Microsoft.Cache/redisEnterprise", "clusterName"),
  [tokens.CACHE_DATABASE]: within(tokens.CACHE, "Microsoft.Cache/redisEnterprise/databases", "clusterName", "databaseName"),
  [tokens.STORAGE_ACCOUNT]: inGroup("Microsoft.Storage/storageAccounts", "accountName"),
  [tokens.BLOB_SERVICE]: within(tokens.STORAGE_ACCOUNT, "Microsoft.Storage/storageAccounts/blobServices", "accountName", "blobServicesName"),
  [tokens.CONTAINER]: within(tokens.STORAGE_ACCOUNT, "Microsoft.Storage/storageAccounts/blobServices/containers", "accountName", "=default", "containerName"),
  [tokens.LIFECYCLE]: within(tokens.STORAGE_ACCOUNT, "Microsoft.Storage/storageAccounts/managementPolicies", "accountName", "managementPolicyName"),
  [tokens.FILE_SERVICE]: within(tokens.STORAGE_ACCOUNT, "Microsoft.Storage/storageAccounts/fileServices", "accountName", "fileServicesName"),
  [tokens.SHARE]: within(tokens.STORAGE_ACCOUNT, "Microsoft.Storage/storageAccounts/fileServices/shares", "accountName", "=default", "shareName"),
  [tokens.DISK]: inGroup("Microsoft.Compute/disks", "diskName"),
  [tokens.VAULT]: inGroup("Microsoft.KeyVault/vaults", "vaultName"),
  [tokens.SECRET]: within(tokens.VAULT, "Microsoft.KeyVault/vaults/secrets", "vaultName", "secretName"),
  [tokens.REGISTRY]: inGroup("Microsoft.ContainerRegistry/registries", "registryName"),
  [tokens.WORKSPACE]: inGroup("Microsoft.OperationalInsights/workspaces", "workspaceName"),
  [tokens.COLLECTION_RULE]: inGroup("Microsoft.Insights/dataCollectionRules", "dataCollectionRuleName"),
  [tokens.COLLECTION]: attached("Microsoft.Insights/dataCollectionRuleAssociations", "associationName", "resourceUri", "random"),
  [tokens.DIAGNOSTIC_SETTING]: attached("Microsoft.Insights/diagnosticSettings", "name", "resourceUri", "random"),
  [tokens.ACTION_GROUP]: inGroup("Microsoft.Insights/actionGroups", "actionGroupName"),
  [tokens.METRIC_ALERT]: inGroup("Microsoft.Insights/metricAlerts", "ruleName"),
  [tokens.QUERY_RULE]: inGroup("Microsoft.Insights/scheduledQueryRules", "ruleName"),
  [tokens.BACKUP_VAULT]: inGroup("Microsoft.DataProtection/backupVaults", "vaultName"),
  [tokens.BACKUP_POLICY]: within(tokens.BACKUP_VAULT, "Microsoft.DataProtection/backupVaults/backupPolicies", "vaultName", "backupPolicyName"),
  [tokens.BACKUP_INSTANCE]: within(tokens.BACKUP_VAULT, "Microsoft.DataProtection/backupVaults/backupInstances", "vaultName", "backupInstanceName"),
  [tokens.ZONE]: inGroup("Microsoft.Network/dnsZones", "zoneName"),
  [tokens.RECORD]: { kind: "Microsoft.Network/dnsZones", names: ["zoneName", "relativeRecordSetName"], naming: "copy" },
};

/** @throws when the type is not in the table: a mistake of the simulation, not of a program */
export function formOf(type: string): Form {
  const form = forms[type];
  if (form === undefined) throw new Error(`${type} has no place in the simulated Azure's tree`);
  return form;
}

/** The input that names the resource itself. */
export function nameInput(type: string): string {
  return formOf(type).names.at(-1) ?? "";
}

/** The id in Azure's own form: `/subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…`. */
export function idOf(type: string, inputs: Properties, context: Pick<Context, "config">): string {
  const { kind, names, on } = formOf(type);
  const value = (name: string): string => (name.startsWith("=") ? name.slice(1) : (text(inputs, name) ?? ""));
  if (type === tokens.RESOURCE_GROUP) return groupId(value("resourceGroupName"), context);
  const scope = on === undefined ? groupId(value("resourceGroupName"), context) : value(on);
  const [namespace = "", ...kinds] = kind.split("/");
  // The kind of a record is an input as well.
  const segments = type === tokens.RECORD ? [...kinds, value("recordType")] : kinds;
  return `${scope}/providers/${namespace}/${segments.map((segment, index) => `${segment}/${value(names[index] ?? "")}`).join("/")}`;
}

export function groupId(name: string, { config }: Pick<Context, "config">): string {
  return `/subscriptions/${subscriptionOf(config)}/resourceGroups/${name}`;
}

/** The id of what a resource is inside of: its own without the last kind and name. */
export function parentId(id: string): string {
  return id.split("/").slice(0, -2).join("/");
}

/** Ids have no case. */
export function sameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Whether a resource is this one, or somewhere below it. */
export function isBelow(id: string, upper: string): boolean {
  return sameId(id, upper) || id.toLowerCase().startsWith(`${upper.toLowerCase()}/`);
}

/** The last part of an id. */
export function lastName(id: string): string {
  return id.split("/").at(-1) ?? "";
}
