import { type Behaviour, CloudError, type CloudObject, type Context, type Invoke } from "../../provider/behaviour";
import { at, isObject, list, text, texts } from "../../provider/properties";
import { momentary, assumed, replacedBy } from "./facts";
import { described, liveOf, liveWhere, needed, unused } from "../reference";
import { ACCOUNT, arn, regionOf } from "./region";
import * as tokens from "./tokens";
import { neededSubnet, neededVpc } from "./vpc";

export function neededRouteTable(context: Context, id: string): CloudObject | undefined {
  const main = liveWhere(context, tokens.VPC, "mainRouteTableId", id).length > 0;
  if (main) return undefined;
  return needed(context, tokens.ROUTE_TABLE, id, "InvalidRouteTableID.NotFound", `The routeTable ID '${id}' does not exist`);
}

export const routeTable: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("ec2/vpc_route_table.go", ["vpcId"]),
  beforeCreate: (inputs, context) => {
    neededVpc(context, text(inputs, "vpcId") ?? "");
    for (const route of list(inputs, "routes")) if (isObject(route)) neededTarget(route, context);
  },
  id: (_, context) => `rtb-${context.random.for("id").hex(17)}`,
  outputs: (inputs, context) => ({
    arn: arn("ec2", regionOf(inputs, context), `route-table/${context.id}`),
    ownerId: ACCOUNT,
    routes: list(inputs, "routes"),
  }),
  // The provider removes the table's associations itself; those of a program are other resources and go first.
  beforeDelete: (object, context) =>
    unused(
      context,
      () => liveWhere(context, tokens.ROUTE_TABLE_ASSOCIATION, "routeTableId", object.id),
      5,
      "DependencyViolation",
      `The routeTable '${object.id}' has dependencies and cannot be deleted.`,
    ),
};

function neededTarget(route: Parameters<Invoke>[0], context: Context): void {
  const gateway = text(route, "gatewayId");
  const nat = text(route, "natGatewayId");
  if (gateway?.startsWith("igw-") === true) {
    needed(context, tokens.INTERNET_GATEWAY, gateway, "InvalidInternetGatewayID.NotFound", `The internetGateway ID '${gateway}' does not exist`);
  }
  if (nat !== undefined) needed(context, tokens.NAT_GATEWAY, nat, "InvalidNatGatewayID.NotFound", `The natGateway ID '${nat}' does not exist`);
}

const DESTINATIONS = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"];
const TARGETS = [
  ...["carrierGatewayId", "coreNetworkArn", "egressOnlyGatewayId", "gatewayId", "localGatewayId", "natGatewayId"],
  ...["networkInterfaceId", "odbNetworkArn", "transitGatewayId", "vpcEndpointId", "vpcPeeringConnectionId"],
];

export const route: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("ec2/vpc_route.go", ["routeTableId", ...DESTINATIONS]),
  check: (inputs) => {
    const destinations = DESTINATIONS.filter((name) => inputs[name] !== undefined);
    const targets = TARGETS.filter((name) => inputs[name] !== undefined);
    return [
      ...(destinations.length === 1 ? [] : [{ property: "", reason: `a route has exactly one destination of ${DESTINATIONS.join(", ")}, got ${destinations.length}.` }]),
      ...(targets.length === 1 ? [] : [{ property: "", reason: `a route has exactly one target of ${TARGETS.join(", ")}, got ${targets.length}.` }]),
    ];
  },
  beforeCreate: (inputs, context) => {
    const table = neededRouteTable(context, text(inputs, "routeTableId") ?? "");
    neededTarget(inputs, context);
    const inline = list(table?.inputs, "routes").some((item) => text(item, "cidrBlock") === destinationOf(inputs));
    if (inline) throw new CloudError("RouteAlreadyExists", `The route identified by ${destinationOf(inputs)} already exists.`);
  },
  uniqueBy: (inputs) => `${text(inputs, "routeTableId")} ${destinationOf(inputs)}`,
  alreadyExists: (key) => `RouteAlreadyExists: The route identified by ${key.split(" ")[1]} already exists.`,
  id: (_, context) => `r-rtb-${context.random.for("id").hex(10)}${context.random.for("tail").digits(10)}`,
  outputs: () => ({ state: "active", origin: "CreateRoute" }),
};

function destinationOf(route: Parameters<Invoke>[0]): string {
  return DESTINATIONS.map((name) => text(route, name)).find((found) => found !== undefined) ?? "";
}

export const routeTableAssociation: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("ec2/vpc_route_table_association.go", ["gatewayId", "subnetId"]),
  check: (inputs) => {
    const given = ["subnetId", "gatewayId"].filter((name) => inputs[name] !== undefined);
    return given.length === 1 ? [] : [{ property: "", reason: `exactly one of subnetId and gatewayId is needed, got ${given.length}.` }];
  },
  beforeCreate: (inputs, context) => {
    const table = neededRouteTable(context, text(inputs, "routeTableId") ?? "");
    const subnetId = text(inputs, "subnetId");
    if (subnetId === undefined) return;
    const subnet = neededSubnet(context, subnetId);
    if (table !== undefined && at(table.outputs, "vpcId") !== at(subnet.outputs, "vpcId")) {
      throw new CloudError("InvalidParameterValue", `Route table ${table.id} and subnet ${subnetId} belong to different networks`);
    }
  },
  uniqueBy: (inputs) => text(inputs, "subnetId") ?? text(inputs, "gatewayId"),
  alreadyExists: (key) => `Resource.AlreadyAssociated: the specified association conflicts with an existing association of ${key}`,
  id: (_, context) => `rtbassoc-${context.random.for("id").hex(17)}`,
};

