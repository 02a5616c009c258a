import { type Behaviour, CloudError, type CloudObject, type Context, type Problem, type Retained } from "../../provider/behaviour";
import { flag, type Properties, text, texts } from "../../provider/properties";
import { fromRunLogs, minutes, replacedBy } from "./facts";
import { attachedPolicies, roleByName, usableRole } from "./iam";
import { neededKey } from "./kms";
import { allowsService } from "./policyDocument";
import { choicesProblems, liveOf, liveWhere, nameProblems, unused } from "../reference";
import { arn, regionOf } from "./region";
import * as tokens from "./tokens";
import { logUpkeep, removal } from "./upkeep";
import { vpcOfGroup } from "./securityGroups";
import { neededSubnet } from "./vpc";

/** Minor versions the service creates, oldest first. */
export const KUBERNETES_VERSIONS = ["1.31", "1.32", "1.33", "1.34", "1.35", "1.36"];
const DEFAULT_VERSION = "1.35";

const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

const BASE_POLICY = "AmazonEKSClusterPolicy";
const AUTO_POLICIES = [BASE_POLICY, "AmazonEKSComputePolicy", "AmazonEKSBlockStoragePolicy", "AmazonEKSLoadBalancingPolicy", "AmazonEKSNetworkingPolicy"];
const NODE_POLICIES = ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"];

const WITHIN = [tokens.EKS_ADDON, tokens.ACCESS_POLICY_ASSOCIATION, tokens.ACCESS_ENTRY, tokens.POD_IDENTITY_ASSOCIATION];

/** Zones, by id, in which the service has no control planes. */
const ZONES_WITHOUT = ["use1-az3", "usw1-az2", "cac1-az3"];

export function neededCluster(context: Context, name: string): CloudObject {
  const found = liveOf(context, tokens.EKS_CLUSTER).find(({ id }) => id === name);
  if (found === undefined) throw new CloudError("ResourceNotFoundException", `No cluster found for name: ${name}.`);
  return found;
}

/** The cluster, ready for what is put into it. */
export function activeCluster(context: Context, name: string): CloudObject {
  const found = neededCluster(context, name);
  if (found.status === "ready") return found;
  throw new CloudError("InvalidRequestException", `Cluster '${name}' is not in ACTIVE status. Current status: ${found.status.toUpperCase()}`);
}

function isAuto(inputs: Properties): boolean {
  return flag(inputs, "computeConfig.enabled") === true;
}

