import { expect } from "chai";

import { cloud } from "../../rehearsal/clouds/aws/index";
import * as tokens from "../../rehearsal/clouds/aws/tokens";
import type { Properties } from "../../rehearsal/provider/properties";
import { Account, attach, clusterInputs, databaseInputs, type Made, network, refusal, role, trust } from "./awsAccount";

const anybody = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" }] });
const allowed = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] });

describe("everything the simulated AWS knows", () => {
  let account: Account;
  const made: Made[] = [];

  before(async () => {
    account = await Account.open();
    await makeEverything();
  });
  after(() => account.close());

  async function make(type: string, inputs: Properties, name = type.split(":")[2] ?? ""): Promise<Made> {
    const one = await account.make(type, name, inputs);
    made.push(one);
    return one;
  }

  async function makeEverything(): Promise<void> {
    const net = await network(account);
    const [first] = net.subnets;
    const gateway = await make(tokens.INTERNET_GATEWAY, { vpcId: net.vpc.id });
    const address = await make(tokens.EIP, { domain: "vpc" });
    await make(tokens.NAT_GATEWAY, { subnetId: first.id, allocationId: address.id });
    const table = await make(tokens.ROUTE_TABLE, { vpcId: net.vpc.id });
    await make(tokens.ROUTE, { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id });
    await make(tokens.ROUTE_TABLE_ASSOCIATION, { routeTableId: table.id, subnetId: first.id });
    const endpoint = await make(tokens.VPC_ENDPOINT, { vpcId: net.vpc.id, serviceName: "com.amazonaws.eu-central-1.s3", vpcEndpointType: "Gateway" });
    await make("aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation", { vpcEndpointId: endpoint.id, routeTableId: table.id });
    const group = await make(tokens.SECURITY_GROUP, { vpcId: net.vpc.id });
    await make("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", { vpcId: net.vpc.id });
    await make(tokens.INGRESS_RULE, { securityGroupId: group.id, ipProtocol: "-1", referencedSecurityGroupId: group.id });
    await make(tokens.EGRESS_RULE, { securityGroupId: group.id, ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" });
    const key = await make(tokens.KMS_KEY, { enableKeyRotation: true });
    await make(tokens.KMS_ALIAS, { targetKeyId: key.id });
    await makeIdentity(net.vpc);
    await makeData(net, key);
    await makeCluster(net);
    await makeOperations();
  }

  async function makeIdentity(vpc: Made): Promise<void> {
    const flow = await role(account, "flow", trust("vpc-flow-logs.amazonaws.com"));
    await make(tokens.FLOW_LOG, { vpcId: vpc.id, trafficType: "ALL", iamRoleArn: flow.outputs.arn, logDestination: "arn:aws:logs:eu-central-1:123456789012:log-group:flow" });
    const policy = await make(tokens.POLICY, { policy: allowed });
    await make(tokens.ROLE_POLICY, { role: flow.id, policy: allowed });
    await make(tokens.ROLE_POLICY_ATTACHMENT, { role: flow.id, policyArn: policy.id });
    const secret = await make(tokens.SECRET, {});
    await make(tokens.SECRET_VERSION, { secretId: secret.id, secretString: "pepper" });
  }

  async function makeData(net: Awaited<ReturnType<typeof network>>, key: Made): Promise<void> {
    const parameters = await make(tokens.DB_PARAMETER_GROUP, { family: "postgres17" });
    await make(tokens.DB_INSTANCE, { ...(await databaseInputs(account, net)), parameterGroupName: parameters.id, storageEncrypted: true, kmsKeyId: key.outputs.arn });
    const caches = await make(tokens.CACHE_SUBNET_GROUP, { subnetIds: net.subnets.map(({ id }) => id) });
    await make(tokens.CACHE_PARAMETER_GROUP, { family: "valkey8" });
    await make(tokens.REPLICATION_GROUP, { description: "sessions", engine: "valkey", nodeType: "cache.t4g.small", subnetGroupName: caches.id });
    const bucket = await make(tokens.BUCKET, {});
    for (const [name, inputs] of Object.entries<Properties>({
      PublicAccessBlock: { blockPublicPolicy: true },
      OwnershipControls: { rule: { objectOwnership: "BucketOwnerEnforced" } },
      Versioning: { versioningConfiguration: { status: "Enabled" } },
      ServerSideEncryptionConfiguration: { rules: [{ bucketKeyEnabled: true }] },
      LifecycleConfiguration: { rules: [{ id: "old", status: "Enabled", filter: { prefix: "" }, noncurrentVersionExpiration: { noncurrentDays: 42 } }] },
      CorsConfiguration: { corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["*"] }] },
      Policy: { policy: anybody.replace('"Resource":"*"', `"Resource":"arn:aws:s3:::${bucket.id}/*"`) },
    })) {
      await make(`aws:s3/bucket${name}:Bucket${name}`, { bucket: bucket.id, ...inputs });
    }
    await make(tokens.BUCKET_OBJECT, { bucket: bucket.id, key: "essay.odt" });
    const files = await make(tokens.FILE_SYSTEM, { encrypted: true });
    await make(tokens.MOUNT_TARGET, { fileSystemId: files.id, subnetId: net.subnets[0].id });
    await make(tokens.ACCESS_POINT, { fileSystemId: files.id });
    await make(tokens.FILE_SYSTEM_POLICY, { fileSystemId: files.id, policy: anybody });
    await make(tokens.EFS_BACKUP_POLICY, { fileSystemId: files.id, backupPolicy: { status: "ENABLED" } });
    const disk = await make(tokens.VOLUME, { availabilityZone: "eu-central-1a", size: 100, type: "gp3" });
    await make(tokens.TAG, { resourceId: disk.id, key: "a", value: "b" });
  }

  async function makeCluster(net: Awaited<ReturnType<typeof network>>): Promise<void> {
    const cluster = await make(tokens.EKS_CLUSTER, await clusterInputs(account, net));
    const principalArn = "arn:aws:iam::111122223333:role/deploy";
    const pods = await role(account, "pods", trust("pods.eks.amazonaws.com", "sts:AssumeRole", "sts:TagSession"));
    await attach(account, pods, "CloudWatchAgentServerPolicy");
    await make(tokens.EKS_ADDON, { clusterName: cluster.id, addonName: "aws-efs-csi-driver", podIdentityAssociations: [{ roleArn: pods.outputs.arn, serviceAccount: "x" }] });
    await make(tokens.ACCESS_ENTRY, { clusterName: cluster.id, principalArn });
    const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";
    await make(tokens.ACCESS_POLICY_ASSOCIATION, { clusterName: cluster.id, principalArn, policyArn, accessScope: { type: "cluster" } });
    await make(tokens.POD_IDENTITY_ASSOCIATION, { clusterName: cluster.id, namespace: "moodle", serviceAccount: "moodle", roleArn: pods.outputs.arn });
    const images = await make(tokens.ECR_REPOSITORY, {}, "images");
    await make(tokens.ECR_LIFECYCLE_POLICY, { repository: images.id, policy: '{"rules":[{}]}' });
    await make(tokens.ECR_REPOSITORY_POLICY, { repository: images.id, policy: anybody });
  }

  async function makeOperations(): Promise<void> {
    const vault = await make(tokens.BACKUP_VAULT, {});
    await make("aws:backup/vaultLockConfiguration:VaultLockConfiguration", { backupVaultName: vault.id });
    const plan = await make(tokens.BACKUP_PLAN, { rules: [{ ruleName: "daily", targetVaultName: vault.id }] });
    const backups = await role(account, "backups", trust("backup.amazonaws.com"));
    await make(tokens.BACKUP_SELECTION, { planId: plan.id, iamRoleArn: backups.outputs.arn });
    const group = await make(tokens.LOG_GROUP, {});
    await make(tokens.METRIC_FILTER, { logGroupName: group.id, pattern: "ERROR", metricTransformation: { name: "a", namespace: "b", value: "1" } });
    await make(tokens.METRIC_ALARM, { namespace: "b", metricName: "a", statistic: "Sum", comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1, period: 60 });
    const topic = await make(tokens.TOPIC, {});
    await make(tokens.TOPIC_POLICY, { arn: topic.id, policy: anybody });
    await make(tokens.TOPIC_SUBSCRIPTION, { topic: topic.id, protocol: "email", endpoint: "ops@example.edu" });
    const zone = await make(tokens.ZONE, { name: "example.org" });
    await make(tokens.RECORD, { zoneId: zone.id, name: "moodle", type: "A", records: ["203.0.113.1"], ttl: 60 });
  }

  it("can be made, with outputs the SDK knows", () => {
    const types = new Set([...made.map(({ type }) => type), tokens.VPC, tokens.SUBNET, tokens.ROLE, tokens.DB_SUBNET_GROUP]);
    expect(Object.keys(cloud.behaviours).filter((type) => !types.has(type)), "never made by this test").to.deep.equal([]);
  });

  it("says the region and all tags where the SDK has them", () => {
    for (const { type, outputs } of made.filter(({ type }) => !/^aws:(iam|route53)/.test(type))) expect(outputs.region, type).to.equal("eu-central-1");
    expect(made.find(({ type }) => type === tokens.BUCKET)?.outputs.tagsAll).to.deep.equal({});
  });

  it("gives ARNs of one account alone, and none that is made up", () => {
    for (const { type, outputs } of made) {
      for (const [name, value] of Object.entries(outputs)) {
        if (typeof value !== "string" || value === "" || !/(^arn|Arn)$/.test(name)) continue;
        expect(value, `${type} ${name}`).to.match(/^arn:aws:[a-z0-9-]+:[a-z0-9-]*:(\d{12}|aws|):.+/).and.not.contain("undefined");
      }
    }
  });

  it("stays the same when nothing changes", async () => {
    for (const one of made) {
      const changed = await account.change(one, {});
      const moved = ["modifiedAt", "version", "numberOfMountTargets"];
      const without = (outputs: Properties): Properties => Object.fromEntries(Object.entries(outputs).filter(([name]) => !moved.includes(name)));
      expect(without(changed.outputs), `${one.type} after an update that changes nothing`).to.deep.equal(without(one.outputs));
    }
  });

  it("can be deleted in the opposite order, but for what AWS keeps", async () => {
    for (const one of [...made].reverse()) await account.remove(one);
    expect(account.retained().map(({ type }) => type).sort()).to.deep.equal([tokens.KMS_KEY, tokens.SECRET].sort());
  });
});

