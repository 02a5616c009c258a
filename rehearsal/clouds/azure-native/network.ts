import { CloudError, type Context, type Problem } from "../../provider/behaviour";
import { isObject, list, object, type Properties, text, texts } from "../../provider/properties";
import { parseRange, addressIn } from "../cidr";
import { choiceProblems, described, liveOf, nameProblems } from "../reference";
import { sameId } from "./arm";
import { assumed, replacedByList, replacedByName } from "./facts";
import { referred, resource } from "./resource";
import { hasZones } from "./subscription";
import * as tokens from "./tokens";

const NAME = /^[a-zA-Z0-9]([\w.-]{0,78}\w)?$/;
const NAME_RULE = "1 to 80 letters, digits, ., - and _, beginning with a letter or digit, not ending with . or -";

export const virtualNetwork = resource(tokens.VIRTUAL_NETWORK, {
  latency: assumed("0:10", "0:10", "0:10"),
  forceNew: replacedByList(tokens.VIRTUAL_NETWORK, ["location"]),
  check: (inputs) => [
    ...nameProblems(inputs, "virtualNetworkName", /^[a-zA-Z0-9]([\w.-]{0,62}\w)?$/, "2 to 64 letters, digits, ., - and _, beginning with a letter or digit"),
    ...rangeProblems(inputs, "addressSpace.addressPrefixes", texts(inputs, "addressSpace.addressPrefixes")),
  ],
  outputs: (inputs, context) => ({ resourceGuid: context.random.for("guid").uuid(), addressSpace: object(inputs, "addressSpace") }),
  beforeDelete: ({ id }, context) => {
    const links = liveOf(context, tokens.NETWORK_LINK).filter(({ outputs }) => sameId(text(outputs, "virtualNetwork.id") ?? "", id));
    if (links.length === 0) return;
    throw new CloudError("InUseVirtualNetworkCannotBeDeleted", `Virtual network ${id} is in use by ${links.map(described).join(", ")} and cannot be deleted.`);
  },
});

export function rangeProblems(inputs: Properties, property: string, ranges: readonly string[]): readonly Problem[] {
  return ranges
    .filter((range) => parseRange(range) === undefined)
    .map((range) => ({ property, reason: `InvalidCIDRNotation: The address prefix ${range} in resource ${text(inputs, "virtualNetworkName") ?? ""} has an invalid CIDR notation. For the given prefix length, the address prefix should be a network address.` }));
}

export const securityGroup = resource(tokens.SECURITY_GROUP, {
  latency: assumed("0:05", "0:05", "0:10"),
  forceNew: replacedByName(tokens.SECURITY_GROUP),
  check: (inputs) => [...nameProblems(inputs, "networkSecurityGroupName", NAME, NAME_RULE), ...ruleProblems(list(inputs, "securityRules").filter(isObject))],
  outputs: (inputs, context) => ({ securityRules: list(inputs, "securityRules"), resourceGuid: context.random.for("guid").uuid() }),
  beforeDelete: ({ id }, context) => {
    const users = liveOf(context, tokens.SUBNET).filter(({ outputs }) => sameId(text(outputs, "networkSecurityGroup.id") ?? "", id));
    if (users.length === 0) return;
    throw new CloudError("InUseNetworkSecurityGroupCannotBeDeleted", `Network security group ${id} cannot be deleted because it is in use by the following resources: ${users.map(described).join(", ")}.`);
  },
});

function ruleProblems(rules: readonly Properties[]): readonly Problem[] {
  const taken = new Set<string>();
  return rules.flatMap((rule, index): readonly Problem[] => {
    const [name, priority] = [text(rule, "name") ?? "", Number(rule.priority ?? 0)];
    const place = `${text(rule, "direction") ?? ""} ${priority}`;
    const twice = taken.has(place);
    taken.add(place);
    const property = `securityRules[${index}].priority`;
    if (priority < 100 || priority > 4096) return [{ property, reason: `SecurityRuleInvalidPriority: Security rule ${name} has invalid priority. It must be between 100 and 4096, got ${priority}.` }];
    return twice ? [{ property, reason: `SecurityRuleConflict: Security rule ${name} conflicts with another rule of the same priority and direction.` }] : [];
  });
}

export const publicAddress = resource(tokens.PUBLIC_ADDRESS, {
  latency: assumed("0:10", "0:05", "0:10"),
  forceNew: replacedByList(tokens.PUBLIC_ADDRESS, ["location", "publicIPAddressVersion", "publicIPPrefix", "sku"]),
  check: (inputs) => [
    ...nameProblems(inputs, "publicIpAddressName", NAME, NAME_RULE),
    ...choiceProblems(inputs, "publicIPAllocationMethod", ["Static", "Dynamic"]),
    ...(text(inputs, "sku.name") === "Standard" && (text(inputs, "publicIPAllocationMethod") ?? "Static") === "Dynamic"
      ? [{ property: "publicIPAllocationMethod", reason: "PublicIPAndSkuNotCompatible: Standard sku publicIp must have AllocationMethod set to Static." }]
      : []),
  ],
  outputs: (_inputs, context) => ({ ipAddress: address(context), resourceGuid: context.random.for("guid").uuid() }),
  beforeDelete: ({ id }, context) => {
    const users = liveOf(context, tokens.NAT_GATEWAY).filter(({ outputs }) => list(outputs, "publicIpAddresses").some((used) => sameId(text(used, "id") ?? "", id)));
    if (users.length === 0) return;
    throw new CloudError("PublicIPAddressCannotBeDeleted", `Public IP address ${id} can not be deleted since it is still allocated to resource ${users.map(described).join(", ")}.`);
  },
});

/** An address of those that documentation may use. */
export function address(context: Pick<Context, "random">): string {
  return `203.0.113.${1 + context.random.for("address").integer(254)}`;
}

