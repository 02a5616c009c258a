import type { Necessity } from "../../necessity";
import * as tokens from "./tokens";

const satellites = [
  ...["PublicAccessBlock", "OwnershipControls", "Versioning", "ServerSideEncryptionConfiguration"],
  ...["LifecycleConfiguration", "CorsConfiguration", "Policy"],
].map((name) => `aws:s3/bucket${name}:Bucket${name}`);

/** A subnet, an association or a group is made inside something: its Create call takes the id of it. */
const network: readonly Necessity[] = [
  { type: tokens.SUBNET, needs: [tokens.VPC] },
  { type: tokens.SECURITY_GROUP, needs: [tokens.VPC] },
  { type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", needs: [tokens.VPC] },
  { type: tokens.ROUTE_TABLE, needs: [tokens.VPC] },
  { type: tokens.INTERNET_GATEWAY, needs: [tokens.VPC] },
  { type: tokens.VPC_ENDPOINT, needs: [tokens.VPC] },
  { type: tokens.FLOW_LOG, needs: [tokens.VPC, tokens.ROLE] },
  // A public NAT gateway fails in a network without a way out; whether it takes a subnet and an address depends on its kind.
  { type: tokens.NAT_GATEWAY, needs: [tokens.INTERNET_GATEWAY] },
  { type: tokens.ROUTE, needs: [tokens.ROUTE_TABLE] },
  { type: tokens.ROUTE_TABLE_ASSOCIATION, needs: [tokens.ROUTE_TABLE, tokens.SUBNET] },
  { type: tokens.INGRESS_RULE, needs: [tokens.SECURITY_GROUP] },
  { type: tokens.EGRESS_RULE, needs: [tokens.SECURITY_GROUP] },
];

/** Names, permissions and values of something that must exist. */
const identity: readonly Necessity[] = [
  { type: tokens.KMS_ALIAS, needs: [tokens.KMS_KEY] },
  { type: tokens.ROLE_POLICY, needs: [tokens.ROLE] },
  { type: tokens.ROLE_POLICY_ATTACHMENT, needs: [tokens.ROLE] },
  { type: tokens.SECRET_VERSION, needs: [tokens.SECRET] },
  { type: tokens.TOPIC_SUBSCRIPTION, needs: [tokens.TOPIC] },
  { type: tokens.METRIC_FILTER, needs: [tokens.LOG_GROUP] },
  { type: tokens.ECR_LIFECYCLE_POLICY, needs: [tokens.ECR_REPOSITORY] },
];

/** Servers stand in subnets, by a group of them; what is stored is encrypted from the first byte, so the key is there before. */
const data: readonly Necessity[] = [
  { type: tokens.DB_SUBNET_GROUP, needs: [tokens.SUBNET] },
  { type: tokens.DB_INSTANCE, needs: [tokens.DB_SUBNET_GROUP, tokens.KMS_KEY] },
  { type: tokens.CACHE_SUBNET_GROUP, needs: [tokens.SUBNET] },
  { type: tokens.REPLICATION_GROUP, needs: [tokens.CACHE_SUBNET_GROUP, tokens.KMS_KEY] },
  { type: tokens.FILE_SYSTEM, needs: [tokens.KMS_KEY] },
  { type: tokens.MOUNT_TARGET, needs: [tokens.FILE_SYSTEM, tokens.SUBNET] },
  { type: tokens.ACCESS_POINT, needs: [tokens.FILE_SYSTEM] },
  { type: tokens.FILE_SYSTEM_POLICY, needs: [tokens.FILE_SYSTEM] },
  { type: tokens.VOLUME, needs: [tokens.KMS_KEY] },
  ...satellites.map((type) => ({ type, needs: [tokens.BUCKET] })),
  { type: tokens.BACKUP_VAULT, needs: [tokens.KMS_KEY] },
  { type: tokens.BACKUP_PLAN, needs: [tokens.BACKUP_VAULT] },
  { type: tokens.BACKUP_SELECTION, needs: [tokens.BACKUP_PLAN, tokens.ROLE] },
];

/** CreateCluster takes subnets, a key and a role that has its policies; everything of the cluster takes the cluster's name. */
const cluster: readonly Necessity[] = [
  { type: tokens.EKS_CLUSTER, needs: [tokens.SUBNET, tokens.ROLE_POLICY_ATTACHMENT, tokens.KMS_KEY] },
  { type: tokens.EKS_ADDON, needs: [tokens.EKS_CLUSTER] },
  { type: tokens.ACCESS_ENTRY, needs: [tokens.EKS_CLUSTER] },
  { type: tokens.ACCESS_POLICY_ASSOCIATION, needs: [tokens.ACCESS_ENTRY] },
  { type: tokens.POD_IDENTITY_ASSOCIATION, needs: [tokens.EKS_CLUSTER, tokens.ROLE] },
];

const RELEASE = "kubernetes:helm.sh/v3:Release";
const SERVICE = "kubernetes:core/v1:Service";

/**
 * Nothing runs without a cluster. A load balancer's Service waits for pods behind it, which a controller's release brings, and
 * its name is known only then. Moodle installs itself into its database, with sessions and files in reach, before its release
 * is ready; a node mounts a share with the driver that an add-on brings.
 */
const inCluster: readonly Necessity[] = [
  { type: "kubernetes:*", needs: [tokens.EKS_CLUSTER] },
  { type: SERVICE, needs: [RELEASE] },
  { type: tokens.RECORD, needs: [SERVICE] },
  {
    type: RELEASE,
    nameEnds: "-application-release",
    needs: [
      tokens.DB_INSTANCE,
      tokens.REPLICATION_GROUP,
      tokens.BUCKET,
      tokens.MOUNT_TARGET,
      tokens.VOLUME,
      tokens.EKS_ADDON,
      tokens.POD_IDENTITY_ASSOCIATION,
    ],
  },
];

/**
 * What AWS refuses to make, or can't finish, without something else, whoever asks. Source: the required parameters of the
 * services' Create calls (API references, 2026). Of types that a platform does not have nothing is needed.
 */
export const necessities: readonly Necessity[] = [...network, ...identity, ...data, ...cluster, ...inCluster];