describe("the provider of the simulated AWS", () => {
  const ask = (token: string, args: Properties, region = "eu-central-1"): Properties => {
    const none = { all: () => [], byId: () => undefined, ofType: () => [], where: () => [], byArn: () => undefined };
    const answer = cloud.invokes[token]?.(args, { config: { region }, objects: none, cloud: () => none, now: 0 });
    if (answer === undefined) throw new Error(`${token} is not answered`);
    return answer;
  };

  it("answers which zones there are, without those excluded", () => {
    const zones = "aws:index/getAvailabilityZones:getAvailabilityZones";
    expect(ask(zones, { state: "available" }).names).to.deep.equal(["eu-central-1a", "eu-central-1b", "eu-central-1c"]);
    const filters = [{ name: "opt-in-status", values: ["opt-in-not-required"] }];
    expect(ask(zones, { filters, excludeZoneIds: ["use1-az3"] }, "us-east-1").names).to.deep.equal(["a", "b", "d", "e", "f"].map((letter) => `us-east-1${letter}`));
    expect(() => ask(zones, { filters: [{ name: "colour", values: ["blue"] }] })).to.throw("The filter 'colour' is invalid");
  });

  it("answers who and where it is", () => {
    expect(ask("aws:index/getCallerIdentity:getCallerIdentity", {}).accountId).to.equal("123456789012");
    expect(ask("aws:index/getRegion:getRegion", {}).name).to.equal("eu-central-1");
    expect(ask("aws:index/getPartition:getPartition", {}, "cn-north-1").partition).to.equal("aws-cn");
    expect(ask("aws:lb/getHostedZoneId:getHostedZoneId", { loadBalancerType: "network" }).id).to.equal("Z3F0SRJ5LGBH90");
    expect(ask("aws:route53/getZone:getZone", { zoneId: "Z0123456789" }).name).to.equal("example.edu");
  });

  it("writes policy documents as IAM reads them", () => {
    const statement = { effect: "Allow", actions: ["sts:AssumeRole"], principals: [{ type: "Service", identifiers: ["ec2.amazonaws.com"] }], conditions: [{ test: "StringEquals", variable: "aws:SourceAccount", values: ["1"] }] };
    expect(JSON.parse(String(ask("aws:iam/getPolicyDocument:getPolicyDocument", { statements: [statement] }).json))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" }, Condition: { StringEquals: { "aws:SourceAccount": "1" } } }],
    });
  });

  it("wants a region that exists, and another region is another provider", () => {
    expect(cloud.checkConfig?.({ region: "eu-central-1" })).to.deep.equal([]);
    expect(cloud.checkConfig?.({ region: "eu-middle-1" })?.[0]?.reason).to.contain("is not a region of AWS");
    expect(cloud.checkConfig?.({})?.[0]?.reason).to.contain("pulumi config set aws:region");
    expect(cloud.diffConfig?.({ region: "eu-central-1", profile: "a" }, { region: "eu-west-1", profile: "b" })).to.deep.equal({ changes: ["region", "profile"], replaces: ["region"] });
  });

  it("puts its default tags on everything", async () => {
    const account = await Account.open({ region: "eu-central-1", defaultTags: { tags: { owner: "it" } } });
    const { outputs } = await account.make(tokens.BUCKET, "objects", { tags: { name: "objects" } });
    expect(outputs.tagsAll).to.deep.equal({ owner: "it", name: "objects" });
    expect(await refusal(account.make(tokens.VPC, "vpc", { cidr: "10.0.0.0/16" }))).to.contain('no input "cidr"');
    account.close();
  });
});
