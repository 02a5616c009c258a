import { cloud } from "../../rehearsal/clouds/aws/index";
import * as tokens from "../../rehearsal/clouds/aws/tokens";
import type { Properties } from "../../rehearsal/provider/properties";
import { Account as AnyAccount, type Made } from "./support/account";

export { InputsRefused, type Made, refusal } from "./support/account";

/** An account of the simulated AWS. */
export type Account = AnyAccount;
export const Account = {
  open: (config: Properties = { region: "eu-central-1" }): Promise<Account> => AnyAccount.open(cloud, config),
};

/** A policy document that lets a service act as a role. */
export function trust(service: string, ...actions: readonly string[]): string {
  const Action = actions.length === 0 ? ["sts:AssumeRole"] : actions;
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: service }, Action }] });
}

export interface TestNetwork {
  readonly vpc: Made;
  /** One in each of the zones a, b and c. */
  readonly subnets: readonly [Made, Made, Made];
}

/** A VPC with a subnet in each of three zones. */
export async function network(account: Account, base = "10.0"): Promise<TestNetwork> {
  const vpc = await account.make(tokens.VPC, `vpc-${base}`, { cidrBlock: `${base}.0.0/16`, enableDnsHostnames: true });
  const inZone = (letter: string, part: number): Promise<Made> =>
    account.make(tokens.SUBNET, `${base}-${letter}`, { vpcId: vpc.id, cidrBlock: `${base}.${part}.0/24`, availabilityZone: `eu-central-1${letter}` });
  return { vpc, subnets: [await inZone("a", 1), await inZone("b", 2), await inZone("c", 3)] };
}

/** A role that a service may act as, with policies the vendor keeps. */
export async function role(account: Account, name: string, trusted: string, policies: readonly string[] = []): Promise<Made> {
  const made = await account.make(tokens.ROLE, name, { name, assumeRolePolicy: trusted });
  for (const policy of policies) await attach(account, made, policy);
  return made;
}

export function attach(account: Account, to: Made, policy: string): Promise<Made> {
  return account.make(tokens.ROLE_POLICY_ATTACHMENT, `${to.name}-${policy}`, { role: to.id, policyArn: `arn:aws:iam::aws:policy/${policy}` });
}

export const CLUSTER_POLICIES = [
  "AmazonEKSClusterPolicy",
  "AmazonEKSComputePolicy",
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
];
export const NODE_POLICIES = ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"];

/** Inputs of a cluster in Auto Mode, with its roles made. */
export async function clusterInputs(account: Account, { subnets }: TestNetwork): Promise<Properties> {
  const control = await role(account, "control", trust("eks.amazonaws.com", "sts:AssumeRole", "sts:TagSession"), CLUSTER_POLICIES);
  const nodes = await role(account, "nodes", trust("ec2.amazonaws.com"), NODE_POLICIES);
  return {
    name: "moodle",
    version: "1.35",
    roleArn: control.outputs.arn,
    bootstrapSelfManagedAddons: false,
    accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
    computeConfig: { enabled: true, nodePools: ["general-purpose", "system"], nodeRoleArn: nodes.outputs.arn },
    kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } },
    storageConfig: { blockStorage: { enabled: true } },
    vpcConfig: { subnetIds: subnets.map(({ id }) => id), endpointPrivateAccess: true },
  };
}

/** Inputs of a database, with its subnet group made. */
export async function databaseInputs(account: Account, { subnets }: TestNetwork): Promise<Properties> {
  const group = await account.make(tokens.DB_SUBNET_GROUP, "data", { name: "data", subnetIds: subnets.map(({ id }) => id) });
  return {
    identifier: "moodle",
    engine: "postgres",
    engineVersion: "17",
    instanceClass: "db.m8g.large",
    allocatedStorage: 100,
    storageType: "gp3",
    dbName: "moodle",
    username: "moodle",
    password: "correct-horse-battery",
    dbSubnetGroupName: group.id,
    skipFinalSnapshot: true,
  };
}