export const natGateway = resource(tokens.NAT_GATEWAY, {
  latency: assumed("0:15", "0:10", "0:15"),
  forceNew: replacedByName(tokens.NAT_GATEWAY),
  check: (inputs) => [
    ...nameProblems(inputs, "natGatewayName", NAME, NAME_RULE),
    ...(list(inputs, "zones").length > 1 ? [{ property: "zones", reason: "NatGatewayWithMultipleZonesNotAllowed: A NAT gateway takes one zone, or none." }] : []),
  ],
  beforeCreate: (inputs, context) => {
    for (const used of list(inputs, "publicIpAddresses")) {
      const found = referred(context, tokens.PUBLIC_ADDRESS, text(used, "id") ?? "");
      if (text(found.outputs, "sku.name") === "Standard") continue;
      throw new CloudError("NatGatewayAndPublicIPSkuNotCompatible", `NAT gateway ${context.name} takes public addresses of the Standard sku, not ${found.id}.`);
    }
  },
  outputs: (_inputs, context) => ({ resourceGuid: context.random.for("guid").uuid() }),
  beforeDelete: ({ id }, context) => {
    const users = liveOf(context, tokens.SUBNET).filter(({ outputs }) => sameId(text(outputs, "natGateway.id") ?? "", id));
    if (users.length === 0) return;
    throw new CloudError("InUseNatGatewayCannotBeDeleted", `Nat gateway ${id} is in use by ${users.map(described).join(", ")} and cannot be deleted.`);
  },
});

/** In subnets a private endpoint has one address, and whoever it leads to knows it. */
export const privateEndpoint = resource(tokens.PRIVATE_ENDPOINT, {
  latency: assumed("1:00", "0:30", "0:40"),
  forceNew: replacedByList(tokens.PRIVATE_ENDPOINT, ["subnet"]),
  check: (inputs) => nameProblems(inputs, "privateEndpointName", /^[a-zA-Z0-9]([\w.-]{0,62}\w)?$/, "1 to 64 letters, digits, ., - and _, beginning with a letter or digit"),
  beforeCreate: (inputs, context) => {
    referred(context, tokens.SUBNET, text(inputs, "subnet.id") ?? "");
    for (const connection of list(inputs, "privateLinkServiceConnections")) reach(connection as Properties, context);
  },
  outputs: (inputs, context) => {
    const subnet = referred(context, tokens.SUBNET, text(inputs, "subnet.id") ?? "");
    const range = parseRange(text(subnet.outputs, "addressPrefix") ?? "");
    const privateAddress = range === undefined ? "" : addressIn(range, 4 + context.random.for("address").integer(200));
    const connections = list(inputs, "privateLinkServiceConnections").map((connection) => ({ ...(connection as Properties), privateLinkServiceConnectionState: { status: "Approved" } }));
    return {
      privateLinkServiceConnections: connections,
      networkInterfaces: [{ id: `${context.id.replace(/privateEndpoints\/[^/]*$/, "networkInterfaces/")}${context.name}.nic` }],
      customDnsConfigs: [{ ipAddresses: [privateAddress] }],
    };
  },
});

const SERVICES: Readonly<Record<string, readonly string[]>> = {
  [tokens.STORAGE_ACCOUNT]: ["blob", "file", "queue", "table", "web", "dfs"],
  [tokens.CACHE]: ["redisEnterprise"],
  [tokens.VAULT]: ["vault"],
  [tokens.REGISTRY]: ["registry"],
  [tokens.SERVER]: ["postgresqlServer"],
};

// What is not ready cannot be connected to.
function reach(connection: Properties, context: Context): void {
  const target = text(connection, "privateLinkServiceId") ?? "";
  const found = context.objects.all().find(({ id, retained }) => retained === undefined && sameId(id, target));
  if (found === undefined) throw new CloudError("ResourceNotFound", `The Resource '${target}' referenced by private endpoint ${context.name} was not found.`);
  if (found.status === "creating") throw new CloudError("ReferencedResourceNotProvisioned", `Cannot proceed with operation because resource ${target} used by private endpoint ${context.name} is not in Succeeded state.`);
  const served = SERVICES[found.type] ?? [];
  const wrong = texts(connection, "groupIds").find((group) => !served.includes(group));
  if (wrong !== undefined) throw new CloudError("PrivateLinkServiceGroupIdNotFound", `Resource ${target} has no group ${wrong}; it has ${served.join(", ")}.`);
}

export const privateDnsZoneGroup = resource(tokens.PRIVATE_DNS_ZONE_GROUP, {
  latency: assumed("0:15", "0:15", "0:10"),
  forceNew: replacedByName(tokens.PRIVATE_DNS_ZONE_GROUP),
  beforeCreate: (inputs, context) => {
    for (const config of list(inputs, "privateDnsZoneConfigs")) referred(context, tokens.PRIVATE_ZONE, text(config, "privateDnsZoneId") ?? "");
  },
});

export const flowLog = resource(tokens.FLOW_LOG, {
  latency: assumed("0:15", "0:15", "0:10"),
  forceNew: replacedByName(tokens.FLOW_LOG),
  beforeCreate: (inputs, context) => {
    referred(context, tokens.VIRTUAL_NETWORK, text(inputs, "targetResourceId") ?? "");
  },
});

/** @throws CloudError where a region has no zones to ask for */
export function refuseZones(inputs: Properties, region: string): void {
  if (texts(inputs, "zones").length === 0 || hasZones(region)) return;
  throw new CloudError("AvailabilityZoneNotSupported", `The zone(s) '${texts(inputs, "zones").join(", ")}' for resource is not supported. The supported zones for location '${region}' are ''`);
}
