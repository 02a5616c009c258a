import { type Behaviour, type Context } from "../../provider/behaviour";
import { number, type Properties, text, texts } from "../../provider/properties";
import { assumed, operation, replacedBy } from "./facts";
import { lastPart, projectOf, regionOf, selfLink } from "./place";
import { choiceProblems, labelNameProblems, liveOf, located, nameOf, needed, rangeProblems, refersTo, refuseUsed } from "./reference";
import { answered, taken } from "./refusals";
import * as tokens from "./tokens";

export const router: Behaviour = {
  latency: operation,
  forceNew: replacedBy("compute/resource_compute_router.go", [
    ...["name", "encryptedInterconnectRouter", "nccGateway", "network", "params", "region"],
  ]),
  check: (inputs) => labelNameProblems(inputs),
  beforeCreate: (inputs, context) => {
    needed(context, tokens.NETWORK, text(inputs, "network") ?? "");
  },
  ...located((inputs, context) => `regions/${regionOf(inputs, context)}/routers/${nameOf(inputs)}`),
  outputs: (_, context) => ({ selfLink: selfLink(context.id) }),
  // What a router translates goes with it: the interface takes them as parts of it.
  afterDelete: (object, context) => {
    for (const nat of natsOf(context, object.id)) context.drop(nat.type, nat.id);
  },
};

function natsOf(context: Pick<Context, "objects">, routerId: string) {
  return liveOf(context, tokens.ROUTER_NAT).filter(({ outputs }) => lastPart(text(outputs, "router") ?? "") === lastPart(routerId));
}

export const routerNat: Behaviour = {
  latency: assumed("0:22", "0:22", "0:22"),
  forceNew: replacedBy("compute/resource_compute_router_nat.go", ["name", "router", "endpointTypes", "initialNatIps", "region", "type"]),
  check: (inputs) => [
    ...labelNameProblems(inputs),
    ...choiceProblems(inputs, "natIpAllocateOption", ["MANUAL_ONLY", "AUTO_ONLY"]),
    ...choiceProblems(inputs, "sourceSubnetworkIpRangesToNat", ["ALL_SUBNETWORKS_ALL_IP_RANGES", "ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES", "LIST_OF_SUBNETWORKS"]),
    ...rangeProblems(inputs, "minPortsPerVm", 2, 57_344, "ports"),
    ...(text(inputs, "natIpAllocateOption") === "MANUAL_ONLY" && inputs.natIps === undefined && inputs.initialNatIps === undefined
      ? [{ property: "natIps", reason: "natIps are needed where natIpAllocateOption is MANUAL_ONLY." }]
      : []),
  ],
  beforeCreate: (inputs, context) => {
    const found = needed(context, tokens.ROUTER, text(inputs, "router") ?? "");
    const other = natsOf(context, found.id).find(({ outputs }) => coversAll(outputs));
    if (other === undefined || !coversAll(inputs)) return;
    throw answered(400, `Invalid value for field 'resource.nats[1].sourceSubnetworkIpRangesToNat'. A NAT for all subnetworks exists already: ${nameOf(other.outputs)}`, "invalid");
  },
  id: (inputs, context) => [projectOf(inputs, context), regionOf(inputs, context), lastPart(text(inputs, "router") ?? ""), nameOf(inputs)].join("/"),
  uniqueBy: (_, context) => context.id,
  alreadyExists: taken,
  outputs: (inputs) => ({
    minPortsPerVm: number(inputs, "minPortsPerVm") ?? (inputs.enableDynamicPortAllocation === true ? 32 : 64),
    natIps: texts(inputs, "natIps"),
    drainNatIps: texts(inputs, "drainNatIps"),
    autoNetworkTier: text(inputs, "autoNetworkTier") ?? "PREMIUM",
    endpointTypes: inputs.endpointTypes ?? ["ENDPOINT_TYPE_VM"],
  }),
};

function coversAll(properties: Properties): boolean {
  return text(properties, "sourceSubnetworkIpRangesToNat")?.startsWith("ALL_SUBNETWORKS") === true;
}

export const address: Behaviour = {
  latency: operation,
  forceNew: replacedBy("compute/resource_compute_address.go", [
    ...["name", "address", "addressType", "description", "ipCollection", "ipVersion", "ipv6EndpointType", "network", "networkTier"],
    ...["prefixLength", "purpose", "region", "subnetwork"],
  ]),
  check: (inputs) => labelNameProblems(inputs),
  ...located((inputs, context) => `regions/${regionOf(inputs, context)}/addresses/${nameOf(inputs)}`),
  outputs: (inputs, context) => ({
    selfLink: selfLink(context.id),
    address: text(inputs, "address") ?? `203.0.113.${1 + context.random.for("address").integer(254)}`,
    addressType: text(inputs, "addressType") ?? "EXTERNAL",
    networkTier: text(inputs, "networkTier") ?? "PREMIUM",
    purpose: text(inputs, "purpose") ?? "",
  }),
  beforeDelete: (object, context) => {
    const nats = liveOf(context, tokens.ROUTER_NAT).filter(({ outputs }) => texts(outputs, "natIps").some((ip) => refersTo(ip, object)));
    const rules = liveOf(context, tokens.FORWARDING_RULE).filter(({ outputs }) => text(outputs, "ipAddress") === text(object.outputs, "address"));
    refuseUsed(object, [...nats, ...rules]);
  },
};

/** A range that a network gives away, or a public address of no region. */
export const globalAddress: Behaviour = {
  latency: operation,
  forceNew: replacedBy("compute/resource_compute_global_address.go", [
    ...["name", "address", "addressType", "description", "ipVersion", "network", "prefixLength", "purpose"],
  ]),
  check: (inputs) => [
    ...labelNameProblems(inputs),
    ...choiceProblems(inputs, "purpose", ["VPC_PEERING", "PRIVATE_SERVICE_CONNECT"]),
    ...(text(inputs, "purpose") === "VPC_PEERING" && inputs.prefixLength === undefined
      ? [{ property: "prefixLength", reason: "a range for VPC_PEERING needs a prefixLength." }]
      : []),
  ],
  beforeCreate: (inputs, context) => {
    const network = text(inputs, "network");
    if (network !== undefined) needed(context, tokens.NETWORK, network);
  },
  ...located((inputs) => `global/addresses/${nameOf(inputs)}`),
  outputs: (inputs, context) => ({
    selfLink: selfLink(context.id),
    address: text(inputs, "address") ?? `172.2${context.random.for("address").integer(9)}.0.0`,
  }),
  beforeDelete: (object, context) => {
    const connections = liveOf(context, tokens.CONNECTION).filter(({ outputs }) => texts(outputs, "reservedPeeringRanges").some((range) => refersTo(range, object)));
    refuseUsed(object, connections);
  },
};

/** Routes of a program; those that a network has by itself are not simulated. */
export const route: Behaviour = {
  latency: operation,
  forceNew: replacedBy("compute/resource_compute_route.go", [
    ...["destRange", "name", "network", "description", "nextHopGateway", "nextHopIlb", "nextHopInstance", "nextHopIp"],
    ...["nextHopVpnTunnel", "params", "priority", "tags", "nextHopInstanceZone"],
  ]),
  check: (inputs) => labelNameProblems(inputs),
  beforeCreate: (inputs, context) => {
    needed(context, tokens.NETWORK, text(inputs, "network") ?? "");
  },
  ...located((inputs) => `global/routes/${nameOf(inputs)}`),
  outputs: (_, context) => ({ selfLink: selfLink(context.id) }),
};
