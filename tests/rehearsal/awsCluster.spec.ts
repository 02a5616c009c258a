import { expect } from "chai";

import * as tokens from "../../rehearsal/clouds/aws/tokens";
import { at, object, type Properties, text, UNKNOWN } from "../../rehearsal/provider/properties";
import { Account, attach, clusterInputs, CLUSTER_POLICIES, type Made, network, NODE_POLICIES, refusal, role, trust, type TestNetwork } from "./awsAccount";

describe("a cluster of the simulated EKS", () => {
  let account: Account;
  let net: TestNetwork;

  beforeEach(async () => {
    account = await Account.open();
    net = await network(account);
  });
  afterEach(() => account.close());

  const make = (inputs: Properties): Promise<Made> => account.make(tokens.EKS_CLUSTER, "cluster", inputs);

  it("takes 10 minutes and 22 seconds and has an endpoint, an authority and a security group", async () => {
    const inputs = await clusterInputs(account, net);
    const before = await account.now();
    const { outputs } = await make(inputs);
    expect((await account.now()) - before, "with up to 10 s until the roles are usable").to.be.within(10 + 22 / 60, 10 + 33 / 60);
    expect(outputs.endpoint).to.match(/^https:\/\/[0-9A-F]{32}\.gr7\.eu-central-1\.eks\.amazonaws\.com$/);
    expect(Buffer.from(text(outputs, "certificateAuthority.data") ?? "", "base64").toString()).to.match(/^-----BEGIN CERTIFICATE-----\n/);
    expect(text(outputs, "vpcConfig.clusterSecurityGroupId")).to.match(/^sg-/);
    expect(text(outputs, "vpcConfig.vpcId")).to.equal(net.vpc.id);
  });

  it("keeps its endpoint over an update", async () => {
    const cluster = await make(await clusterInputs(account, net));
    const changed = await account.change(cluster, { deletionProtection: true });
    expect(changed.outputs.endpoint).to.equal(cluster.outputs.endpoint);
    expect(changed.outputs.certificateAuthority).to.deep.equal(cluster.outputs.certificateAuthority);
  });

  it("has a security group that a preview knows to come, and knows once it is there", async () => {
    const inputs = await clusterInputs(account, net);
    expect(at(await account.preview(tokens.EKS_CLUSTER, "cluster", inputs), "vpcConfig.clusterSecurityGroupId")).to.equal(UNKNOWN);
    const cluster = await make(inputs);
    const changed = account.previewChange(cluster, { vpcConfig: { ...object(inputs, "vpcConfig"), endpointPublicAccess: false } });
    expect(at(changed, "vpcConfig.clusterSecurityGroupId")).to.equal(at(cluster.outputs, "vpcConfig.clusterSecurityGroupId"));
    expect(at(changed, "vpcConfig.endpointPublicAccess")).to.equal(false);
  });

  it("needs subnets in two zones", async () => {
    const inputs = await clusterInputs(account, net);
    const one = { ...inputs, vpcConfig: { subnetIds: [net.subnets[0].id] } };
    expect(await refusal(make(one))).to.equal("InvalidParameterException: Subnets specified must be in at least two different AZs");
  });

  it("needs a role that exists, trusts EKS for sessions with tags, and has the policies", async () => {
    const inputs = await clusterInputs(account, net);
    const untagged = await role(account, "untagged", trust("eks.amazonaws.com"), CLUSTER_POLICIES);
    const bare = await role(account, "bare", trust("eks.amazonaws.com", "sts:AssumeRole", "sts:TagSession"), CLUSTER_POLICIES.slice(1));
    expect(await refusal(make({ ...inputs, roleArn: "arn:aws:iam::123456789012:role/none" }))).to.contain("does not exist");
    expect(await refusal(make({ ...inputs, roleArn: untagged.outputs.arn }))).to.contain("sts:TagSession");
    expect(await refusal(make({ ...inputs, roleArn: bare.outputs.arn }))).to.contain("Please ensure the following policies [arn:aws:iam::aws:policy/AmazonEKSClusterPolicy] are attached");
    await attach(account, bare, "AmazonEKSClusterPolicy");
    await make({ ...inputs, roleArn: bare.outputs.arn });
  });

  it("needs a node role with the policies", async () => {
    const inputs = await clusterInputs(account, net);
    const bare = await role(account, "bare", trust("ec2.amazonaws.com"), NODE_POLICIES.slice(1));
    const compute = object(inputs, "computeConfig");
    expect(await refusal(make({ ...inputs, computeConfig: { ...compute, nodeRoleArn: bare.outputs.arn } }))).to.contain("AmazonEKSWorkerNodeMinimalPolicy");
    await make(inputs);
  });

  it("has all of Auto Mode or nothing of it, and then no add-ons of its own", async () => {
    const inputs = await clusterInputs(account, net);
    expect(await refusal(make({ ...inputs, storageConfig: { blockStorage: { enabled: false } } }))).to.contain("must all be set to either true or false");
    expect(await refusal(make({ ...inputs, bootstrapSelfManagedAddons: undefined }))).to.contain("bootstrapSelfManagedAddons: must be false");
    await make(inputs);
  });

  it("has a version the service knows, and moves up one minor version at a time", async () => {
    const inputs = await clusterInputs(account, net);
    expect(await refusal(make({ ...inputs, version: "1.99" }))).to.equal("InvalidParameterException: unsupported Kubernetes version 1.99");
    const cluster = await make({ ...inputs, version: "1.33" });
    expect(await refusal(account.change(cluster, { version: "1.35" }))).to.contain("Unsupported Kubernetes minor version update from 1.33 to 1.35");
    expect((await account.change(cluster, { version: "1.34" })).outputs.version).to.equal("1.34");
  });

  it("is not deleted while it is protected", async () => {
    const cluster = await make({ ...(await clusterInputs(account, net)), deletionProtection: true });
    expect(await refusal(account.remove(cluster))).to.contain("deletion protection");
    await account.remove(await account.change(cluster, { deletionProtection: false }));
    expect(account.live(tokens.EKS_CLUSTER)).to.deep.equal([]);
  });

  it("leaves the nodes' network interfaces when its role loses its policies first, and they hold the subnets", async () => {
    const inputs = await clusterInputs(account, net);
    const cluster = await make(inputs);
    const attachment = account.live(tokens.ROLE_POLICY_ATTACHMENT).find(({ id }) => id.includes("AmazonEKSComputePolicy"));
    await account.remove(attachment ?? cluster);
    await account.remove(cluster);
    expect(account.retained().map(({ type }) => type)).to.include(tokens.NETWORK_INTERFACE);
    expect(await refusal(account.remove(net.subnets[0]))).to.contain("DependencyViolation");
  });

  it("leaves nothing when its role keeps its policies to the end", async () => {
    await account.remove(await make(await clusterInputs(account, net)));
    expect(account.retained()).to.deep.equal([]);
    await account.remove(net.subnets[0]);
  });

  it("leaves a log group that the program did not make", async () => {
    const inputs = { ...(await clusterInputs(account, net)), enabledClusterLogTypes: ["api", "audit"] };
    await account.remove(await make(inputs));
    expect(account.retained().map(({ id }) => id)).to.deep.equal(["/aws/eks/moodle/cluster"]);
  });

  it("leaves no log group where the program made it", async () => {
    await account.make(tokens.LOG_GROUP, "control-plane", { name: "/aws/eks/moodle/cluster" });
    await account.remove(await make({ ...(await clusterInputs(account, net)), enabledClusterLogTypes: ["api"] }));
    expect(account.retained()).to.deep.equal([]);
  });

  it("is replaced for its name, role and service range, not for its version or subnets", async () => {
    const cluster = await make(await clusterInputs(account, net));
    expect(account.replaced(cluster, { roleArn: "arn:aws:iam::123456789012:role/other" })).to.deep.equal(["roleArn"]);
    expect(account.replaced(cluster, { kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true }, serviceIpv4Cidr: "10.100.0.0/16" } })).to.deep.equal(["kubernetesNetworkConfig"]);
    expect(account.replaced(cluster, { version: "1.36", vpcConfig: { subnetIds: [] } })).to.deep.equal([]);
  });

  it("is replaced for another role of its nodes, and for no encryption any more", async () => {
    const key = await account.make(tokens.KMS_KEY, "data", {});
    const encryptionConfig = { provider: { keyArn: key.outputs.arn }, resources: ["secrets"] };
    const cluster = await make({ ...(await clusterInputs(account, net)), encryptionConfig });
    const compute = object(cluster.inputs, "computeConfig");
    expect(account.replaced(cluster, { computeConfig: { ...compute, nodeRoleArn: "arn:aws:iam::123456789012:role/other" } })).to.deep.equal(["computeConfig"]);
    expect(account.replaced(cluster, { encryptionConfig: undefined })).to.deep.equal(["encryptionConfig"]);
    expect(account.replaced(cluster, { computeConfig: { ...compute, nodePools: ["system"] } })).to.deep.equal([]);
  });

  it("keeps the key it was made with", async () => {
    const [one, other] = [await account.make(tokens.KMS_KEY, "one", {}), await account.make(tokens.KMS_KEY, "other", {})];
    const encrypted = (by: Made): Properties => ({ encryptionConfig: { provider: { keyArn: by.outputs.arn }, resources: ["secrets"] } });
    const inputs = await clusterInputs(account, net);
    expect(await refusal(make({ ...inputs, encryptionConfig: { provider: { keyArn: "arn:aws:kms:eu-central-1:123456789012:key/none" }, resources: ["secrets"] } }))).to.contain("keyArn");
    const cluster = await make({ ...inputs, ...encrypted(one) });
    expect(await refusal(account.change(cluster, encrypted(other)))).to.contain("can't be changed");
  });

  it("has no control plane in the zones where the service has none", async () => {
    const east = await Account.open({ region: "us-east-1" });
    const vpc = await east.make(tokens.VPC, "vpc", { cidrBlock: "10.0.0.0/16" });
    const subnet = (letter: string, part: number): Promise<Made> =>
      east.make(tokens.SUBNET, letter, { vpcId: vpc.id, cidrBlock: `10.0.${part}.0/24`, availabilityZone: `us-east-1${letter}` });
    const subnets = [await subnet("a", 1), await subnet("c", 2), await subnet("b", 3)] as const;
    const inputs = await clusterInputs(east, { vpc, subnets });
    expect(await refusal(east.make(tokens.EKS_CLUSTER, "cluster", inputs))).to.contain("UnsupportedAvailabilityZoneException");
    await east.make(tokens.EKS_CLUSTER, "cluster", { ...inputs, vpcConfig: { subnetIds: [subnets[0].id, subnets[2].id] } });
    east.close();
  });
});

