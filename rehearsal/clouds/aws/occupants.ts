import type { CloudObject, Context } from "../../provider/behaviour";
import { text, texts } from "../../provider/properties";
import { liveOf } from "../reference";
import * as tokens from "./tokens";

/** Who has a network interface in a subnet: the subnet can't be deleted while one is there. */
export function occupants(context: Context, subnetId: string): readonly CloudObject[] {
  const direct = [
    ...liveOf(context, tokens.NAT_GATEWAY).filter(({ outputs }) => text(outputs, "subnetId") === subnetId),
    ...liveOf(context, tokens.EKS_CLUSTER).filter(({ outputs }) => texts(outputs, "vpcConfig.subnetIds").includes(subnetId)),
    ...liveOf(context, tokens.MOUNT_TARGET).filter(({ outputs }) => text(outputs, "subnetId") === subnetId),
    ...liveOf(context, tokens.VPC_ENDPOINT).filter(({ outputs }) => texts(outputs, "subnetIds").includes(subnetId)),
    ...liveOf(context, tokens.LOAD_BALANCER).filter(({ outputs }) => texts(outputs, "subnets").includes(subnetId)),
    ...context.objects.where(tokens.NETWORK_INTERFACE, "subnetId", subnetId),
  ];
  const groups = (type: string): ReadonlySet<string> =>
    new Set(liveOf(context, type).flatMap((group) => (texts(group.outputs, "subnetIds").includes(subnetId) ? [group.id] : [])));
  const databaseGroups = groups(tokens.DB_SUBNET_GROUP);
  const cacheGroups = groups(tokens.CACHE_SUBNET_GROUP);
  return [
    ...direct,
    ...liveOf(context, tokens.DB_INSTANCE).filter(({ outputs }) => databaseGroups.has(text(outputs, "dbSubnetGroupName") ?? "")),
    ...liveOf(context, tokens.REPLICATION_GROUP).filter(({ outputs }) => cacheGroups.has(text(outputs, "subnetGroupName") ?? "")),
  ];
}

/** Who wears a security group: the group can't be deleted while somebody does. */
export function wearers(context: Context, groupId: string): readonly CloudObject[] {
  const wears: readonly (readonly [type: string, property: string])[] = [
    [tokens.EKS_CLUSTER, "vpcConfig.securityGroupIds"],
    [tokens.DB_INSTANCE, "vpcSecurityGroupIds"],
    [tokens.REPLICATION_GROUP, "securityGroupIds"],
    [tokens.MOUNT_TARGET, "securityGroups"],
    [tokens.VPC_ENDPOINT, "securityGroupIds"],
  ];
  return wears.flatMap(([type, property]) => liveOf(context, type).filter(({ outputs }) => texts(outputs, property).includes(groupId)));
}
