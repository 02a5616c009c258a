import { type Behaviour, CloudError, type CloudObject, type Context, type Problem } from "../../provider/behaviour";
import { flag, type Properties, text } from "../../provider/properties";
import { contains, overlaps, parseRange } from "../cidr";
import { assumed, replacedBy } from "./facts";
import { occupants } from "./occupants";
import { described, liveWhere, needed, unused } from "../reference";
import { ACCOUNT, arn, regionOf, zoneId, zonesOf } from "./region";
import * as tokens from "./tokens";

const VPCS_PER_REGION = 5;

/** The VPC somebody refers to. */
export function neededVpc(context: Context, id: string): CloudObject {
  return needed(context, tokens.VPC, id, "InvalidVpcID.NotFound", `The vpc ID '${id}' does not exist`);
}

/** The subnet somebody refers to. */
export function neededSubnet(context: Context, id: string): CloudObject {
  return needed(context, tokens.SUBNET, id, "InvalidSubnetID.NotFound", `The subnet ID '${id}' does not exist`);
}

/** VPCs and subnets take ranges of the same sizes, and refuse others by codes of their own. */
function rangeProblems(inputs: Properties, code: string, what: string): Problem[] {
  const given = text(inputs, "cidrBlock");
  const range = given === undefined ? undefined : parseRange(given);
  if (given === undefined || (range !== undefined && range.prefix >= 16 && range.prefix <= 28)) return [];
  return [{ property: "cidrBlock", reason: `${code}: The CIDR '${given}' is invalid. A ${what} takes a network address with a prefix from /16 to /28.` }];
}

export const vpc: Behaviour = {
  latency: assumed("0:12", "0:05", "0:01"),
  forceNew: replacedBy("ec2/vpc_.go", ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"], {
    when: otherTenancy,
    inWords: "`instanceTenancy`, except from `dedicated` to `default`",
  }),
  check: (inputs) => rangeProblems(inputs, "InvalidVpc.Range", "VPC"),
  beforeCreate: (inputs, context) => {
    const region = regionOf(inputs, context);
    const there = liveWhere(context, tokens.VPC, "region", region);
    if (there.length >= VPCS_PER_REGION) throw new CloudError("VpcLimitExceeded", "The maximum number of VPCs has been reached.");
  },
  id: (_, context) => `vpc-${context.random.for("id").hex(17)}`,
  outputs: (inputs, context) => {
    const region = regionOf(inputs, context);
    const part = (purpose: string): string => context.random.for(purpose).hex(17);
    return {
      arn: arn("ec2", region, `vpc/${context.id}`),
      ownerId: ACCOUNT,
      defaultNetworkAclId: `acl-${part("acl")}`,
      defaultRouteTableId: `rtb-${part("routes")}`,
      defaultSecurityGroupId: `sg-${part("group")}`,
      dhcpOptionsId: `dopt-${part("dhcp")}`,
      mainRouteTableId: `rtb-${part("routes")}`,
      enableDnsHostnames: flag(inputs, "enableDnsHostnames") ?? false,
      enableDnsSupport: flag(inputs, "enableDnsSupport") ?? true,
      enableNetworkAddressUsageMetrics: flag(inputs, "enableNetworkAddressUsageMetrics") ?? false,
      instanceTenancy: text(inputs, "instanceTenancy") ?? "default",
    };
  },
  beforeDelete: (object, context) =>
    unused(
      context,
      () => partsOf(context, object.id),
      5,
      "DependencyViolation",
      `The vpc '${object.id}' has dependencies and cannot be deleted.`,
    ),
};

// Dedicated hardware can be given up in place, and not be asked for.
function otherTenancy(olds: Properties, news: Properties): readonly string[] {
  const [before, after] = [olds, news].map((inputs) => text(inputs, "instanceTenancy") ?? "default");
  return before === after || (before === "dedicated" && after === "default") ? [] : ["instanceTenancy"];
}

const PARTS = [
  ...[tokens.SUBNET, tokens.INTERNET_GATEWAY, tokens.NAT_GATEWAY, tokens.ROUTE_TABLE],
  ...[tokens.SECURITY_GROUP, tokens.VPC_ENDPOINT, tokens.LOAD_BALANCER],
];

function partsOf(context: Context, vpcId: string): readonly CloudObject[] {
  const left = context.objects.where(tokens.NETWORK_INTERFACE, "vpcId", vpcId);
  return [...PARTS.flatMap((type) => liveWhere(context, type, "vpcId", vpcId)), ...left];
}

export const subnet: Behaviour = {
  latency: assumed("0:02", "0:02", "0:01"),
  forceNew: replacedBy(
    "ec2/vpc_subnet.go",
    [
      ...["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "ipv6Native", "outpostArn"],
      ...["ipv4IpamPoolId", "ipv4NetmaskLength", "ipv6IpamPoolId", "ipv6NetmaskLength"],
    ],
    {
      when: (olds) => (flag(olds, "assignIpv6AddressOnCreation") === true ? ["ipv6CidrBlock"] : []),
      inWords: "`ipv6CidrBlock` where `assignIpv6AddressOnCreation` was on",
    },
  ),
  check: (inputs) => rangeProblems(inputs, "InvalidSubnet.Range", "subnet"),
  beforeCreate: (inputs, context) => {
    const region = regionOf(inputs, context);
    const zone = text(inputs, "availabilityZone");
    if (zone !== undefined && !zonesOf(region).includes(zone)) {
      throw new CloudError(
        "InvalidParameterValue",
        `Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${zonesOf(region).join(", ")}.`,
      );
    }
    const vpcId = text(inputs, "vpcId") ?? "";
    const range = parseRange(text(inputs, "cidrBlock") ?? "");
    const outer = parseRange(text(neededVpc(context, vpcId).outputs, "cidrBlock") ?? "");
    if (range === undefined || outer === undefined) return;
    if (!contains(outer, range)) throw new CloudError("InvalidSubnet.Range", `The CIDR '${text(inputs, "cidrBlock")}' is invalid.`);
    const clash = liveWhere(context, tokens.SUBNET, "vpcId", vpcId).find((other) => {
      const taken = parseRange(text(other.outputs, "cidrBlock") ?? "");
      return taken !== undefined && overlaps(taken, range);
    });
    if (clash === undefined) return;
    throw new CloudError("InvalidSubnet.Conflict", `The CIDR '${text(inputs, "cidrBlock")}' conflicts with another subnet: ${described(clash)}.`);
  },
  id: (_, context) => `subnet-${context.random.for("id").hex(17)}`,
  outputs: (inputs, context) => {
    const region = regionOf(inputs, context);
    const zone = text(inputs, "availabilityZone") ?? zonesOf(region)[context.random.for("zone").integer(zonesOf(region).length)] ?? "";
    return {
      arn: arn("ec2", region, `subnet/${context.id}`),
      ownerId: ACCOUNT,
      availabilityZone: zone,
      availabilityZoneId: zoneId(zone),
      mapPublicIpOnLaunch: flag(inputs, "mapPublicIpOnLaunch") ?? false,
      privateDnsHostnameTypeOnLaunch: "ip-name",
    };
  },
  beforeDelete: (object, context) =>
    unused(
      context,
      () => occupants(context, object.id),
      20,
      "DependencyViolation",
      `The subnet '${object.id}' has dependencies and cannot be deleted.`,
    ),
};
