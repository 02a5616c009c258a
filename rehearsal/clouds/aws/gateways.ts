import { type Behaviour, CloudError, type CloudObject, type Context } from "../../provider/behaviour";
import { flag, text, texts } from "../../provider/properties";
import { assumed, minutes, fromRunLogs, momentary, replacedBy } from "./facts";
import { described, live, liveOf, liveWhere, needed, unused } from "../reference";
import { ACCOUNT, arn, regionOf } from "./region";
import * as tokens from "./tokens";
import { neededSubnet, neededVpc } from "./vpc";

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
  latency: fromRunLogs(minutes("1:55"), "median of 9 published run logs, 1:24 to 2:01", "0:30", "1:00"),
  forceNew: replacedBy("ec2/vpc_nat_gateway.go", ["allocationId", "availabilityMode", "connectivityType", "privateIp", "subnetId", "vpcId"], {
    when: (_, news) => (text(news, "connectivityType") === "private" && news.secondaryPrivateIpAddressCount !== undefined ? ["secondaryPrivateIpAddressCount"] : []),
    inWords: "`secondaryPrivateIpAddressCount` of a private gateway",
  }),
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
  forceNew: replacedBy("ec2/ec2_eip.go", ["address", "domain", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool"]),
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