export const cluster: Behaviour = {
  latency: fromRunLogs(minutes("10:22"), "median of 17 published run logs, 8:14 to 12:45", "3:00", "3:30"),
  forceNew: replacedBy(
    "eks/cluster.go",
    [
      ...["name", "roleArn", "bootstrapSelfManagedAddons", "accessConfig.bootstrapClusterCreatorAdminPermissions"],
      ...["kubernetesNetworkConfig.serviceIpv4Cidr", "kubernetesNetworkConfig.ipFamily"],
      ...["outpostConfig.controlPlaneInstanceType", "outpostConfig.controlPlanePlacement.groupName"],
      ...["outpostConfig.controlPlanePlacement.spreadLevel", "outpostConfig.etcdInstanceType", "outpostConfig.etcdPlacement.spreadLevel"],
    ],
    {
      when: replacedWhen,
      inWords:
        "`encryptionConfig` when it is taken away; `computeConfig.nodeRoleArn`, except when the nodes go with it; `vpcConfig.controlPlaneEgressMode` from `CUSTOMER_ROUTED` to `AWS_MANAGED`",
    },
  ),
  check: (inputs) => [
    ...nameProblems(inputs, "name", /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/, "1 to 100 letters, digits, - and _, beginning with a letter or digit"),
    ...choicesProblems(inputs, "enabledClusterLogTypes", LOG_TYPES),
    ...autoModeProblems(inputs),
  ],
  beforeCreate: async (inputs, context) => {
    const version = text(inputs, "version");
    if (version !== undefined && !KUBERNETES_VERSIONS.includes(version)) {
      throw new CloudError("InvalidParameterException", `unsupported Kubernetes version ${version}`);
    }
    refuseSubnets(inputs, context);
    neededKey(inputs, "encryptionConfig.provider.keyArn", context, "InvalidParameterException", (key) => `The keyArn in encryptionConfig provider is not valid or can't be used: ${key}`);
    await refuseRole(inputs, context);
    await refuseNodeRole(inputs, context);
  },
  uniqueBy: (inputs, context) => `${regionOf(inputs, context)} ${text(inputs, "name")}`,
  alreadyExists: (key) => `ResourceInUseException: Cluster already exists with name: ${key.split(" ")[1]}`,
  id: (inputs) => text(inputs, "name") ?? "",
  outputs: clusterOutputs,
  decides: ["vpcConfig.clusterSecurityGroupId", "vpcConfig.vpcId", "kubernetesNetworkConfig.serviceIpv4Cidr", "kubernetesNetworkConfig.ipFamily"],
  beforeUpdate: async (inputs, olds, context) => {
    refuseSubnets(inputs, context);
    refuseOtherKey(inputs, olds);
    const [from, to] = [text(olds, "version"), text(inputs, "version")];
    if (from === undefined || to === undefined || from === to) return;
    if (minor(to) !== minor(from) + 1) {
      throw new CloudError("InvalidParameterException", `Unsupported Kubernetes minor version update from ${from} to ${to}`);
    }
    await context.sleep(minutes("6:00"));
  },
  beforeDelete: async (object, context) => {
    if (flag(object.outputs, "deletionProtection") === true) {
      throw new CloudError("InvalidRequestException", `Cluster ${object.id} has deletion protection enabled and cannot be deleted. Disable deletion protection first.`);
    }
    const within = (): readonly CloudObject[] =>
      [tokens.EKS_ADDON].flatMap((type) => liveWhere(context, type, "clusterName", object.id).filter(({ status }) => status === "creating"));
    await unused(context, within, 10, "ResourceInUseException", `Cluster ${object.id} has an update in progress.`);
  },
  retainedOnDelete: (object, context) => [...leftLogs(object, context), ...leftInterfaces(object, context)],
  // What belongs to a cluster goes with it, whether or not the program deletes it.
  afterDelete: (object, context) => {
    for (const type of WITHIN) for (const part of liveWhere(context, type, "clusterName", object.id)) context.drop(type, part.id);
  },
};

// Envelope encryption and egress through the customer's network can be added in place and never removed; the nodes' role can be left out with the nodes, not exchanged.
function replacedWhen(olds: Properties, news: Properties): readonly string[] {
  const decrypted = olds.encryptionConfig !== undefined && news.encryptionConfig === undefined;
  const [before, after] = [text(olds, "computeConfig.nodeRoleArn"), text(news, "computeConfig.nodeRoleArn")];
  const withNodes = isAuto(news) && texts(news, "computeConfig.nodePools").length > 0;
  const exchanged = before !== undefined && before !== after && news.computeConfig !== undefined && (after !== undefined || withNodes);
  const egress = [olds, news].map((inputs) => text(inputs, "vpcConfig.controlPlaneEgressMode")).join(" to ");
  return [
    ...(decrypted ? ["encryptionConfig"] : []),
    ...(exchanged ? ["computeConfig.nodeRoleArn"] : []),
    ...(egress === "CUSTOMER_ROUTED to AWS_MANAGED" ? ["vpcConfig.controlPlaneEgressMode"] : []),
  ];
}

function autoModeProblems(inputs: Properties): readonly Problem[] {
  const switches = ["computeConfig.enabled", "kubernetesNetworkConfig.elasticLoadBalancing.enabled", "storageConfig.blockStorage.enabled"];
  const on = switches.filter((path) => flag(inputs, path) === true);
  const mixed = on.length !== 0 && on.length !== switches.length;
  const addons = isAuto(inputs) && flag(inputs, "bootstrapSelfManagedAddons") !== false;
  const roleless = texts(inputs, "computeConfig.nodePools").length > 0 && inputs.computeConfig !== undefined && !hasNodeRole(inputs);
  return [
    ...(mixed
      ? [{ property: "computeConfig", reason: "computeConfig.enabled, kubernetesNetworkConfig.elasticLoadBalancing.enabled, and storageConfig.blockStorage.enabled must all be set to either true or false" }]
      : []),
    ...(addons ? [{ property: "bootstrapSelfManagedAddons", reason: "must be false when EKS Auto Mode is enabled" }] : []),
    ...(roleless ? [{ property: "computeConfig.nodeRoleArn", reason: "is needed when computeConfig.nodePools names a pool" }] : []),
  ];
}

