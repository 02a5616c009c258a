import { type Behaviour, CloudError, type CloudObject, type Context } from "../../provider/behaviour";
import { flag, text, texts } from "../../provider/properties";
import { contains, overlaps, parseRange } from "./cidr";
import { assumed, momentary, replacedBy } from "./facts";
import { occupants } from "./occupants";
import { described, live, liveOf, liveWhere, needed, unused } from "./reference";
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

export const vpc: Behaviour = {
  latency: assumed("0:12", "0:05", "0:01"),
  forceNew: replacedBy("ec2/vpc_.go", ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength", "instanceTenancy"]),
  check: (inputs) => {
    const given = text(inputs, "cidrBlock");
    const range = given === undefined ? undefined : parseRange(given);
    if (given === undefined || (range !== undefined && range.prefix >= 16 && range.prefix <= 28)) return [];
    return [{ property: "cidrBlock", reason: `InvalidVpc.Range: The CIDR '${given}' is invalid. A VPC takes a network address with a prefix from /16 to /28.` }];
  },
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
  forceNew: replacedBy("ec2/vpc_subnet.go", [
    ...["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "ipv6Native", "outpostArn"],
    ...["ipv4IpamPoolId", "ipv4NetmaskLength", "ipv6IpamPoolId", "ipv6NetmaskLength"],
  ]),
  check: (inputs) => {
    const given = text(inputs, "cidrBlock");
    const range = given === undefined ? undefined : parseRange(given);
    if (given === undefined || (range !== undefined && range.prefix >= 16 && range.prefix <= 28)) return [];
    return [{ property: "cidrBlock", reason: `InvalidSubnet.Range: The CIDR '${given}' is invalid. A subnet takes a network address with a prefix from /16 to /28.` }];
  },
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

export const internetGateway: Behaviour = {
  latency: assumed("0:02", "0:02", "0:02"),
  forceNew: replacedBy("ec2/vpc_internet_gateway.go", []),
  beforeCreate: (inputs, context) => {
    const vpcId = text(inputs, "vpcId");
    if (vpcId === undefined) return;
    neededVpc(context, vpcId);
    const other = liveWhere(context, tokens.INTERNET_GATEWAY, "vpcId", vpcId)[0];
    if (other === undefined) return;
    throw new CloudError("Resource.AlreadyAssociated", `Network ${vpcId} already has an internet gateway attached: ${described(other)}`);
  },
  id: (_, context) => `igw-${context.random.for("id").hex(17)}`,
  outputs: (inputs, context) => ({
    arn: arn("ec2", regionOf(inputs, context), `internet-gateway/${context.id}`),
    ownerId: ACCOUNT,
  }),
  beforeDelete: (object, context) => {
    const vpcId = text(object.outputs, "vpcId") ?? "";
    const message = `Network ${vpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`;
    return unused(context, () => publicAddresses(context, vpcId), 20, "DependencyViolation", message);
  },
};

// A load balancer of the cluster holds public addresses until its Service is gone.
function publicAddresses(context: Context, vpcId: string): readonly CloudObject[] {
  const gateways = liveWhere(context, tokens.NAT_GATEWAY, "vpcId", vpcId).filter(({ outputs }) => text(outputs, "connectivityType") !== "private");
  const balancers = liveWhere(context, tokens.LOAD_BALANCER, "vpcId", vpcId).filter(({ outputs }) => flag(outputs, "internal") !== true);
  return [...gateways, ...balancers];
}

export const natGateway: Behaviour = {
  latency: {
    create: 115 / 60,
    update: 0.5,
    delete: 1,
    source: { basis: "reported", from: "creation: median 1:55 of 9 published run logs, 1:24 to 2:01; update and deletion: estimated" },
  },
  forceNew: replacedBy("ec2/vpc_nat_gateway.go", ["allocationId", "availabilityMode", "connectivityType", "privateIp", "subnetId", "vpcId"]),
  check: (inputs) => {
    if (text(inputs, "availabilityMode") === "regional") {
      return text(inputs, "subnetId") === undefined ? [] : [{ property: "subnetId", reason: "a regional NAT gateway takes vpcId, not subnetId." }];
    }
    const zonal = text(inputs, "connectivityType") !== "private" && inputs.allocationId === undefined && inputs.subnetId !== undefined;
    return zonal ? [{ property: "allocationId", reason: "a public NAT gateway in one zone needs the allocationId of an Elastic IP." }] : [];
  },
  beforeCreate: (inputs, context) => {
    const subnetId = text(inputs, "subnetId");
    const vpcId = text(inputs, "vpcId") ?? (subnetId === undefined ? undefined : text(neededSubnet(context, subnetId).outputs, "vpcId"));
    if (vpcId === undefined) throw new CloudError("MissingParameter", "The request must contain the parameter subnetId, or vpcId for a regional NAT gateway");
    neededVpc(context, vpcId);
    const allocation = text(inputs, "allocationId");
    if (allocation === undefined) return;
    needed(context, tokens.EIP, allocation, "InvalidAllocationID.NotFound", `The allocation ID '${allocation}' does not exist`);
    const taken = liveWhere(context, tokens.NAT_GATEWAY, "allocationId", allocation)[0];
    if (taken !== undefined) throw new CloudError("Resource.AlreadyAssociated", `Elastic IP address [${allocation}] is already associated with ${described(taken)}`);
  },
  id: (_, context) => `nat-${context.random.for("id").hex(17)}`,
  outputs: (inputs, context) => {
    const subnetVpc = text(live(context, tokens.SUBNET, text(inputs, "subnetId") ?? "")?.outputs, "vpcId");
    const address = live(context, tokens.EIP, text(inputs, "allocationId") ?? "")?.outputs;
    return {
      vpcId: text(inputs, "vpcId") ?? subnetVpc,
      availabilityMode: text(inputs, "availabilityMode") ?? "zonal",
      connectivityType: text(inputs, "connectivityType") ?? "public",
      publicIp: text(address, "publicIp"),
      networkInterfaceId: `eni-${context.random.for("interface").hex(17)}`,
    };
  },
  // The provider waits for the gateway to become available and reports the state's own reason when it fails.
  settle: (inputs, context) => {
    const vpcId = text(context.objects.byId(context.id)?.outputs, "vpcId") ?? "";
    if (text(inputs, "connectivityType") === "private" || liveWhere(context, tokens.INTERNET_GATEWAY, "vpcId", vpcId).length > 0) return;
    throw new CloudError("Gateway.NotAttached", `Network ${vpcId} has no Internet gateway attached`);
  },
};

const ADDRESSES_PER_REGION = 5;

export const eip: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("ec2/ec2_eip.go", ["address", "customerOwnedIpv4Pool", "domain", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool"]),
  beforeCreate: (inputs, context) => {
    const there = liveWhere(context, tokens.EIP, "region", regionOf(inputs, context));
    if (there.length >= ADDRESSES_PER_REGION) throw new CloudError("AddressLimitExceeded", "The maximum number of addresses has been reached.");
  },
  id: (_, context) => `eipalloc-${context.random.for("id").hex(17)}`,
  // Addresses of the documentation range 203.0.113.0/24: nobody's.
  outputs: (inputs, context) => {
    const region = regionOf(inputs, context);
    const address = `203.0.113.${1 + context.random.for("address").integer(254)}`;
    return {
      arn: arn("ec2", region, `elastic-ip/${context.id}`),
      allocationId: context.id,
      domain: "vpc",
      publicIp: address,
      publicDns: `ec2-${address.replaceAll(".", "-")}.${region}.compute.amazonaws.com`,
      networkBorderGroup: region,
      publicIpv4Pool: "amazon",
    };
  },
  beforeDelete: (object, context) =>
    unused(
      context,
      () => liveOf(context, tokens.NAT_GATEWAY).filter(({ outputs }) => [text(outputs, "allocationId"), ...texts(outputs, "secondaryAllocationIds")].includes(object.id)),
      3,
      "InvalidIPAddress.InUse",
      `Address ${object.id} is in use.`,
    ),
};
