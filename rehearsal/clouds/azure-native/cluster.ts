import { CloudError, type CloudObject, type Context } from "../../provider/behaviour";
import { flag, isObject, list, object, type Properties, text, texts } from "../../provider/properties";
import { live, liveOf } from "../reference";
import { holds, identityOf, ROLES } from "./access";
import { groupId, isBelow, lastName, sameId } from "./arm";
import { clusterProblems, KUBERNETES_VERSIONS } from "./clusterInputs";
import { assumed, fromRunLogs, minutes, replacedByList, replacedByName } from "./facts";
import { groupOf, referred, resource } from "./resource";
import { networkOf, refuseUndelegated } from "./subnets";
import { regionName, TENANT } from "./subscription";
import * as tokens from "./tokens";

const DEFAULT_VERSION = "1.35";
const SERVICE = "Microsoft.ContainerService/managedClusters";

/** How long AKS takes to find out that it may not use a network. Assumed. */
const ANSWER = minutes("0:20");

export const cluster = resource(tokens.CLUSTER, {
  latency: fromRunLogs(minutes("4:32"), "median of 12 published run logs, 3:39 to 11:45", "4:00", "5:00"),
  forceNew: replacedByList(tokens.CLUSTER, [
    ...["diskEncryptionSetID", "dnsPrefix", "fqdnSubdomain", "linuxProfile", "location", "nodeResourceGroup", "windowsProfile"],
    ...["serviceCidr", "serviceCidrs", "dnsServiceIP", "networkMode", "networkPlugin", "networkPluginMode", "podCidr", "networkDataplane", "networkPolicy", "outboundType"].map((name) => `networkProfile.${name}`),
  ]),
  check: clusterProblems,
  beforeCreate: async (inputs, context) => {
    refuseVersion(text(inputs, "kubernetesVersion"), undefined);
    refuseNodeGroup(inputs, context);
    await refuseNetwork(inputs, context);
    refuseWorkspace(inputs, context);
  },
  outputs: clusterOutputs,
  decides: ["identityProfile", "oidcIssuerProfile.issuerURL", "networkProfile.ipFamilies", "networkProfile.natGatewayProfile"],
  beforeUpdate: (inputs, olds, context) => {
    refuseVersion(text(inputs, "kubernetesVersion"), text(context.previous, "currentKubernetesVersion"));
    refusePools(inputs, olds);
    refuseOff(inputs, olds);
  },
  // The group of its nodes, with disks and load balancers in it, is the cluster's own.
  afterDelete: ({ outputs, id }, context) => {
    const nodes = `${id.split("/").slice(0, 3).join("/")}/resourceGroups/${text(outputs, "nodeResourceGroup") ?? ""}`;
    for (const left of context.objects.all().filter((each) => isBelow(each.id, nodes))) context.drop(left.type, left.id);
  },
});

function refuseVersion(wanted: string | undefined, now: string | undefined): void {
  if (wanted === undefined) return;
  const minor = minorOf(wanted);
  if (!KUBERNETES_VERSIONS.includes(minor)) {
    throw new CloudError("K8sVersionNotSupported", `Managed cluster is on version ${wanted} which is not supported in this region. Please use [az aks get-versions] command to get the supported version list in this region.`);
  }
  if (now === undefined || minorOf(now) === minor) return;
  const step = KUBERNETES_VERSIONS.indexOf(minor) - KUBERNETES_VERSIONS.indexOf(minorOf(now));
  if (step < 0) throw new CloudError("OperationNotAllowed", `Downgrading Kubernetes version ${now} to ${wanted} is not allowed.`);
  if (step > 1) throw new CloudError("OperationNotAllowed", `Upgrading Kubernetes version ${now} to ${wanted} is not allowed. Available upgrades: ${KUBERNETES_VERSIONS[KUBERNETES_VERSIONS.indexOf(minorOf(now)) + 1]}.`);
}

function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