function hasNodeRole(inputs: Properties): boolean {
  const compute = inputs.computeConfig;
  return typeof compute === "object" && compute !== null && "nodeRoleArn" in compute;
}

function refuseSubnets(inputs: Properties, context: Context): void {
  const subnets = texts(inputs, "vpcConfig.subnetIds").map((id) => neededSubnet(context, id));
  const zones = new Set(subnets.map(({ outputs }) => text(outputs, "availabilityZone")));
  if (zones.size < 2) throw new CloudError("InvalidParameterException", "Subnets specified must be in at least two different AZs");
  const closed = subnets.find(({ outputs }) => ZONES_WITHOUT.includes(text(outputs, "availabilityZoneId") ?? ""));
  if (closed !== undefined) {
    throw new CloudError("UnsupportedAvailabilityZoneException", `Cannot create cluster because ${text(closed.outputs, "availabilityZone")}, the targeted availability zone, does not currently have sufficient capacity to support the cluster.`);
  }
  if (new Set(subnets.map(({ outputs }) => text(outputs, "vpcId"))).size > 1) {
    throw new CloudError("InvalidParameterException", "Subnets specified must belong to the same VPC");
  }
  for (const id of texts(inputs, "vpcConfig.securityGroupIds")) vpcOfGroup(context, id);
}

// The provider asks again for 2 minutes: attachments made at the same time may still arrive.
async function refuseRole(inputs: Properties, context: Context): Promise<void> {
  const roleArn = text(inputs, "roleArn") ?? "";
  const found = await usableRole(context, roleArn, "InvalidParameterException", `The role ${roleArn} does not exist`);
  const trust = text(found.outputs, "assumeRolePolicy") ?? "";
  const actions = isAuto(inputs) ? ["sts:AssumeRole", "sts:TagSession"] : ["sts:AssumeRole"];
  if (!actions.every((action) => allowsService(trust, "eks.amazonaws.com", action))) {
    throw new CloudError("InvalidParameterException", `Role could not be assumed because the trusted entity is not correct. Needed for eks.amazonaws.com: ${actions.join(", ")}`);
  }
  await attachmentsOf(found.id, isAuto(inputs) ? AUTO_POLICIES : [BASE_POLICY], context);
}

async function refuseNodeRole(inputs: Properties, context: Context): Promise<void> {
  const roleArn = text(inputs, "computeConfig.nodeRoleArn");
  if (roleArn === undefined) return;
  const found = await usableRole(context, roleArn, "InvalidParameterException", `The node role ${roleArn} does not exist`);
  if (!allowsService(text(found.outputs, "assumeRolePolicy") ?? "", "ec2.amazonaws.com", "sts:AssumeRole")) {
    throw new CloudError("InvalidParameterException", "Role could not be assumed because the trusted entity is not correct. Needed for ec2.amazonaws.com: sts:AssumeRole");
  }
  await attachmentsOf(found.id, NODE_POLICIES, context);
}

function absentPolicies(context: Pick<Context, "objects">, roleName: string, wanted: readonly string[]): readonly string[] {
  const attached = attachedPolicies(context, roleName);
  return wanted.map((name) => `arn:aws:iam::aws:policy/${name}`).filter((policyArn) => !attached.includes(policyArn));
}

async function attachmentsOf(roleName: string, wanted: readonly string[], context: Context): Promise<void> {
  if (await context.until(() => absentPolicies(context, roleName, wanted).length === 0, 2)) return;
  roleByName(context, roleName);
  const absent = absentPolicies(context, roleName, wanted).join(", ");
  throw new CloudError(
    "InvalidParameterException",
    `The provided role doesn't have the Amazon EKS Managed Policies associated with it. Please ensure the following policies [${absent}] are attached`,
  );
}

// The provider would update in place; the service has no call for it.
function refuseOtherKey(inputs: Properties, olds: Properties): void {
  const [before, after] = [text(olds, "encryptionConfig.provider.keyArn"), text(inputs, "encryptionConfig.provider.keyArn")];
  if (before === undefined || after === undefined || before === after) return;
  throw new CloudError("InvalidParameterException", "Encryption is already enabled with another key; a cluster's key can't be changed.");
}

