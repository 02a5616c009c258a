/** Policies the vendor keeps, by the families a platform like ours attaches. A name that looks like one and is none is a typo. */
const KNOWN: readonly string[] = [
  ...["AmazonEKSClusterPolicy", "AmazonEKSComputePolicy", "AmazonEKSBlockStoragePolicy", "AmazonEKSLoadBalancingPolicy"],
  ...["AmazonEKSNetworkingPolicy", "AmazonEKSWorkerNodePolicy", "AmazonEKSWorkerNodeMinimalPolicy", "AmazonEKS_CNI_Policy"],
  ...["AmazonEKSServicePolicy", "AmazonEKSVPCResourceController", "AmazonEKSFargatePodExecutionRolePolicy", "AmazonEKSLocalOutpostClusterPolicy"],
  ...["AmazonEC2ContainerRegistryPullOnly", "AmazonEC2ContainerRegistryReadOnly", "AmazonEC2ContainerRegistryPowerUser", "AmazonEC2ContainerRegistryFullAccess"],
  ...["AmazonSSMManagedInstanceCore", "CloudWatchAgentServerPolicy", "CloudWatchLogsFullAccess", "CloudWatchFullAccess", "AWSXrayWriteOnlyAccess"],
  ...["AmazonS3FullAccess", "AmazonS3ReadOnlyAccess", "AmazonRoute53FullAccess", "SecretsManagerReadWrite", "AdministratorAccess", "ReadOnlyAccess"],
  ...["service-role/AmazonEFSCSIDriverPolicy", "service-role/AmazonEBSCSIDriverPolicy", "service-role/AmazonRDSEnhancedMonitoringRole"],
  ...["service-role/AWSBackupServiceRolePolicyForBackup", "service-role/AWSBackupServiceRolePolicyForRestores"],
  ...["AWSBackupServiceRolePolicyForS3Backup", "AWSBackupServiceRolePolicyForS3Restore"],
];

const FAMILIES = /(AmazonEKS|AmazonEC2ContainerRegistry|AmazonEFS|AmazonEBS|AmazonRDS|AWSBackup)/;

const PREFIX = /^arn:aws(-cn|-us-gov)?:iam::aws:policy\//;

/** Whether the vendor keeps a policy of this ARN. Outside the families above any name passes: the list is not the vendor's. */
export function isManagedPolicy(policyArn: string): boolean {
  if (!PREFIX.test(policyArn)) return false;
  const name = policyArn.replace(PREFIX, "");
  return KNOWN.includes(name) || !FAMILIES.test(name);
}
