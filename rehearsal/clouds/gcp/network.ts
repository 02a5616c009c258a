import { type Behaviour, type CloudObject, type Context, type Problem } from "../../provider/behaviour";
import { addressIn, overlaps, parseRange, type Range } from "../cidr";
import { flag, isObject, list, number, type Properties, text } from "../../provider/properties";
import { assumed, operation, replacedBy } from "./facts";
import { regionOf, selfLink } from "./place";
import { labelNameProblems, liveOf, located, nameOf, needed, referring, refersTo, refuseProtected, refuseUsed } from "./reference";
import { answered } from "./refusals";
import * as tokens from "./tokens";

export const network: Behaviour = {
  latency: assumed("0:22", "0:11", "0:22"),
  forceNew: replacedBy("compute/resource_compute_network.go", [
    ...["name", "autoCreateSubnetworks", "description", "internalIpv6Range", "networkProfile", "params"],
  ]),
  check: (inputs) => labelNameProblems(inputs),
  ...located((inputs) => `global/networks/${nameOf(inputs)}`),
  outputs: (inputs, context) => ({
    selfLink: selfLink(context.id),
    networkId: context.random.for("number").digits(19),
    numericId: context.random.for("number").digits(19),
    routingMode: text(inputs, "routingMode") ?? "REGIONAL",
    mtu: number(inputs, "mtu") ?? 1460,
    bgpBestPathSelectionMode: text(inputs, "bgpBestPathSelectionMode") ?? "LEGACY",
  }),
  beforeDelete: (object, context) => {
    refuseProtected(object, false, "");
    refuseUsed(object, within(context, object));
  },
};

const WITHIN = [
  ...[tokens.SUBNETWORK, tokens.FIREWALL, tokens.ROUTE, tokens.ROUTER, tokens.CONNECTION, tokens.GLOBAL_ADDRESS, tokens.CLUSTER],
  ...[tokens.FORWARDING_RULE, tokens.FILESTORE],
];

// A connection to Google's services is a peering of the network.
function within(context: Context, network: CloudObject): readonly CloudObject[] {
  const filestores = liveOf(context, tokens.FILESTORE).filter(({ outputs }) => list(outputs, "networks").some((used) => refersTo(text(used, "network"), network)));
  return [...WITHIN.flatMap((type) => referring(context, type, "network", network)), ...filestores];
}

export const subnetwork: Behaviour = {
  latency: assumed("0:22", "0:22", "0:22"),
  forceNew: replacedBy(
    "compute/resource_compute_subnetwork.go",
    [
      ...["name", "network", "description", "externalIpv6Prefix", "internalIpv6Prefix", "params", "region"],
      ...["reservedInternalRange", "resolveSubnetMask"],
    ],
    { when: shrunk, inWords: "`ipCidrRange` to one that does not hold the old one" },
  ),
  check: (inputs) => [...labelNameProblems(inputs), ...rangesProblems(inputs)],
  beforeCreate: (inputs, context) => {
    const inside = needed(context, tokens.NETWORK, text(inputs, "network") ?? "");
    const neighbours = referring(context, tokens.SUBNETWORK, "network", inside);
    const clash = neighbours.find(({ outputs }) => rangesOf(outputs).some((taken) => rangesOf(inputs).some((range) => overlaps(taken, range))));
    if (clash === undefined) return;
    throw answered(400, `Invalid IPCidrRange: ${text(inputs, "ipCidrRange")} conflicts with existing subnetwork '${nameOf(clash.outputs)}' in region '${text(clash.outputs, "region")}'.`, "invalid");
  },
  ...located((inputs, context) => `regions/${regionOf(inputs, context)}/subnetworks/${nameOf(inputs)}`),
  outputs: (inputs, context) => {
    const range = parseRange(text(inputs, "ipCidrRange") ?? "");
    return {
      selfLink: selfLink(context.id),
      gatewayAddress: range === undefined ? "" : addressIn(range, 1),
      purpose: text(inputs, "purpose") ?? "PRIVATE",
      stackType: text(inputs, "stackType") ?? "IPV4_ONLY",
      privateIpGoogleAccess: flag(inputs, "privateIpGoogleAccess") ?? false,
      privateIpv6GoogleAccess: text(inputs, "privateIpv6GoogleAccess") ?? "DISABLE_GOOGLE_ACCESS",
      secondaryIpRanges: list(inputs, "secondaryIpRanges"),
      state: text(inputs, "purpose") === "REGIONAL_MANAGED_PROXY" ? "READY" : "",
      subnetworkId: Number(context.random.for("number").digits(15)),
    };
  },
  beforeDelete: (object, context) => refuseUsed(object, [tokens.CLUSTER, tokens.FORWARDING_RULE, tokens.ADDRESS].flatMap((type) => referring(context, type, "subnetwork", object))),
};

// IsShrinkageIpCidr: a range may grow around the old one.
function shrunk(olds: Properties, news: Properties): readonly string[] {
  const [before, after] = [olds, news].map((inputs) => parseRange(text(inputs, "ipCidrRange") ?? ""));
  if (before === undefined || after === undefined) return [];
  return after.first <= before.first && before.last <= after.last ? [] : ["ipCidrRange"];
}

/** The range of a subnetwork and those beside it for pods and services. */
export function rangesOf(properties: Properties): readonly Range[] {
  const secondary = list(properties, "secondaryIpRanges").filter(isObject).map((range) => text(range, "ipCidrRange"));
  return [text(properties, "ipCidrRange"), ...secondary].flatMap((range) => (range === undefined ? [] : (parseRange(range) ?? [])));
}

function rangesProblems(inputs: Properties): readonly Problem[] {
  const range = text(inputs, "ipCidrRange");
  const parsed = range === undefined ? undefined : parseRange(range);
  const fits = range === undefined || (parsed !== undefined && parsed.prefix >= 4 && parsed.prefix <= 29);
  const own = rangesOf(inputs);
  const meets = own.some((one, index) => own.slice(index + 1).some((other) => overlaps(one, other)));
  return [
    ...(fits ? [] : [{ property: "ipCidrRange", reason: `"${range}" is no network address with a prefix from /4 to /29.` }]),
    ...(meets ? [{ property: "secondaryIpRanges", reason: "the ranges of a subnetwork must not overlap." }] : []),
  ];
}

export const firewall: Behaviour = {
  latency: operation,
  forceNew: replacedBy("compute/resource_compute_firewall.go", ["name", "direction", "params"]),
  check: (inputs) => [
    ...labelNameProblems(inputs),
    ...(inputs.allows !== undefined && inputs.denies !== undefined ? [{ property: "allows", reason: '"allow" and "deny" exclude each other.' }] : []),
  ],
  beforeCreate: (inputs, context) => {
    needed(context, tokens.NETWORK, text(inputs, "network") ?? "");
  },
  ...located((inputs) => `global/firewalls/${nameOf(inputs)}`),
  outputs: (inputs, context) => ({
    selfLink: selfLink(context.id),
    direction: text(inputs, "direction") ?? "INGRESS",
  }),
};