function minor(version: string): number {
  return Number(version.split(".")[1]);
}

function clusterOutputs(inputs: Properties, context: Context): Properties {
  const region = regionOf(inputs, context);
  const part = (purpose: string) => context.random.for(purpose);
  const identity = part("endpoint").hex(32).toUpperCase();
  const subnet = neededSubnet(context, texts(inputs, "vpcConfig.subnetIds")[0] ?? "");
  const network = { serviceIpv4Cidr: "172.20.0.0/16", ipFamily: "ipv4", elasticLoadBalancing: { enabled: isAuto(inputs) } };
  const vpcConfig = { endpointPrivateAccess: false, endpointPublicAccess: true, publicAccessCidrs: ["0.0.0.0/0"], securityGroupIds: [] };
  const merged = (name: string, defaults: Properties): Properties => ({ ...defaults, ...(inputs[name] as Properties | undefined) });
  return {
    arn: arn("eks", region, `cluster/${context.id}`),
    status: "ACTIVE",
    version: text(inputs, "version") ?? DEFAULT_VERSION,
    platformVersion: "eks.12",
    createdAt: text(context.previous, "createdAt") ?? context.timestamp,
    endpoint: `https://${identity}.gr7.${region}.eks.amazonaws.com`,
    certificateAuthority: { data: certificate(part("authority").alphanumeric(900)) },
    identities: [{ oidcs: [{ issuer: `https://oidc.eks.${region}.amazonaws.com/id/${identity}` }] }],
    deletionProtection: flag(inputs, "deletionProtection") ?? false,
    bootstrapSelfManagedAddons: flag(inputs, "bootstrapSelfManagedAddons") ?? true,
    kubernetesNetworkConfig: merged("kubernetesNetworkConfig", network),
    accessConfig: merged("accessConfig", { authenticationMode: "CONFIG_MAP", bootstrapClusterCreatorAdminPermissions: true }),
    upgradePolicy: merged("upgradePolicy", { supportType: "EXTENDED" }),
    vpcConfig: {
      ...merged("vpcConfig", vpcConfig),
      clusterSecurityGroupId: `sg-${part("group").hex(17)}`,
      vpcId: text(subnet.outputs, "vpcId"),
    },
  };
}

// Looks like the base64 of a PEM file and is none: there is no simulated authority to sign anything.
function certificate(body: string): string {
  const lines = body.match(/.{1,64}/g) ?? [];
  return Buffer.from(["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n")).toString("base64");
}

// A log group the program does not own is made by the service for its logs, and stays.
function leftLogs(object: CloudObject, context: Context): readonly Retained[] {
  const name = `/aws/eks/${object.id}/cluster`;
  const owned = liveOf(context, tokens.LOG_GROUP).some(({ id }) => id === name);
  if (owned || texts(object.inputs, "enabledClusterLogTypes").length === 0) return [];
  return [{ id: name, type: tokens.LOG_GROUP, name: "", reason: `control plane logs of ${object.id}: the log group was not the program's, or went before the cluster`, upkeep: logUpkeep(object, name) }];
}

// Auto Mode removes its nodes with the cluster role's permissions: without them their interfaces stay and hold the subnets.
function leftInterfaces(object: CloudObject, context: Context): readonly Retained[] {
  const roleName = (text(object.inputs, "roleArn") ?? "").split("/").at(-1) ?? "";
  if (!isAuto(object.inputs) || absentPolicies(context, roleName, AUTO_POLICIES).length === 0) return [];
  const reason = `left by ${object.id}: its role had lost its policies when the cluster was deleted, so the nodes' network interfaces stayed`;
  return texts(object.inputs, "vpcConfig.subnetIds").map((subnetId) => {
    const id = `eni-${context.random.for(subnetId).hex(17)}`;
    const monthly = { usd: 0, why: "an interface without a public address" };
    const upkeep = { monthly, remove: removal(object, `ec2 delete-network-interface --network-interface-id ${id}`) };
    return { id, type: tokens.NETWORK_INTERFACE, name: "", reason, upkeep, outputs: { subnetId, vpcId: text(object.outputs, "vpcConfig.vpcId") } };
  });
}
