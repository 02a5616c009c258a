import { CloudError, type CloudObject, type Context } from "../../provider/behaviour";
import { isObject, list, number, type Properties, text, texts } from "../../provider/properties";
import { contains, overlaps, parseRange, type Range } from "../cidr";
import { described, liveOf, nameProblems } from "../reference";
import { parentId, sameId } from "./arm";
import { assumed, minutes, replacedByList } from "./facts";
import { rangeProblems } from "./network";
import { parentOf, referred, resource } from "./resource";
import * as tokens from "./tokens";

/** Minutes for which a deleted database server still holds its subnet. Assumed: reported as "minutes". */
const LINK_REMAINS = minutes("2:00");

/** How long Azure takes to say so. Assumed. */
const ANSWER = minutes("0:30");

const DATABASE_SERVICE = "Microsoft.DBforPostgreSQL/flexibleServers";

export const subnet = resource(tokens.SUBNET, {
  latency: assumed("0:06", "0:06", "0:12"),
  forceNew: replacedByList(tokens.SUBNET, []),
  // Until an update has ended the network takes no other.
  heldByUpdates: true,
  check: (inputs) => [
    ...nameProblems(inputs, "subnetName", /^[a-zA-Z0-9]([\w.-]{0,78}\w)?$/, "1 to 80 letters, digits, ., - and _, beginning with a letter or digit"),
    ...rangeProblems(inputs, "addressPrefix", prefixesOf(inputs)),
  ],
  beforeCreate: (inputs, context) => {
    refuseRange(inputs, "", context);
    refuseReferences(inputs, context);
    refuseBusy(idOfNetwork(inputs, context), "", context);
  },
  outputs: (inputs) => ({
    provisioningState: "Succeeded",
    delegations: list(inputs, "delegations"),
    purpose: "",
    ipConfigurations: [],
    ipConfigurationProfiles: [],
    privateEndpoints: [],
    resourceNavigationLinks: [],
    serviceAssociationLinks: [],
  }),
  beforeUpdate: (inputs, olds, context) => {
    refuseBusy(parentId(context.id), context.id, context);
    refuseReferences(inputs, context);
    refuseRange(inputs, context.id, context);
    if (String(prefixesOf(inputs)) === String(prefixesOf(olds))) return;
    refuseInUse(context.id, "InUseSubnetCannotBeUpdated", "updated", context);
  },
  beforeDelete: async ({ id }, context) => {
    refuseBusy(parentId(id), id, context);
    refuseInUse(id, "InUseSubnetCannotBeDeleted", "deleted", context);
    const left = linkOf(id, context);
    if (left === undefined) return;
    await context.sleep(ANSWER);
    if (linkOf(id, context) === undefined) return;
    throw new CloudError(
      "InUseSubnetCannotBeDeleted",
      `Subnet ${text(left.outputs, "subnetName") ?? id} is in use by ${id}/serviceAssociationLinks/legionservicelink and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet.`,
    );
  },
});

function prefixesOf(inputs: Properties): readonly string[] {
  const one = text(inputs, "addressPrefix");
  return one === undefined ? texts(inputs, "addressPrefixes") : [one];
}

function idOfNetwork(inputs: Properties, context: Context): string {
  const name = text(inputs, "virtualNetworkName") ?? "";
  const group = text(inputs, "resourceGroupName") ?? "";
  const found = liveOf(context, tokens.VIRTUAL_NETWORK).find(({ id }) => id.toLowerCase().endsWith(`/resourcegroups/${group}/providers/microsoft.network/virtualnetworks/${name}`.toLowerCase()));
  return found?.id ?? "";
}

// A network takes one change at a time, and each of its subnets is one.
function refuseBusy(networkId: string, own: string, context: Context): void {
  const parts = [...liveOf(context, tokens.SUBNET).filter(({ id }) => sameId(parentId(id), networkId)), ...liveOf(context, tokens.VIRTUAL_NETWORK).filter(({ id }) => sameId(id, networkId))];
  const busy = parts.find(({ id, status }) => id !== own && (status === "creating" || status === "updating" || status === "deleting"));
  if (busy === undefined) return;
  throw new CloudError(
    "AnotherOperationInProgress",
    `Another operation on this or dependent resource is in progress. To retrieve status of the operation use uri: https://management.azure.com${networkId.split("/resourceGroups")[0]}/providers/Microsoft.Network/locations/operations/${context.random.for("operation").uuid()}. It is busy with ${described(busy)}.`,
  );
}

