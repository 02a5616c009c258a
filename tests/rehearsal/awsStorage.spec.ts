import { expect } from "chai";

import * as tokens from "../../rehearsal/clouds/aws/tokens";
import type { Properties } from "../../rehearsal/provider/properties";
import { Account, type Made, network, refusal, role, trust } from "./awsAccount";

const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";
const ACCESS_BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";

describe("a bucket of the simulated S3", () => {
  let account: Account;

  beforeEach(async () => {
    account = await Account.open();
  });
  afterEach(() => account.close());

  const make = (bucket: string, more: Properties = {}): Promise<Made> => account.make(tokens.BUCKET, bucket, { bucket, ...more });
  const fill = (bucket: Made): Promise<void> =>
    account.put({ type: tokens.BUCKET_OBJECT, id: `${bucket.id}/essay.odt`, name: "", outputs: { bucket: bucket.id }, owner: bucket.id });

  it("has a name that nobody else has, in the whole world", async () => {
    await make("moodle-objects");
    expect(await refusal(account.make(tokens.BUCKET, "abroad", { bucket: "moodle-objects", region: "us-east-1" }))).to.contain("BucketAlreadyOwnedByYou");
    await make("moodle-objects-2");
  });

  it("has a name S3 takes", async () => {
    for (const bucket of ["Moodle", "mo", "moodle..objects", "10.0.0.1", "moodle_objects", "m".repeat(64)]) {
      expect(await refusal(make(bucket)), bucket).to.contain("is not a name the service takes");
    }
  });

  it("is not deleted while it holds an object, unless the program forces it", async () => {
    const [kept, forced] = [await make("kept"), await make("forced", { forceDestroy: true })];
    await fill(kept);
    await fill(forced);
    expect(await refusal(account.remove(kept))).to.contain("BucketNotEmpty");
    await account.remove(forced);
    expect(account.live(tokens.BUCKET).map(({ id }) => id)).to.deep.equal(["kept"]);
  });

  it("must be there before its settings", async () => {
    const versioning = (bucket: string): Promise<Made> => account.make(VERSIONING, "versioning", { bucket, versioningConfiguration: { status: "Enabled" } });
    expect(await refusal(versioning("none"))).to.contain("NoSuchBucket");
    await versioning((await make("objects")).id);
  });

  it("takes no policy for everybody where public policies are blocked", async () => {
    const bucket = await make("objects");
    const policy = (Effect: string): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect, Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::objects/*" }] });
    const open = await account.make(BUCKET_POLICY, "open", { bucket: bucket.id, policy: policy("Allow") });
    await account.remove(open);
    await account.make(ACCESS_BLOCK, "block", { bucket: bucket.id, blockPublicPolicy: true });
    expect(await refusal(account.make(BUCKET_POLICY, "public", { bucket: bucket.id, policy: policy("Allow") }))).to.contain("BlockPublicPolicy");
    await account.make(BUCKET_POLICY, "closed", { bucket: bucket.id, policy: policy("Deny") });
  });

  it("takes a policy about itself alone, as JSON", async () => {
    const bucket = await make("objects");
    const other = JSON.stringify({ Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::other/*" }] });
    expect(await refusal(account.make(BUCKET_POLICY, "other", { bucket: bucket.id, policy: other }))).to.contain("Policy has invalid resource");
    expect(await refusal(account.make(BUCKET_POLICY, "text", { bucket: bucket.id, policy: "deny all" }))).to.contain("invalid JSON policy");
  });

  it("takes lifecycle rules that say which objects and what happens", async () => {
    const bucket = await make("objects");
    const lifecycle = (rule: Properties): Promise<Made> => account.make(LIFECYCLE, "lifecycle", { bucket: bucket.id, rules: [{ id: "old", status: "Enabled", ...rule }] });
    const old = { noncurrentVersionExpiration: { noncurrentDays: 42 } };
    expect(await refusal(lifecycle(old))).to.contain("a rule needs a filter");
    expect(await refusal(lifecycle({ filter: { prefix: "" } }))).to.contain("At least one action");
    expect(await refusal(lifecycle({ filter: { prefix: "" }, noncurrentVersionExpiration: { noncurrentDays: 0 } }))).to.contain("positive integer");
    await lifecycle({ filter: { prefix: "" }, ...old });
  });

  it("is replaced for its name alone", async () => {
    const bucket = await make("objects");
    expect(account.replaced(bucket, { bucket: "others" })).to.deep.equal(["bucket"]);
    expect(account.replaced(bucket, { forceDestroy: true, tags: { a: "b" } })).to.deep.equal([]);
  });
});

describe("a file system of the simulated EFS", () => {
  let account: Account;

  beforeEach(async () => {
    account = await Account.open();
  });
  afterEach(() => account.close());

  it("has one mount target in each zone, all in one VPC", async () => {
    const [net, other] = [await network(account), await network(account, "10.1")];
    const files = await account.make(tokens.FILE_SYSTEM, "files", { encrypted: true });
    const mount = (subnet: Made, name = subnet.name): Promise<Made> => account.make(tokens.MOUNT_TARGET, name, { fileSystemId: files.id, subnetId: subnet.id });
    const second = await account.make(tokens.SUBNET, "second", { vpcId: net.vpc.id, cidrBlock: "10.0.9.0/24", availabilityZone: "eu-central-1a" });
    expect((await mount(net.subnets[0])).outputs.ipAddress).to.match(/^10\.0\.1\.\d+$/);
    expect(await refusal(mount(second))).to.equal("MountTargetConflict: mount target already exists in this AZ");
    expect(await refusal(mount(other.subnets[1]))).to.contain("not in the same VPC");
    await mount(net.subnets[1]);
  });

  it("stays while it has mount targets", async () => {
    const net = await network(account);
    const files = await account.make(tokens.FILE_SYSTEM, "files", {});
    const target = await account.make(tokens.MOUNT_TARGET, "target", { fileSystemId: files.id, subnetId: net.subnets[0].id });
    expect(await refusal(account.remove(files))).to.contain("FileSystemInUse");
    await account.remove(target);
    await account.remove(files);
    expect(account.live(tokens.FILE_SYSTEM)).to.deep.equal([]);
  });

  it("must be there before its access point, policy and mount target", async () => {
    const net = await network(account);
    const policy = JSON.stringify({ Statement: [{ Effect: "Deny", Principal: "*", Action: "*" }] });
    for (const [type, inputs] of [
      [tokens.ACCESS_POINT, {}],
      [tokens.FILE_SYSTEM_POLICY, { policy }],
      [tokens.MOUNT_TARGET, { subnetId: net.subnets[0].id }],
      [tokens.EFS_BACKUP_POLICY, { backupPolicy: { status: "ENABLED" } }],
    ] as const) {
      expect(await refusal(account.make(type, "lost", { fileSystemId: "fs-0", ...inputs })), type).to.equal("FileSystemNotFound: File system 'fs-0' does not exist.");
    }
  });

  it("is encrypted where it names a key", async () => {
    const key = await account.make(tokens.KMS_KEY, "data", {});
    expect(await refusal(account.make(tokens.FILE_SYSTEM, "open", { kmsKeyId: key.outputs.arn }))).to.contain("encrypted must be set to true");
    await account.make(tokens.FILE_SYSTEM, "closed", { kmsKeyId: key.outputs.arn, encrypted: true });
  });

  it("is replaced for its key and mode, its access point for everything", async () => {
    const files = await account.make(tokens.FILE_SYSTEM, "files", { encrypted: true });
    const point = await account.make(tokens.ACCESS_POINT, "point", { fileSystemId: files.id, posixUser: { uid: 33, gid: 33 } });
    expect(account.replaced(files, { kmsKeyId: "other", performanceMode: "maxIO" })).to.have.members(["kmsKeyId", "performanceMode"]);
    expect(account.replaced(files, { throughputMode: "elastic" })).to.deep.equal([]);
    expect(account.replaced(point, { posixUser: { uid: 82, gid: 82 } })).to.deep.equal(["posixUser"]);
  });
});

describe("a disk of the simulated EBS", () => {
  let account: Account;

  beforeEach(async () => {
    account = await Account.open();
  });
  afterEach(() => account.close());

  const make = (more: Properties): Promise<Made> => account.make(tokens.VOLUME, "disk", { availabilityZone: "eu-central-1a", type: "gp3", size: 500, ...more });

  it("has a size and IOPS its type has", async () => {
    expect(await refusal(make({ iops: 1000 }))).to.contain("Volume iops of 1000 is outside 3000 to 80000");
    expect(await refusal(make({ type: "io2", throughput: 500, iops: 5000 }))).to.contain("'throughput' must not be set when 'type' is 'io2'");
    await make({ iops: 6000, throughput: 500 });
  });

  it("grows and never shrinks, and leaves a final snapshot where asked", async () => {
    const disk = await make({ finalSnapshot: true });
    expect(await refusal(account.change(disk, { size: 100 }))).to.contain("New size cannot be smaller than existing size");
    await account.remove(await account.change(disk, { size: 800 }));
    expect(account.retained().map(({ retained }) => retained)).to.deep.equal([`final snapshot of volume ${disk.id}`]);
  });

  it("is replaced for its zone and key, not for its size", async () => {
    const disk = await make({});
    expect(account.replaced(disk, { availabilityZone: "eu-central-1b", encrypted: true })).to.have.members(["availabilityZone", "encrypted"]);
    expect(account.replaced(disk, { size: 800, type: "io2", iops: 9000 })).to.deep.equal([]);
  });
});

describe("a vault of the simulated AWS Backup", () => {
  let account: Account;

  beforeEach(async () => {
    account = await Account.open();
  });
  afterEach(() => account.close());

  const plan = (vault: string, lifecycle: Properties = { deleteAfter: 35 }): Promise<Made> =>
    account.make(tokens.BACKUP_PLAN, "daily", { name: "daily", rules: [{ ruleName: "daily", targetVaultName: vault, schedule: "cron(0 3 * * ? *)", lifecycle }] });

  it("is not deleted while it holds a recovery point", async () => {
    const vault = await account.make(tokens.BACKUP_VAULT, "vault", { name: "moodle" });
    await account.put({ type: tokens.RECOVERY_POINT, id: "point", name: "", outputs: { backupVaultName: "moodle" } });
    expect(await refusal(account.remove(vault))).to.contain("cannot be deleted because it contains recovery points");
    await account.remove(await account.change(vault, { forceDestroy: true }));
  });

  it("must be there before a plan, and the plan stays while it has a selection", async () => {
    expect(await refusal(plan("none"))).to.contain("Backup vault none does not exist");
    await account.make(tokens.BACKUP_VAULT, "vault", { name: "moodle" });
    const daily = await plan("moodle");
    const backups = await role(account, "backups", trust("backup.amazonaws.com"));
    const selection = await account.make(tokens.BACKUP_SELECTION, "all", { planId: daily.id, iamRoleArn: backups.outputs.arn, resources: ["*"] });
    expect(await refusal(account.remove(daily))).to.contain("selections must be deleted prior to backup plan deletion");
    await account.remove(selection);
    await account.remove(daily);
  });

  it("is filled only by a role that AWS Backup may use", async () => {
    await account.make(tokens.BACKUP_VAULT, "vault", { name: "moodle" });
    const daily = await plan("moodle");
    const other = await role(account, "other", trust("ec2.amazonaws.com"));
    expect(await refusal(account.make(tokens.BACKUP_SELECTION, "all", { planId: daily.id, iamRoleArn: other.outputs.arn }))).to.contain("cannot be assumed by AWS Backup");
  });

  it("keeps what moved to cold storage for 90 days more", async () => {
    await account.make(tokens.BACKUP_VAULT, "vault", { name: "moodle" });
    expect(await refusal(plan("moodle", { coldStorageAfter: 30, deleteAfter: 100 }))).to.contain("less than 90 days apart");
    await plan("moodle", { coldStorageAfter: 30, deleteAfter: 120 });
  });
});