describe("access to a cluster of the simulated EKS", () => {
  let account: Account;
  const principalArn = "arn:aws:iam::111122223333:role/deploy";

  beforeEach(async () => {
    account = await Account.open();
    await account.make(tokens.EKS_CLUSTER, "cluster", await clusterInputs(account, await network(account)));
  });
  afterEach(() => account.close());

  it("goes to roles and users of IAM, once each", async () => {
    const entry = { clusterName: "moodle", principalArn };
    expect(await refusal(account.make(tokens.ACCESS_ENTRY, "session", { ...entry, principalArn: "arn:aws:sts::111122223333:assumed-role/deploy/me" }))).to.contain("the ARN of an IAM role or user");
    await account.make(tokens.ACCESS_ENTRY, "entry", entry);
    expect(await refusal(account.make(tokens.ACCESS_ENTRY, "again", entry))).to.contain("already in use on this cluster");
  });

  it("needs a cluster", async () => {
    expect(await refusal(account.make(tokens.ACCESS_ENTRY, "lost", { clusterName: "none", principalArn }))).to.equal("ResourceNotFoundException: No cluster found for name: none.");
  });

  it("has policies of the service's own, for principals with an entry", async () => {
    const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
    const association = { clusterName: "moodle", principalArn, policyArn, accessScope: { type: "cluster" } };
    expect(await refusal(account.make(tokens.ACCESS_POLICY_ASSOCIATION, "early", association))).to.contain("The specified principalArn could not be found");
    await account.make(tokens.ACCESS_ENTRY, "entry", { clusterName: "moodle", principalArn });
    expect(await refusal(account.make(tokens.ACCESS_POLICY_ASSOCIATION, "iam", { ...association, policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }))).to.contain("policyArn");
    await account.make(tokens.ACCESS_POLICY_ASSOCIATION, "admin", association);
  });

  it("from pods needs a role that exists, one for each service account", async () => {
    const pods = await role(account, "pods", trust("pods.eks.amazonaws.com", "sts:AssumeRole", "sts:TagSession"));
    const association = { clusterName: "moodle", namespace: "moodle", serviceAccount: "moodle", roleArn: pods.outputs.arn };
    expect(await refusal(account.make(tokens.POD_IDENTITY_ASSOCIATION, "lost", { ...association, roleArn: "arn:aws:iam::123456789012:role/none" }))).to.contain("Role provided in the request does not exist");
    await account.make(tokens.POD_IDENTITY_ASSOCIATION, "pods", association);
    expect(await refusal(account.make(tokens.POD_IDENTITY_ASSOCIATION, "again", association))).to.contain("Association already exists");
  });

  it("has add-ons of the catalogue, once each, and they go with the cluster", async () => {
    expect(await refusal(account.make(tokens.EKS_ADDON, "typo", { clusterName: "moodle", addonName: "metric-server" }))).to.contain("is not supported");
    await account.make(tokens.EKS_ADDON, "metrics", { clusterName: "moodle", addonName: "metrics-server" });
    expect(await refusal(account.make(tokens.EKS_ADDON, "again", { clusterName: "moodle", addonName: "metrics-server" }))).to.equal("ResourceInUseException: Addon already exists.");
    const [cluster] = account.live(tokens.EKS_CLUSTER);
    if (cluster !== undefined) await account.remove(cluster);
    expect(account.live(tokens.EKS_ADDON), "an add-on without its cluster").to.deep.equal([]);
  });
});
