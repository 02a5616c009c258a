import { described, type ProgramGraph, type ResourceNode } from "../monitor/graph";
import { isList, type PropertyMap, revealed } from "../monitor/value";

/** More than what a thing needs, and why it has to be. One that no stack needs any more fails the tests. */
export const privilegesForAReason: Readonly<Record<string, string>> = {
  "kms:* for the account on its key": "a key whose policy leaves it to nobody can be managed by nobody: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
  "logs:DescribeLogGroups on *": "flow logs ask for all groups at once: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html",
  "route53:GetChange on arn:aws:route53:::change/*": "a change has no name before it is made: https://cert-manager.io/docs/configuration/acme/dns01/route53/",
  "the policy AmazonEKSClusterPolicy": "AWS's own for the role of a cluster, which AWS keeps in step with what EKS does: https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html",
  "the policy AmazonEKSComputePolicy": "the same, for nodes of an automatic cluster",
  "the policy AmazonEKSBlockStoragePolicy": "the same, for disks",
  "the policy AmazonEKSLoadBalancingPolicy": "the same, for load balancers",
  "the policy AmazonEKSNetworkingPolicy": "the same, for network interfaces",
  "the policy AmazonEKSWorkerNodeMinimalPolicy": "AWS's own for nodes of an automatic cluster: https://docs.aws.amazon.com/eks/latest/userguide/auto-create-node-role.html",
  "the policy AmazonEC2ContainerRegistryPullOnly": "the same, for images",
  "the policy AmazonRDSEnhancedMonitoringRole": "AWS's own, the one that RDS accepts: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html",
  "the policy CloudWatchAgentServerPolicy": "AWS's own for its agent: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/install-CloudWatch-Observability-EKS-addon.html",
  "the policy AmazonEFSCSIDriverPolicy": "AWS's own for its driver: https://docs.aws.amazon.com/eks/latest/userguide/efs-csi.html",
  "the policy AWSBackupServiceRolePolicyForBackup": "AWS's own for its backups: https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html",
  "the policy AWSBackupServiceRolePolicyForRestores": "the same, for restores",
  "the policy AWSBackupServiceRolePolicyForS3Backup": "the same, for backups of a bucket",
  "the policy AWSBackupServiceRolePolicyForS3Restore": "the same, for restores of a bucket",
  "Storage Blob Delegator of the workload on a storage account": "a container has no narrower right to sign a token for it: https://learn.microsoft.com/en-us/rest/api/storageservices/get-user-delegation-key#authorization",
};

/** Something that somebody may do, and that is more than one thing on one thing. */
export interface Privilege {
  readonly resource: ResourceNode;
  readonly what: string;
}

/** What a stack gives away beyond the one thing that is needed: wildcards, roles over everything, and a workload's rights on more than its files. */
export function broadPrivileges(graph: ProgramGraph): Privilege[] {
  return graph.resources.flatMap((resource) => [...policies(resource, graph), ...roleAssignments(resource, graph), ...bindings(resource, graph)]);
}

/** How many grants of any kind a stack makes: without one nothing was looked at. */
export function grantsIn(graph: ProgramGraph): number {
  return graph.resources.filter((resource) => isAttachment(resource) || documents(resource).length > 0 || isRoleAssignment(resource) || isBinding(resource)).length;
}