function refuseNodeGroup(inputs: Properties, context: Context): void {
  const name = text(inputs, "nodeResourceGroup");
  if (name === undefined || !liveOf(context, tokens.RESOURCE_GROUP).some(({ id }) => sameId(id, groupId(name, context)))) return;
  throw new CloudError("ReservedResourceGroupName", `The resource group name ${name} for the nodes of a managed cluster is taken.`);
}

async function refuseNetwork(inputs: Properties, context: Context): Promise<void> {
  const gateway = text(inputs, "networkProfile.outboundType") === "userAssignedNATGateway";
  const subnets = list(inputs, "agentPoolProfiles").filter(isObject).flatMap((pool) => text(pool, "vnetSubnetID") ?? []);
  for (const id of subnets) {
    const found = referred(context, tokens.SUBNET, id);
    if (list(found.outputs, "delegations").length > 0) throw new CloudError("SubnetIsDelegated", `Subnet ${id} is delegated and can't hold nodes.`);
    if (gateway && text(found.outputs, "natGateway.id") === undefined) {
      throw new CloudError("NatGatewayNotAssociated", `Outbound type userAssignedNATGateway requires the subnet ${id} to have a NAT gateway associated.`);
    }
    await refuseStranger(inputs, found, context);
  }
  const api = text(inputs, "apiServerAccessProfile.subnetId");
  if (api === undefined) return;
  const found = referred(context, tokens.SUBNET, api);
  refuseUndelegated(found, SERVICE);
  await refuseStranger(inputs, found, context);
}

// The cluster's own identity works in the network, so it must be allowed to before there is a cluster.
async function refuseStranger(inputs: Properties, subnet: CloudObject, context: Context): Promise<void> {
  const [given] = texts(inputs, "identity.userAssignedIdentities");
  if (given === undefined) return;
  const found = identityOf(given, context);
  if (found === undefined) throw new CloudError("FailedIdentityOperation", `Identity operation for resource '${context.name}' failed with error 'Failed to perform resource identity operation. The identity ${given} was not found.'`);
  const principal = text(found.outputs, "principalId") ?? "";
  const roles = [ROLES.networkContributor, ROLES.contributor, ROLES.owner];
  const on = networkOf(subnet, context)?.id ?? subnet.id;
  const may = (): boolean => holds(principal, roles, on, context) || holds(principal, roles, subnet.id, context);
  if (may()) return;
  await context.sleep(ANSWER);
  if (may()) return;
  throw new CloudError(
    "LinkedAuthorizationFailed",
    `The client with object id '${principal}' does not have permission to perform action 'Microsoft.Network/virtualNetworks/subnets/join/action' on the linked scope(s) '${subnet.id}' or the linked scope(s) are invalid. If access was recently granted, please refresh your credentials.`,
  );
}

function refuseWorkspace(inputs: Properties, context: Context): void {
  const workspace = text(inputs, "addonProfiles.omsagent.config.logAnalyticsWorkspaceResourceID");
  if (workspace !== undefined) referred(context, tokens.WORKSPACE, workspace);
}

// Pools are tried in place, and the service says no.
function refusePools(inputs: Properties, olds: Properties): void {
  const before = list(olds, "agentPoolProfiles").filter(isObject);
  for (const pool of list(inputs, "agentPoolProfiles").filter(isObject)) {
    const old = before.find((each) => text(each, "name") === text(pool, "name"));
    const changed = ["vmSize", "osDiskSizeGB", "osDiskType", "vnetSubnetID", "availabilityZones", "osType", "type"].find((name) => old !== undefined && String(old[name] ?? "") !== String(pool[name] ?? ""));
    if (changed !== undefined) {
      throw new CloudError("PropertyChangeNotAllowed", `Changing property 'properties.${changed}' is not allowed.`);
    }
  }
}