/** Services with a gateway endpoint; all others have interfaces, which cost by the hour. */
const GATEWAY_SERVICES = ["s3", "dynamodb"];

const INTERFACE_SERVICES = [
  ...["s3", "dynamodb", "ec2", "ec2messages", "ssm", "ssmmessages", "sts", "logs", "monitoring", "kms", "secretsmanager", "elasticfilesystem"],
  ...["ecr.api", "ecr.dkr", "eks", "eks-auth", "elasticloadbalancing", "autoscaling", "rds", "backup", "sns", "sqs", "elasticache"],
];

export const vpcEndpoint: Behaviour = {
  latency: {
    create: (inputs) => (text(inputs, "vpcEndpointType") === "Interface" ? 1.5 : 0.1),
    update: 0.2,
    delete: 0.5,
    source: { basis: "assumed", from: "estimated; no run log was found" },
  },
  forceNew: replacedBy(
    "ec2/vpc_endpoint.go",
    [
      ...["serviceName", "serviceRegion", "vpcEndpointType", "vpcId", "resourceConfigurationArn", "serviceNetworkArn"],
      ...["dnsOptions.privateDnsPreference", "dnsOptions.privateDnsSpecifiedDomains"],
    ],
    {
      when: (_, news) => (text(news, "vpcEndpointType") === "Interface" ? [] : ["privateDnsEnabled"]),
      inWords: "`privateDnsEnabled` unless `vpcEndpointType` is `Interface`",
    },
  ),
  beforeCreate: (inputs, context) => {
    const vpc = neededVpc(context, text(inputs, "vpcId") ?? "");
    const service = text(inputs, "serviceName") ?? "";
    const kind = text(inputs, "vpcEndpointType") ?? "Gateway";
    const known = kind === "Gateway" ? GATEWAY_SERVICES : INTERFACE_SERVICES;
    if (service !== "" && !known.some((name) => service === `com.amazonaws.${regionOf(inputs, context)}.${name}`)) {
      throw new CloudError("InvalidServiceName", `The Vpc Endpoint Service '${service}' does not exist`);
    }
    for (const id of texts(inputs, "subnetIds")) neededSubnet(context, id);
    for (const id of texts(inputs, "routeTableIds")) {
      neededRouteTable(context, id);
      const other = liveOf(context, tokens.VPC_ENDPOINT).find(({ outputs }) => text(outputs, "serviceName") === service && texts(outputs, "routeTableIds").includes(id));
      if (other !== undefined) throw new CloudError("RouteAlreadyExists", `route table ${id} already has a route with destination-prefix-list-id of ${described(other)}`);
    }
    const dns = at(vpc.outputs, "enableDnsSupport") === true && at(vpc.outputs, "enableDnsHostnames") === true;
    if (at(inputs, "privateDnsEnabled") !== true || dns) return;
    throw new CloudError("InvalidParameter", `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${vpc.id}`);
  },
  id: (_, context) => `vpce-${context.random.for("id").hex(17)}`,
  outputs: (inputs, context) => ({
    arn: arn("ec2", regionOf(inputs, context), `vpc-endpoint/${context.id}`),
    ownerId: ACCOUNT,
    state: "available",
    vpcEndpointType: text(inputs, "vpcEndpointType") ?? "Gateway",
    prefixListId: `pl-${context.random.for("prefixes").hex(8)}`,
    requesterManaged: false,
    routeTableIds: texts(inputs, "routeTableIds"),
    subnetIds: texts(inputs, "subnetIds"),
    securityGroupIds: texts(inputs, "securityGroupIds"),
    networkInterfaceIds: texts(inputs, "subnetIds").map((id) => `eni-${context.random.for(id).hex(17)}`),
  }),
};

export const vpcEndpointRouteTableAssociation: Behaviour = {
  latency: assumed("0:02", "0:02", "0:02"),
  forceNew: replacedBy("ec2/vpc_endpoint_route_table_association.go", ["routeTableId", "vpcEndpointId"]),
  beforeCreate: (inputs, context) => {
    neededRouteTable(context, text(inputs, "routeTableId") ?? "");
    const endpoint = text(inputs, "vpcEndpointId") ?? "";
    needed(context, tokens.VPC_ENDPOINT, endpoint, "InvalidVpcEndpointId.NotFound", `The Vpc Endpoint Id '${endpoint}' does not exist`);
  },
  uniqueBy: (inputs) => `${text(inputs, "vpcEndpointId")} ${text(inputs, "routeTableId")}`,
  alreadyExists: (key) => `RouteAlreadyExists: route table ${key.split(" ")[1]} already has a route of endpoint ${key.split(" ")[0]}`,
  id: (_, context) => `a-${context.random.for("id").hex(10)}${context.random.for("tail").digits(10)}`,
};