/** A privilege as a reader looks for it. */
export function written({ resource, what }: Privilege): string {
  return `${described(resource)}: ${what}`;
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Policies of AWS, wherever one stands in a resource. */
function policies(resource: ResourceNode, graph: ProgramGraph): Privilege[] {
  const own = documents(resource).flatMap(({ Statement }) => Statement).filter(({ Effect }) => Effect === "Allow").flatMap((statement) => tooMuch(statement, resource, graph));
  const attached = isAttachment(resource) ? [`the policy ${String(resource.inputs["policyArn"]).replace(/^.*\//, "")}`] : [];
  return [...own, ...attached].map((what) => ({ resource, what }));
}

function documents({ type, inputs }: ResourceNode): { readonly Statement: readonly Statement[] }[] {
  if (!type.startsWith("aws:")) return [];
  return Object.values(revealed(inputs) as PropertyMap).flatMap((value) => (typeof value === "string" && value.includes('"Statement"') ? [JSON.parse(value) as { Statement: Statement[] }] : []));
}

function isAttachment({ type }: ResourceNode): boolean {
  return /^aws:iam\/\w*[pP]olicyAttachment:/.test(type);
}

function tooMuch({ Action, Resource, Principal, Condition }: Statement, { type, name }: ResourceNode, graph: ProgramGraph): string[] {
  const ofKey = type === "aws:kms/key:Key";
  // In the policy of a key everything is the key itself.
  const on = ofKey ? [] : [Resource ?? []].flat().filter((arn) => arn.includes("*") && !isBelowOwn(arn, graph));
  const actions = [Action].flat();
  const toAccount = JSON.stringify(Principal ?? {}).includes(":root");
  const throughStorage = JSON.stringify(Condition?.["StringEquals"]?.["kms:ViaService"] ?? "").includes("s3.");
  const files = graph.resources.filter((each) => each.type === "aws:s3/bucket:Bucket").map(arnOf);
  const beyondFiles = name.endsWith("-workload") && Resource !== undefined && !throughStorage ? [Resource].flat().filter((arn) => !files.includes(arn.replace(/\/\*$/, ""))) : [];
  return [
    ...actions.filter((action) => action.includes("*")).map((action) => (ofKey && toAccount ? `${action} for the account on its key` : `${action} of any kind`)),
    ...on.map((arn) => `${actions.join(", ")} on ${arn}`),
    ...beyondFiles.map((arn) => `the workload on ${arn}`),
  ];
}

/** Objects of a bucket of the stack, streams of a log group: what is below one thing. */
function isBelowOwn(arn: string, { resources }: ProgramGraph): boolean {
  const own = arn.replace(/[/:]\*$/, "");
  return !own.includes("*") && resources.some((resource) => arnOf(resource) === own);
}

function arnOf({ outputs }: ResourceNode): unknown {
  return outputs["arn"];
}

/** https://learn.microsoft.com/en-us/azure/role-based-access-control/built-in-roles */
const overEverything: Readonly<Record<string, string>> = {
  "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
  "b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
  "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": "User Access Administrator",
  "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
};
const blobDelegator = "db58b8e5-c6ad-4a2a-8342-4190687cbf4a";

function isRoleAssignment({ type }: ResourceNode): boolean {
  return type === "azure-native:authorization:RoleAssignment";
}

function roleAssignments(resource: ResourceNode, graph: ProgramGraph): Privilege[] {
  if (resource.type === "azure-native:authorization:RoleDefinition") return [{ resource, what: "a role of the platform's own, whose actions nobody looked at" }];
  if (!isRoleAssignment(resource)) return [];
  const { roleDefinitionId, scope, principalId } = revealed(resource.inputs) as Readonly<Record<string, string>>;
  const role = (roleDefinitionId ?? "").replace(/^.*\//, "");
  const workload = graph.resources.filter(({ type, name }) => type === "azure-native:managedidentity:UserAssignedIdentity" && name.endsWith("-workload"));
  const ofWorkload = workload.some(({ outputs }) => outputs["principalId"] === principalId);
  const onContainer = /\/storageAccounts\/[^/]+\/blobServices\/default\/containers\/[^/]+$/.test(scope ?? "");
  const onAccount = /\/storageAccounts\/[^/]+$/.test(scope ?? "");
  return [
    ...(overEverything[role] === undefined ? [] : [`${overEverything[role]} on ${scope}`]),
    ...(/\/resourceGroups\//i.test(scope ?? "") ? [] : [`the role ${role} on a whole subscription`]),
    ...(!ofWorkload || onContainer ? [] : [role === blobDelegator && onAccount ? "Storage Blob Delegator of the workload on a storage account" : `the role ${role} of the workload on ${scope}`]),
  ].map((what) => ({ resource, what }));
}

function isBinding({ type, inputs }: ResourceNode): boolean {
  return type.startsWith("gcp:") && "role" in inputs && ("member" in inputs || "members" in inputs);
}

function bindings(resource: ResourceNode, graph: ProgramGraph): Privilege[] {
  const { type, inputs } = resource;
  if (/^gcp:.*(IAMPolicy|IAMBinding|IAMCustomRole):/i.test(type)) return [{ resource, what: "takes others' grants away, or makes a role that nobody looked at" }];
  if (!isBinding(resource)) return [];
  const { role, member, members } = revealed(inputs) as PropertyMap;
  const to = [member ?? [], ...(isList(members) ? members : [])].flat().map(String);
  const files = graph.resources.filter((each) => each.type === "gcp:serviceaccount/account:Account" && each.name.endsWith("-objects")).map(({ outputs }) => `serviceAccount:${String(outputs["email"])}`);
  return [
    ...(/^roles\/(owner|editor|viewer)$/.test(String(role)) ? [`${String(role)} on a whole project`] : []),
    ...to.filter((one) => /^all(Authenticated)?Users$/.test(one)).map((one) => `${String(role)} to ${one}`),
    ...to.filter((one) => files.includes(one) && type !== "gcp:storage/bucketIAMMember:BucketIAMMember").map(() => `${String(role)} of the workload by ${type}`),
  ].map((what) => ({ resource, what }));
}
