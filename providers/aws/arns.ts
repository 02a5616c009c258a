/** A kind of thing the program makes and tags. */
export interface Kind {
  /** The type in AWS's resource registry. */
  readonly type: string;
  /** Its name in the registry; undefined where the ARN does not tell. */
  readonly identifier?: string;
  /** What a state may know it by beside the ARN. */
  readonly id?: string;
}

type Naming = "name" | "arn" | "none";

/**
 * What ARNs say after the account, by service. Only what the program itself makes: snapshots, automatic backups, recovery points,
 * members of a cache and machines of the cluster carry the same tags, because AWS copies them, and nobody made them twice.
 */
const made: Readonly<Record<string, readonly (readonly [resource: RegExp, type: string, naming: Naming])[]>> = {
  backup: [
    [/^backup-vault:(.+)$/, "AWS::Backup::BackupVault", "name"],
    [/^backup-plan:(.+)$/, "AWS::Backup::BackupPlan", "name"],
  ],
  cloudwatch: [[/^alarm:(.+)$/, "AWS::CloudWatch::Alarm", "name"]],
  ec2: [
    [/^vpc\/(.+)$/, "AWS::EC2::VPC", "name"],
    [/^subnet\/(.+)$/, "AWS::EC2::Subnet", "name"],
    [/^security-group\/(.+)$/, "AWS::EC2::SecurityGroup", "name"],
    [/^security-group-rule\/(.+)$/, "AWS::EC2::SecurityGroupIngress", "name"],
    [/^route-table\/(.+)$/, "AWS::EC2::RouteTable", "name"],
    [/^internet-gateway\/(.+)$/, "AWS::EC2::InternetGateway", "name"],
    [/^natgateway\/(.+)$/, "AWS::EC2::NatGateway", "name"],
    // Registered by its address as well, which the ARN leaves out.
    [/^elastic-ip\/(.+)$/, "AWS::EC2::EIP", "none"],
    [/^vpc-endpoint\/(.+)$/, "AWS::EC2::VPCEndpoint", "name"],
    [/^vpc-flow-log\/(.+)$/, "AWS::EC2::FlowLog", "name"],
    [/^volume\/(.+)$/, "AWS::EC2::Volume", "name"],
  ],
  ecr: [[/^repository\/(.+)$/, "AWS::ECR::Repository", "name"]],
  eks: [
    [/^cluster\/(.+)$/, "AWS::EKS::Cluster", "name"],
    [/^addon\/(.+)$/, "AWS::EKS::Addon", "none"],
    [/^access-entry\/(.+)$/, "AWS::EKS::AccessEntry", "none"],
    [/^podidentityassociation\/(.+)$/, "AWS::EKS::PodIdentityAssociation", "arn"],
  ],
  elasticache: [
    [/^replicationgroup:(.+)$/, "AWS::ElastiCache::ReplicationGroup", "name"],
    [/^subnetgroup:(.+)$/, "AWS::ElastiCache::SubnetGroup", "name"],
    [/^parametergroup:(.+)$/, "AWS::ElastiCache::ParameterGroup", "name"],
  ],
  elasticfilesystem: [
    [/^file-system\/(.+)$/, "AWS::EFS::FileSystem", "name"],
    [/^access-point\/(.+)$/, "AWS::EFS::AccessPoint", "name"],
  ],
  iam: [[/^role\/(?:.*\/)?([^/]+)$/, "AWS::IAM::Role", "name"]],
  kms: [[/^key\/(.+)$/, "AWS::KMS::Key", "name"]],
  logs: [[/^log-group:(.+)$/, "AWS::Logs::LogGroup", "name"]],
  rds: [
    [/^db:(.+)$/, "AWS::RDS::DBInstance", "name"],
    [/^subgrp:(.+)$/, "AWS::RDS::DBSubnetGroup", "name"],
    [/^pg:(.+)$/, "AWS::RDS::DBParameterGroup", "name"],
  ],
  s3: [[/^([^/]+)$/, "AWS::S3::Bucket", "name"]],
  secretsmanager: [[/^secret:(.+)$/, "AWS::SecretsManager::Secret", "arn"]],
  sns: [[/^([^:]+)$/, "AWS::SNS::Topic", "arn"]],
};

/** An ARN as the provider writes it: log groups are listed with a suffix that stands for their streams. */
export function plainArn(arn: string): string {
  return arn.replace(/:\*$/, "");
}

/** @returns what a plain ARN names; undefined where the program makes nothing of the kind. */
export function kindOf(arn: string): Kind | undefined {
  const [, , service = "", , , ...rest] = arn.split(":");
  const resource = rest.join(":");
  for (const [pattern, type, naming] of made[service] ?? []) {
    const name = pattern.exec(resource)?.[1];
    if (name === undefined) continue;
    const identifier = { name, arn, none: undefined }[naming];
    // Not all types of EC2 answer the provider with an ARN. Names of other services may name two things.
    return { type, ...(identifier !== undefined && { identifier }), ...(service === "ec2" && { id: name }) };
  }
  return undefined;
}
