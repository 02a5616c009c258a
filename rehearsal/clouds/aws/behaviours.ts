import type { Behaviour } from "../../provider/behaviour";
import * as backup from "./backup";
import * as ecr from "./ecr";
import * as efs from "./efs";
import { cluster } from "./eks";
import * as eksAccess from "./eksAccess";
import * as elasticache from "./elasticache";
import * as gateways from "./gateways";
import * as iam from "./iam";
import * as kms from "./kms";
import * as logs from "./logs";
import * as notifications from "./notifications";
import { instance } from "./rds";
import * as rdsGroups from "./rdsGroups";
import * as route53 from "./route53";
import * as routing from "./routing";
import * as s3 from "./s3";
import * as secrets from "./secrets";
import * as securityGroups from "./securityGroups";
import { tag } from "./tags";
import * as tokens from "./tokens";
import * as vpc from "./vpc";

/** How the simulated AWS treats each type. A type that is not here is made at once, with plausible outputs. */
export const behaviours: Readonly<Record<string, Behaviour>> = {
  [tokens.VPC]: vpc.vpc,
  [tokens.SUBNET]: vpc.subnet,
  [tokens.INTERNET_GATEWAY]: gateways.internetGateway,
  [tokens.NAT_GATEWAY]: gateways.natGateway,
  [tokens.EIP]: gateways.eip,
  [tokens.ROUTE_TABLE]: routing.routeTable,
  [tokens.ROUTE]: routing.route,
  [tokens.ROUTE_TABLE_ASSOCIATION]: routing.routeTableAssociation,
  [tokens.VPC_ENDPOINT]: routing.vpcEndpoint,
  "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation": routing.vpcEndpointRouteTableAssociation,
  [tokens.FLOW_LOG]: logs.flowLog,
  [tokens.TAG]: tag,
  [tokens.SECURITY_GROUP]: securityGroups.securityGroup,
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": securityGroups.defaultSecurityGroup,
  [tokens.INGRESS_RULE]: securityGroups.ingressRule,
  [tokens.EGRESS_RULE]: securityGroups.egressRule,

  [tokens.KMS_KEY]: kms.key,
  [tokens.KMS_ALIAS]: kms.alias,
  [tokens.ROLE]: iam.role,
  [tokens.POLICY]: iam.policy,
  [tokens.ROLE_POLICY]: iam.rolePolicy,
  [tokens.ROLE_POLICY_ATTACHMENT]: iam.rolePolicyAttachment,
  [tokens.SECRET]: secrets.secret,
  [tokens.SECRET_VERSION]: secrets.secretVersion,

  [tokens.EKS_CLUSTER]: cluster,
  [tokens.EKS_ADDON]: eksAccess.addon,
  [tokens.ACCESS_ENTRY]: eksAccess.accessEntry,
  [tokens.ACCESS_POLICY_ASSOCIATION]: eksAccess.accessPolicyAssociation,
  [tokens.POD_IDENTITY_ASSOCIATION]: eksAccess.podIdentityAssociation,
  [tokens.ECR_REPOSITORY]: ecr.repository,
  [tokens.ECR_LIFECYCLE_POLICY]: ecr.lifecyclePolicy,
  [tokens.ECR_REPOSITORY_POLICY]: ecr.repositoryPolicy,

  [tokens.DB_INSTANCE]: instance,
  [tokens.DB_SUBNET_GROUP]: rdsGroups.subnetGroup,
  [tokens.DB_PARAMETER_GROUP]: rdsGroups.parameterGroup,
  [tokens.REPLICATION_GROUP]: elasticache.replicationGroup,
  [tokens.CACHE_SUBNET_GROUP]: elasticache.subnetGroup,
  [tokens.CACHE_PARAMETER_GROUP]: elasticache.parameterGroup,

  [tokens.BUCKET]: s3.bucket,
  [tokens.BUCKET_OBJECT]: s3.bucketObject,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": s3.publicAccessBlock,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": s3.ownershipControls,
  "aws:s3/bucketVersioning:BucketVersioning": s3.versioning,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": s3.encryption,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": s3.lifecycle,
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": s3.cors,
  "aws:s3/bucketPolicy:BucketPolicy": s3.bucketPolicy,
  [tokens.FILE_SYSTEM]: efs.fileSystem,
  [tokens.MOUNT_TARGET]: efs.mountTarget,
  [tokens.ACCESS_POINT]: efs.accessPoint,
  [tokens.FILE_SYSTEM_POLICY]: efs.fileSystemPolicy,
  [tokens.EFS_BACKUP_POLICY]: efs.backupPolicy,
  [tokens.VOLUME]: efs.volume,
  [tokens.BACKUP_VAULT]: backup.vault,
  "aws:backup/vaultLockConfiguration:VaultLockConfiguration": backup.vaultLock,
  [tokens.BACKUP_PLAN]: backup.plan,
  [tokens.BACKUP_SELECTION]: backup.selection,

  [tokens.LOG_GROUP]: logs.logGroup,
  [tokens.METRIC_FILTER]: logs.metricFilter,
  [tokens.METRIC_ALARM]: logs.metricAlarm,
  [tokens.TOPIC]: notifications.topic,
  [tokens.TOPIC_POLICY]: notifications.topicPolicy,
  [tokens.TOPIC_SUBSCRIPTION]: notifications.topicSubscription,
  [tokens.RECORD]: route53.record,
  [tokens.ZONE]: route53.zone,
};