function refuseRange(inputs: Properties, own: string, context: Context): void {
  const network = liveOf(context, tokens.VIRTUAL_NETWORK).find(({ id }) => sameId(id, idOfNetwork(inputs, context)));
  const ranges = rangesOf(prefixesOf(inputs));
  const whole = rangesOf(texts(network?.outputs, "addressSpace.addressPrefixes"));
  const name = text(inputs, "subnetName") ?? "";
  for (const range of ranges) {
    if (range.prefix > 29) throw new CloudError("NetcfgSubnetRangeTooSmall", `Subnet '${name}' is smaller than /29.`);
    if (!whole.some((outer) => contains(outer, range))) {
      throw new CloudError("NetcfgSubnetRangeOutsideVnet", `Subnet '${name}' is not valid because its IP address range is outside the IP address range of virtual network '${text(inputs, "virtualNetworkName")}'.`);
    }
    const others = liveOf(context, tokens.SUBNET).filter(({ id }) => id !== own && sameId(parentId(id), network?.id ?? ""));
    const other = others.find(({ outputs }) => rangesOf(prefixesOf(outputs)).some((taken) => overlaps(taken, range)));
    if (other === undefined) continue;
    throw new CloudError("NetcfgSubnetRangesOverlap", `Subnet '${name}' is not valid because its IP address range overlaps with that of an existing subnet in virtual network '${text(inputs, "virtualNetworkName")}': ${described(other)}.`);
  }
}

function rangesOf(prefixes: readonly string[]): readonly Range[] {
  return prefixes.flatMap((prefix) => parseRange(prefix) ?? []);
}

function refuseReferences(inputs: Properties, context: Context): void {
  for (const [property, type] of [["networkSecurityGroup", tokens.SECURITY_GROUP], ["natGateway", tokens.NAT_GATEWAY]] as const) {
    const id = text(inputs, `${property}.id`);
    if (id !== undefined) referred(context, type, id);
  }
}

// Who has an address in a subnet.
function occupants(id: string, context: Context): readonly CloudObject[] {
  const isHere = (found: string | undefined): boolean => found !== undefined && sameId(found, id);
  return [
    ...liveOf(context, tokens.PRIVATE_ENDPOINT).filter(({ outputs }) => isHere(text(outputs, "subnet.id"))),
    ...liveOf(context, tokens.SERVER).filter(({ outputs }) => isHere(text(outputs, "network.delegatedSubnetResourceId"))),
    ...liveOf(context, tokens.CLUSTER).filter(
      ({ outputs }) => isHere(text(outputs, "apiServerAccessProfile.subnetId")) || list(outputs, "agentPoolProfiles").filter(isObject).some((pool) => isHere(text(pool, "vnetSubnetID"))),
    ),
  ];
}

function refuseInUse(id: string, code: string, done: string, context: Context): void {
  const users = occupants(id, context);
  if (users.length === 0) return;
  throw new CloudError(code, `Subnet ${id} is in use by ${users.map(described).join(", ")} and cannot be ${done}. In order to do so, delete all the resources within the subnet.`);
}

/** What is left of a server that still holds a subnet: the service lets go of it a while after its last server has gone. */
export function linkOf(subnetId: string, context: Context): CloudObject | undefined {
  return context.objects
    .ofType(tokens.SERVER_BACKUP)
    .find(({ outputs }) => sameId(text(outputs, "delegatedSubnetResourceId") ?? "", subnetId) && context.now - (number(outputs, "deletedAt") ?? 0) < LINK_REMAINS);
}

/** @throws CloudError where a subnet is not given over to a service */
export function refuseUndelegated(found: CloudObject, service: string): void {
  const services = list(found.outputs, "delegations").map((delegation) => text(delegation, "serviceName"));
  if (services.includes(service)) return;
  const code = service === DATABASE_SERVICE ? "SubnetMissingRequiredDelegation" : "SubnetNotDelegated";
  throw new CloudError(code, `Subnet ${found.id} requires any of the following delegation(s) [${service}] to reference service association link.`);
}

/** The network a subnet is in. */
export function networkOf(found: CloudObject, context: Context): CloudObject | undefined {
  return parentOf(context, tokens.VIRTUAL_NETWORK, found.id);
}