function refuseOff(inputs: Properties, olds: Properties): void {
  for (const path of ["oidcIssuerProfile.enabled", "aadProfile.managed", "apiServerAccessProfile.enableVnetIntegration"]) {
    if (flag(olds, path) === true && flag(inputs, path) !== true) throw new CloudError("OperationNotAllowed", `Switching off ${path} of a managed cluster is not allowed.`);
  }
  const [from, to] = [olds, inputs].map((each) => text(each, "apiServerAccessProfile.subnetId") ?? "");
  if (from !== "" && !sameId(from ?? "", to ?? "")) throw new CloudError("PropertyChangeNotAllowed", "Changing property 'properties.apiServerAccessProfile.subnetId' is not allowed.");
}

function clusterOutputs(inputs: Properties, context: Context): Properties {
  const region = regionName(text(inputs, "location") ?? "");
  const part = (purpose: string) => context.random.for(purpose);
  const prefix = `${text(inputs, "dnsPrefix") ?? context.name}-${part("address").alphanumeric(8)}`;
  const isPrivate = flag(inputs, "apiServerAccessProfile.enablePrivateCluster") === true;
  const issuer = flag(inputs, "oidcIssuerProfile.enabled") === true ? { issuerURL: `https://${region}.oic.prod-aks.azure.com/${TENANT}/${part("issuer").uuid()}/` } : {};
  const nodes = text(inputs, "nodeResourceGroup") ?? `MC_${groupOf(context.id)}_${lastName(context.id)}_${region}`.slice(0, 80);
  const before = text(context.previous, "currentKubernetesVersion");
  const wanted = text(inputs, "kubernetesVersion") ?? DEFAULT_VERSION;
  return {
    fqdn: isPrivate ? "" : `${prefix}.hcp.${region}.azmk8s.io`,
    privateFQDN: isPrivate ? `${prefix}.${part("private zone").uuid()}.privatelink.${region}.azmk8s.io` : "",
    azurePortalFQDN: `${part("portal").hex(32)}-priv.portal.hcp.${region}.azmk8s.io`,
    // A version without a patch takes the newest there is.
    currentKubernetesVersion: before !== undefined && minorOf(before) === minorOf(wanted) ? before : full(wanted),
    kubernetesVersion: wanted,
    nodeResourceGroup: nodes,
    powerState: { code: "Running" },
    maxAgentPools: 100,
    resourceUID: part("uid").hex(24),
    oidcIssuerProfile: { ...object(inputs, "oidcIssuerProfile"), ...issuer },
    identityProfile: {
      kubeletidentity: {
        clientId: part("kubelet client").uuid(),
        objectId: part("kubelet").uuid(),
        resourceId: `${context.id.split("/").slice(0, 3).join("/")}/resourceGroups/${nodes}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${lastName(context.id)}-agentpool`,
      },
    },
    networkProfile: { loadBalancerSku: "standard", ipFamilies: ["IPv4"], ...object(inputs, "networkProfile") },
  };
}

function full(version: string): string {
  return version.split(".").length > 2 ? version : `${version}.1`;
}

const WINDOWS = ["default", "aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule"];

export const maintenance = resource(tokens.MAINTENANCE, {
  latency: assumed("0:05", "0:05", "0:05"),
  forceNew: replacedByName(tokens.MAINTENANCE),
  check: (inputs) => {
    const name = text(inputs, "configName");
    const problems = name === undefined || WINDOWS.includes(name) ? [] : [{ property: "configName", reason: `InvalidParameter: The name of a maintenance configuration is one of ${WINDOWS.join(", ")}, not ${name}.` }];
    const hours = object(inputs, "maintenanceWindow").durationHours;
    const short = typeof hours === "number" && (hours < 4 || hours > 24);
    return [...problems, ...(short ? [{ property: "maintenanceWindow.durationHours", reason: `InvalidParameter: A maintenance window lasts from 4 to 24 hours, not ${hours}.` }] : [])];
  },
});

/** The cluster somebody names in a group. */
export function clusterNamed(group: string, name: string, context: Pick<Context, "objects" | "config">): CloudObject | undefined {
  return live(context, tokens.CLUSTER, `${groupId(group, context)}/providers/Microsoft.ContainerService/managedClusters/${name}`);
}
