import type { Problem } from "../../provider/behaviour";
import { flag, isObject, list, type Properties, text } from "../../provider/properties";
import { contains, overlaps, parseRange } from "../cidr";
import { choiceProblems, nameProblems } from "../reference";

/** Minor versions that AKS creates, oldest first. 1.36 since 2026-06. */
export const KUBERNETES_VERSIONS = ["1.32", "1.33", "1.34", "1.35", "1.36"];

type Rule = (inputs: Properties) => readonly Problem[];

/** What AKS refuses of a cluster by looking at it alone. */
export function clusterProblems(inputs: Properties): readonly Problem[] {
  return RULES.flatMap((rule) => rule(inputs));
}

const RULES: readonly Rule[] = [
  (inputs) => nameProblems(inputs, "resourceName", /^[a-zA-Z0-9]([\w-]{0,61}[a-zA-Z0-9])?$/, "1 to 63 letters, digits, - and _, beginning and ending with a letter or digit"),
  (inputs) => nameProblems(inputs, "dnsPrefix", /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,52}[a-zA-Z0-9])?$/, "1 to 54 letters, digits and -, beginning and ending with a letter or digit"),
  (inputs) => nameProblems(inputs, "nodeResourceGroup", /^[-\w().]{0,79}[-\w()]$/, "1 to 80 letters, digits, - _ ( ) and ., not ending with a period"),
  (inputs) => (inputs.dnsPrefix === undefined && inputs.fqdnSubdomain === undefined ? refused("dnsPrefix", "MissingDnsPrefix: A managed cluster needs a dnsPrefix.") : []),
  (inputs) => choiceProblems(inputs, "networkProfile.outboundType", ["loadBalancer", "userDefinedRouting", "managedNATGateway", "userAssignedNATGateway", "none"]),
  (inputs) => choiceProblems(inputs, "sku.tier", ["Free", "Standard", "Premium"]),
  pools,
  networks,
  provisioning,
  identities,
  access,
];

function refused(property: string, reason: string): readonly Problem[] {
  return [{ property, reason }];
}

function pools(inputs: Properties): readonly Problem[] {
  if (!Array.isArray(inputs.agentPoolProfiles)) return [];
  const given = list(inputs, "agentPoolProfiles").filter(isObject);
  const wrong = given.filter((pool) => !/^[a-z][a-z0-9]{0,11}$/.test(text(pool, "name") ?? "a"));
  const system = given.some((pool) => text(pool, "mode") === "System");
  const taints = given.filter((pool) => text(pool, "mode") === "System" && list(pool, "nodeTaints").some((taint) => typeof taint === "string" && taint.endsWith(":NoSchedule") && !taint.startsWith("CriticalAddonsOnly")));
  return [
    ...wrong.flatMap((pool) => refused("agentPoolProfiles", `InvalidParameter: The pool name '${text(pool, "name")}' is not valid: up to 12 lower-case letters and digits, beginning with a letter.`)),
    ...(system || given.length === 0 ? [] : refused("agentPoolProfiles", "SystemPoolRequired: A managed cluster must have at least one system pool.")),
    ...taints.flatMap((pool) => refused("agentPoolProfiles", `InvalidParameter: The system pool '${text(pool, "name")}' takes no NoSchedule taint but CriticalAddonsOnly.`)),
  ];
}

function networks(inputs: Properties): readonly Problem[] {
  const [services, pods] = ["serviceCidr", "podCidr"].map((name) => parseRange(text(inputs, `networkProfile.${name}`) ?? ""));
  const server = parseRange(`${text(inputs, "networkProfile.dnsServiceIP") ?? ""}/32`);
  return [
    ...(services !== undefined && server !== undefined && !contains(services, server) ? refused("networkProfile.dnsServiceIP", `InvalidDNSServiceIP: DNS service IP '${text(inputs, "networkProfile.dnsServiceIP")}' must be within the service CIDR range '${text(inputs, "networkProfile.serviceCidr")}'.`) : []),
    ...(services !== undefined && services.prefix < 12 ? refused("networkProfile.serviceCidr", "ServiceCidrTooLarge: The service CIDR must be smaller than /12.") : []),
    ...(services !== undefined && pods !== undefined && overlaps(services, pods) ? refused("networkProfile.podCidr", "PodCidrOverlapServiceCidr: The pod CIDR overlaps with the service CIDR.") : []),
  ];
}

// https://learn.microsoft.com/en-us/azure/aks/node-auto-provisioning
function provisioning(inputs: Properties): readonly Problem[] {
  if (text(inputs, "nodeProvisioningProfile.mode") !== "Auto") return [];
  const scaled = list(inputs, "agentPoolProfiles").filter(isObject).some((pool) => flag(pool, "enableAutoScaling") === true);
  const network = { plugin: text(inputs, "networkProfile.networkPlugin"), balancer: text(inputs, "networkProfile.loadBalancerSku") };
  return [
    ...(scaled ? refused("nodeProvisioningProfile.mode", "AutoScalingNotAllowedWithNAP: Node auto provisioning can't be used with pools that the cluster autoscaler scales.") : []),
    ...(inputs.servicePrincipalProfile === undefined ? [] : refused("servicePrincipalProfile", "NodeAutoProvisioningNotSupported: Node auto provisioning needs a managed identity, not a service principal.")),
    ...(network.balancer === "basic" ? refused("networkProfile.loadBalancerSku", "NodeAutoProvisioningNotSupported: Node auto provisioning needs the standard load balancer.") : []),
    ...(network.plugin === "kubenet" ? refused("networkProfile.networkPlugin", "NodeAutoProvisioningNotSupported: Node auto provisioning does not work with kubenet.") : []),
  ];
}

function identities(inputs: Properties): readonly Problem[] {
  const workload = flag(inputs, "securityProfile.workloadIdentity.enabled") === true;
  const issuer = flag(inputs, "oidcIssuerProfile.enabled") === true;
  return workload && !issuer ? refused("securityProfile.workloadIdentity", "OIDCIssuerFeatureIsNotEnabled: Workload identity needs the OIDC issuer.") : [];
}

function access(inputs: Properties): readonly Problem[] {
  const own = flag(inputs, "disableLocalAccounts") === true && flag(inputs, "aadProfile.managed") !== true;
  const ranges = list(inputs, "apiServerAccessProfile.authorizedIPRanges").length > 0 && flag(inputs, "apiServerAccessProfile.enablePrivateCluster") === true;
  return [
    ...(own ? refused("disableLocalAccounts", "BadRequest: Local accounts can be disabled only with Entra ID integration.") : []),
    ...(ranges ? refused("apiServerAccessProfile.authorizedIPRanges", "InvalidParameter: A private cluster takes no authorized IP ranges.") : []),
  ];
}
