import { expect } from "chai";
import { aCloudPlan, aSmallCloudPlan } from "../../support/plans";
import { built, type Built } from "./built";

const database = "rds/instance:Instance";

describe("AWS database", () => {
  let large: Built;
  let small: Built;
  before(async () => {
    large = await built(aCloudPlan());
    small = await built(aSmallCloudPlan());
  });

  it("is encrypted, closed, with a standby and a limit to grow to", () => {
    expect(large.inputs(database)).to.include({
      identifier: "site-database-c0ffee00",
      engine: "postgres",
      engineVersion: "17",
      instanceClass: "db.m8g.xlarge",
      multiAz: true,
      allocatedStorage: 100,
      maxAllocatedStorage: 1024,
      storageEncrypted: true,
      kmsKeyId: "arn:aws:test:eu-central-1:123456789012:Key/site-data",
      publiclyAccessible: false,
      caCertIdentifier: "rds-ca-rsa2048-g1",
      engineLifecycleSupport: "open-source-rds-extended-support-disabled",
    });
  });

  it("can be restored to any second of the retention, and leaves a snapshot behind", () => {
    expect(large.inputs(database)).to.include({
      backupRetentionPeriod: 14,
      backupWindow: "00:00-01:00",
      maintenanceWindow: "sun:02:00-sun:03:00",
      deleteAutomatedBackups: false,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: "site-database-c0ffee00-final",
      copyTagsToSnapshot: true,
    });
  });

  it("without high availability or room to grow has neither", () => {
    expect(small.inputs(database)).to.include({ multiAz: false, allocatedStorage: 20 });
    expect(small.inputs(database)).not.to.have.property("maxAllocatedStorage");
  });

  it("refuses connections without TLS", () => {
    expect(large.inputs("rds/parameterGroup:ParameterGroup")).to.deep.include({
      family: "postgres17",
      parameters: [{ name: "rds.force_ssl", value: "1" }],
    });
  });

  it("is protected by the engine and by RDS, until somebody consents to lose it; the final snapshot stays", async () => {
    const consented = await built(aCloudPlan({ unprotected: ["database"] }));
    expect([large.the(database).protect, large.inputs(database).deletionProtection]).to.deep.equal([true, true]);
    expect([consented.the(database).protect, consented.inputs(database).deletionProtection]).to.deep.equal([false, false]);
    expect(consented.inputs(database).skipFinalSnapshot).to.equal(false);
  });

  it("restored from a snapshot keeps the snapshot's key", async () => {
    const restored = await built(aCloudPlan({ database: { ...aCloudPlan().database, restoreFrom: "before-the-exam" } }));
    expect(restored.inputs(database).snapshotIdentifier).to.equal("before-the-exam");
    expect(restored.inputs(database)).not.to.have.property("kmsKeyId");
    expect(large.inputs(database)).not.to.have.property("snapshotIdentifier");
  });

  it("has its log groups before it writes into them", () => {
    const groups = large.resources.filter(({ inputs }) => String(inputs.name).startsWith("/aws/rds/instance/site-database-c0ffee00/"));
    expect(groups.map(({ name }) => name)).to.have.members(["site-database-postgresql", "site-database-upgrade"]);
    expect(large.the(database).dependencies).to.include.members(groups.map(({ urn }) => urn));
  });

  it("proves itself by the region's own authority", () => {
    const { tls } = large.foundation.database;
    expect(tls.verify).to.equal("full");
    expect(String((tls.ca as readonly string[])[0])).to.match(/^-----BEGIN CERTIFICATE-----/);
  });

  it("has hours to be made, changed and deleted", () => {
    expect(large.the(database).timeouts).to.deep.equal({ create: "3h", update: "3h", delete: "2h" });
  });
});
