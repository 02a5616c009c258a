import { expect } from "chai";

import * as tokens from "../../rehearsal/clouds/aws/tokens";
import type { Properties } from "../../rehearsal/provider/properties";
import { Account, databaseInputs, type Made, network, refusal, type TestNetwork } from "./awsAccount";

describe("a database of the simulated RDS", () => {
  let account: Account;
  let net: TestNetwork;
  let inputs: Properties;

  beforeEach(async () => {
    account = await Account.open();
    net = await network(account);
    inputs = await databaseInputs(account, net);
  });
  afterEach(() => account.close());

  const make = (more: Properties = {}): Promise<Made> => account.make(tokens.DB_INSTANCE, "db", { ...inputs, ...more });

  it("takes 7:47 in one zone and 14:15 in two", async () => {
    const start = await account.now();
    await make();
    const one = await account.now();
    await make({ identifier: "moodle-two", multiAz: true });
    expect(one - start).to.be.closeTo(7 + 47 / 60, 0.01);
    expect((await account.now()) - one).to.be.closeTo(14.25, 0.01);
  });

  it("has an address in AWS's form and an id that is not its name", async () => {
    const { id, outputs } = await make();
    expect(id).to.match(/^db-[A-Z2-7]{26}$/);
    expect(outputs.endpoint).to.match(/^moodle\.c[a-z0-9]{11}\.eu-central-1\.rds\.amazonaws\.com:5432$/);
    expect(outputs.engineVersion, "the major version stays what the program said").to.equal("17");
    expect(outputs.engineVersionActual).to.match(/^17\.\d+$/);
  });

  it("has a name once", async () => {
    await make();
    expect(await refusal(account.make(tokens.DB_INSTANCE, "other", inputs))).to.equal("DBInstanceAlreadyExists: DB instance already exists");
  });

  it("needs a subnet group, over two zones of one VPC", async () => {
    const group = (name: string, subnetIds: readonly string[]): Promise<Made> => account.make(tokens.DB_SUBNET_GROUP, name, { name, subnetIds });
    const other = await network(account, "10.1");
    expect(await refusal(group("narrow", [net.subnets[0].id]))).to.match(/^DBSubnetGroupDoesNotCoverEnoughAZs: .*Current AZ coverage: eu-central-1a\. Add subnets to cover at least 2 AZs\.$/);
    expect(await refusal(group("mixed", [net.subnets[0].id, other.subnets[1].id]))).to.contain("different VPCs");
    expect(await refusal(group("lost", ["subnet-0", net.subnets[1].id]))).to.equal("InvalidSubnet: Some input subnets in :[subnet-0] are invalid.");
    expect(await refusal(make({ dbSubnetGroupName: "none" }))).to.equal("DBSubnetGroupNotFoundFault: DBSubnetGroup 'none' not found.");
    await make();
  });

  it("needs security groups of its own VPC", async () => {
    const other = await network(account, "10.1");
    const [near, far] = [await account.make(tokens.SECURITY_GROUP, "near", { vpcId: net.vpc.id }), await account.make(tokens.SECURITY_GROUP, "far", { vpcId: other.vpc.id })];
    expect(await refusal(make({ vpcSecurityGroupIds: [far.id] }))).to.contain("different VPCs");
    const database = await make({ vpcSecurityGroupIds: [near.id] });
    expect(await refusal(account.remove(near)), "a group a database wears").to.contain(database.id);
  });

  it("needs a parameter group of its version's family, which stays while it is used", async () => {
    const parameters = (family: string): Promise<Made> => account.make(tokens.DB_PARAMETER_GROUP, family, { name: family, family, parameters: [{ name: "rds.force_ssl", value: "1" }] });
    const [wrong, right] = [await parameters("postgres16"), await parameters("postgres17")];
    expect(await refusal(make({ parameterGroupName: "none" }))).to.contain("DBParameterGroupNotFound");
    expect(await refusal(make({ parameterGroupName: wrong.id }))).to.contain("Please use a Parameter Group with DBParameterGroupFamily postgres17");
    await make({ parameterGroupName: right.id });
    expect(await refusal(account.remove(right))).to.contain("still members of this parameter group");
    await account.remove(wrong);
  });

  it("needs a key that may be used", async () => {
    const key = await account.make(tokens.KMS_KEY, "data", {});
    expect(await refusal(make({ storageEncrypted: true, kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:key/none" }))).to.contain("KMSKeyNotAccessibleFault");
    await make({ storageEncrypted: true, kmsKeyId: key.outputs.arn });
    await account.remove(key);
    expect(await refusal(make({ identifier: "late", storageEncrypted: true, kmsKeyId: key.outputs.arn })), "a key that waits for its deletion").to.contain("KMSKeyNotAccessibleFault");
  });

  for (const [what, more, message] of [
    ["a short password", { password: "short" }, "shorter than 8 characters"],
    ["a password with a slash", { password: "correct/horse/battery" }, "Only printable ASCII characters besides '/'"],
    ["no password", { password: undefined }, "must be provided"],
    ["a reserved user", { username: "admin" }, "reserved word"],
    ["a name with a hyphen at the end", { identifier: "moodle-" }, "is not a name the service takes"],
    ["too little storage", { allocatedStorage: 10 }, "Invalid storage size for engine name postgres and storage type gp3: 10"],
    ["a limit below the storage", { maxAllocatedStorage: 50 }, "Max storage size must be greater than storage size"],
    ["IOPS on little gp3 storage", { iops: 12_000 }, "storage size less than 400"],
    ["windows that meet", { backupWindow: "04:30-05:30", maintenanceWindow: "sun:05:00-sun:06:00" }, "must not overlap"],
    ["monitoring without a role", { monitoringInterval: 60 }, "A MonitoringRoleARN value is required"],
    ["36 days of backups", { backupRetentionPeriod: 36 }, "Must be between 0 and 35"],
    ["a log it does not have", { enabledCloudwatchLogsExports: ["slowquery"] }, "got slowquery"],
  ] as const) {
    it(`refuses ${what} before anything is made`, async () => {
      expect(await refusal(make(more))).to.contain(message);
      expect(account.live(tokens.DB_INSTANCE)).to.deep.equal([]);
    });
  }

  it("never repeats a password it refuses", async () => {
    expect(await refusal(make({ password: "correct/horse/battery" }))).not.to.contain("horse");
  });

  it("takes what those refusals ask for", async () => {
    await make({ allocatedStorage: 400, iops: 12_000, maxAllocatedStorage: 800, backupWindow: "03:00-04:00", maintenanceWindow: "sun:05:00-sun:06:00", backupRetentionPeriod: 35 });
  });

  it("grows and never shrinks", async () => {
    const database = await make();
    expect(await refusal(account.change(database, { allocatedStorage: 50 }))).to.contain("cannot be less than the current storage size");
    expect((await account.change(database, { allocatedStorage: 200 })).outputs.allocatedStorage).to.equal(200);
  });

  it("has a version that exists, goes up by majors only when allowed, and never back", async () => {
    expect(await refusal(make({ engineVersion: "17.99" }))).to.contain("Cannot find version 17.99 for postgres");
    const database = await make({ engineVersion: "16" });
    expect(await refusal(account.change(database, { engineVersion: "17" }))).to.contain("AllowMajorVersionUpgrade");
    const upgraded = await account.change(database, { engineVersion: "17", allowMajorVersionUpgrade: true });
    expect(await refusal(account.change(upgraded, { engineVersion: "16" }))).to.contain("Cannot upgrade postgres from 17 to 16");
  });

  it("is not deleted while it is protected", async () => {
    const database = await make({ deletionProtection: true });
    expect(await refusal(account.remove(database))).to.equal("InvalidParameterCombination: Cannot delete protected DB Instance, please disable deletion protection and try again.");
    await account.remove(await account.change(database, { deletionProtection: false }));
    expect(account.live(tokens.DB_INSTANCE)).to.deep.equal([]);
  });

  it("asks for the name of the final snapshot, leaves it, and does not take the same name twice", async () => {
    const unnamed = await make({ skipFinalSnapshot: false });
    expect(await refusal(account.remove(unnamed))).to.equal("final_snapshot_identifier is required when skip_final_snapshot is false");
    await account.remove(await account.change(unnamed, { finalSnapshotIdentifier: "moodle-final" }));
    expect(account.retained().map(({ id, retained }) => `${id}: ${retained}`)).to.deep.equal([
      "moodle-final: final snapshot of moodle; restore it with database.restoreFrom, or delete it by hand",
    ]);
    const again = await make({ skipFinalSnapshot: false, finalSnapshotIdentifier: "moodle-final" });
    expect(await refusal(account.remove(again))).to.equal("DBSnapshotAlreadyExists: Cannot create the snapshot because a snapshot with the identifier moodle-final already exists.");
  });

  it("leaves nothing when the final snapshot is skipped", async () => {
    await account.remove(await make());
    expect(account.retained()).to.deep.equal([]);
  });

  it("leaves its automated backups and its logs where the program says so or made no log group", async () => {
    await account.make(tokens.LOG_GROUP, "upgrade", { name: "/aws/rds/instance/moodle/upgrade" });
    const kept = { deleteAutomatedBackups: false, backupRetentionPeriod: 14, enabledCloudwatchLogsExports: ["postgresql", "upgrade"] };
    await account.remove(await make(kept));
    expect(account.retained().map(({ type }) => type.split(":")[2]).sort()).to.deep.equal(["InstanceAutomatedBackup", "LogGroup"]);
  });

  it("keeps its subnet group while it stands", async () => {
    const database = await make();
    const group = account.live(tokens.DB_SUBNET_GROUP)[0];
    expect(group, "the fixture's group").not.to.equal(undefined);
    if (group === undefined) return;
    expect(await refusal(account.remove(group))).to.contain("is still using it");
    await account.remove(database);
    await account.remove(group);
  });

  it("is replaced for what holds its data, not for its size or its name", async () => {
    const database = await make();
    for (const change of [{ username: "other" }, { dbName: "other" }, { engine: "mysql" }, { kmsKeyId: "other" }, { storageEncrypted: true }, { snapshotIdentifier: "other" }]) {
      expect(account.replaced(database, change), JSON.stringify(change)).to.deep.equal(Object.keys(change));
    }
    const inPlace = { identifier: "new", engineVersion: "18", instanceClass: "db.r8g.large", multiAz: true, allocatedStorage: 200, password: "another-password", backupRetentionPeriod: 20 };
    expect(account.replaced(database, inPlace)).to.deep.equal([]);
  });
});
