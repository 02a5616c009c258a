import { isSecret } from "@pulumi/pulumi";
import { expect } from "chai";
import { resolved } from "../../support/recording";
import { aGcpPlan, aSmallGcpPlan, blockDisk, built } from "./built";

const { database } = aGcpPlan();

describe("data on Google Cloud", () => {
  it("has a database without a public address, encrypted on its way, verified by its own authorities, with a standby", async () => {
    const { inputs, foundation } = await built(aGcpPlan());
    const { settings, databaseVersion, deletionProtection } = inputs("sql/databaseInstance:DatabaseInstance") as {
      settings: Record<string, Record<string, unknown>>;
      databaseVersion: string;
      deletionProtection: boolean;
    };
    expect({ databaseVersion, deletionProtection }).to.deep.equal({ databaseVersion: "POSTGRES_17", deletionProtection: true });
    expect(settings).to.include({ edition: "ENTERPRISE", tier: "db-custom-4-16384", availabilityType: "REGIONAL", deletionProtectionEnabled: true, retainBackupsOnDelete: true });
    expect(settings.ipConfiguration).to.include({ ipv4Enabled: false, sslMode: "ENCRYPTED_ONLY", allocatedIpRange: "site-data-c0ffee00" });
    expect(settings.backupConfiguration).to.include({ enabled: true, pointInTimeRecoveryEnabled: true, transactionLogRetentionDays: 7 });
    expect(settings.finalBackupConfig).to.deep.equal({ enabled: true, retentionDays: 14 });
    const { tls } = foundation.database;
    expect(tls.verify).to.equal("ca");
    expect(await authorities(tls.ca), "all of the instance's authorities").to.equal(2);
  });

  it("leaves the size of a database alone that grows by itself, and of no other", async () => {
    const sizeOf = async (storageLimit: "100 GiB" | "1 TiB") => {
      const { the, inputs } = await built(aGcpPlan({ database: { ...database, storage: "100 GiB", storageLimit } }));
      const { settings } = inputs("sql/databaseInstance:DatabaseInstance") as { settings: Record<string, unknown> };
      return { ignored: the("sql/databaseInstance:DatabaseInstance").ignoreChanges, grows: settings.diskAutoresize, limit: settings.diskAutoresizeLimit };
    };
    expect(await sizeOf("1 TiB")).to.deep.equal({ ignored: ["settings.diskSize"], grows: true, limit: 1024 });
    expect(await sizeOf("100 GiB")).to.deep.equal({ ignored: [], grows: false, limit: undefined });
  });

  it("lifts the cloud's own protection with the consent, and only of what it names", async () => {
    const { inputs } = await built(aGcpPlan({ unprotected: ["database", "sharedFiles"] }));
    expect(inputs("sql/databaseInstance:DatabaseInstance").deletionProtection).to.equal(false);
    expect(inputs("filestore/instance:Instance").deletionProtectionEnabled).to.equal(false);
    expect(inputs("redis/instance:Instance", "sessions").deletionProtection).to.equal(true);
    expect(inputs("secretmanager/secret:Secret", "databasePassword").deletionProtection).to.equal(true);
  });

  it("starts a database from another's backup, or from the other as it is, and makes no second database in it", async () => {
    const backup = await built(aGcpPlan({ database: { ...database, restoreFrom: "old/42" } }));
    expect(backup.inputs("sql/databaseInstance:DatabaseInstance").restoreBackupContext).to.deep.equal({ instanceId: "old", backupRunId: 42, project: "example-project" });
    const clone = await built(aGcpPlan({ database: { ...database, restoreFrom: "old" } }));
    expect(clone.inputs("sql/databaseInstance:DatabaseInstance").clone).to.deep.equal({ sourceInstanceName: "old" });
    expect(clone.names("sql/database:Database")).to.deep.equal([]);
    expect((await built(aGcpPlan())).names("sql/database:Database")).to.deep.equal(["site-database"]);
  });

  it("has caches with a password, encryption, all of their authorities and the answer to a full memory that each needs", async () => {
    const { inputs, foundation } = await built(aGcpPlan());
    for (const [role, policy] of [["sessions", "noeviction"], ["cache", "allkeys-lru"]] as const) {
      expect(inputs("redis/instance:Instance", role)).to.deep.include({
        tier: "STANDARD_HA",
        authEnabled: true,
        transitEncryptionMode: "SERVER_AUTHENTICATION",
        connectMode: "PRIVATE_SERVICE_ACCESS",
        redisConfigs: { "maxmemory-policy": policy },
      });
    }
    for (const { port, tls, password } of [foundation.sessionCache, foundation.applicationCache]) {
      expect(port).to.equal(6378);
      expect(tls.verify).to.equal("ca");
      expect(await authorities(tls.ca)).to.equal(2);
      expect(await isSecret(password)).to.equal(true);
    }
    expect((await built(aSmallGcpPlan())).inputs("redis/instance:Instance")).to.include({ tier: "BASIC" });
  });

  it("has a bucket that nobody makes public, that forgets nothing before its time and deletes nothing that is current", async () => {
    const { inputs } = await built(aGcpPlan());
    const bucket = inputs("storage/bucket:Bucket");
    expect(bucket).to.deep.include({
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      forceDestroy: false,
      versioning: { enabled: true },
      softDeletePolicy: { retentionDurationSeconds: 21 * 86_400 },
    });
    for (const { action, condition } of bucket.lifecycleRules as { action: { type: string }; condition: object }[]) {
      if (action.type === "Delete") expect(condition).to.deep.equal({ daysSinceNoncurrentTime: 21, withState: "ARCHIVED" });
    }
  });

  it("has a share that only nodes mount, and that a Job hands over", async () => {
    const { inputs, foundation } = await built(aGcpPlan());
    const share = inputs("filestore/instance:Instance");
    expect(share).to.include({ tier: "REGIONAL", protocol: "NFS_V4_1", deletionProtectionEnabled: true });
    expect((share.fileShares as { nfsExportOptions: { ipRanges: string[] }[] }).nfsExportOptions[0]?.ipRanges).to.deep.equal(["10.64.128.0/19"]);
    const { csi, writableBy } = foundation.sharedFiles ?? {};
    expect(writableBy).to.equal("job");
    expect(await resolved(csi?.volumeHandle ?? "")).to.equal("modeInstance/europe-west3/site-files-c0ffee00/files");
    expect(await resolved(csi?.volumeAttributes ?? {})).to.deep.equal({ ip: "10.64.162.2", volume: "files" });
  });

  it("has a disk in a zone of its own, and machines it can be attached to", async () => {
    const { inputs, the, foundation } = await built(aSmallGcpPlan({ blockDisk, sharedFiles: undefined }));
    expect(inputs("compute/disk:Disk")).to.deep.include({ type: "hyperdisk-balanced", size: 200, provisionedIops: 3000, provisionedThroughput: 140, zone: "europe-west3-a", createSnapshotBeforeDestroy: true });
    expect(the("compute/disk:Disk").ignoreChanges).to.deep.equal(["zone"]);
    const { csi, zone } = foundation.blockDisk ?? {};
    expect(await resolved(csi?.volumeHandle ?? "")).to.equal("projects/example-project/zones/europe-west3-a/disks/site-disk-c0ffee00");
    expect(zone?.label).to.equal("topology.gke.io/zone");
    expect(inputs("container/cluster:Cluster").clusterAutoscaling).to.include({ defaultComputeClassEnabled: true });
    expect(the("kubernetes:cloud.google.com/v1:ComputeClass").inputs.metadata).to.deep.equal({ name: "default" });
    expect((await built(aGcpPlan())).inputs("container/cluster:Cluster").clusterAutoscaling).not.to.have.property("defaultComputeClassEnabled");
  });

  it("backs files up every day into a vault that does not go while it holds any", async () => {
    for (const [plan, type] of [
      [aGcpPlan(), "file.googleapis.com/Instance"],
      [aSmallGcpPlan({ blockDisk, sharedFiles: undefined }), "compute.googleapis.com/Disk"],
    ] as const) {
      const { inputs } = await built(plan);
      expect(inputs("backupdisasterrecovery/backupVault:BackupVault")).to.include({ forceDelete: false, backupMinimumEnforcedRetentionDuration: "86400s" });
      expect(inputs("backupdisasterrecovery/backupPlan:BackupPlan")).to.include({ resourceType: type });
      expect(inputs("backupdisasterrecovery/backupPlanAssociation:BackupPlanAssociation")).to.include({ resourceType: type });
    }
  });

  it("keeps copies of secrets in the region, and shows none of them", async () => {
    const { names, inputs, resources } = await built(aGcpPlan());
    expect(names("secretmanager/secret:Secret")).to.deep.equal(
      ["applicationCachePassword", "cronPassword", "databasePassword", "objectStoreKey", "sessionCachePassword"].map((name) => `site-secret-${name}`),
    );
    expect(inputs("secretmanager/secret:Secret", "cronPassword").replication).to.deep.equal({ userManaged: { replicas: [{ location: "europe-west3" }] } });
    for (const version of resources.filter(({ type }) => type.endsWith(":SecretVersion"))) expect(version.secretInputs).to.include("secretData");
  });

  it("carries the plan's tags wherever a label fits", async () => {
    const { resources } = await built(aGcpPlan({ tags: { stack: "exams", department: "it.services" } }));
    const without = resources.filter(({ type, inputs }) => type.startsWith("gcp:") && !["labels", "userLabels", "resourceLabels", "settings"].some((key) => key in inputs));
    expect([...new Set(without.map(({ type }) => type))].sort(), "types that take no labels").to.deep.equal([
      "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
      "gcp:backupdisasterrecovery/backupPlan:BackupPlan",
      "gcp:backupdisasterrecovery/backupPlanAssociation:BackupPlanAssociation",
      "gcp:compute/network:Network",
      "gcp:compute/router:Router",
      "gcp:compute/routerNat:RouterNat",
      "gcp:compute/subnetwork:Subnetwork",
      "gcp:logging/metric:Metric",
      "gcp:logging/projectBucketConfig:ProjectBucketConfig",
      "gcp:logging/projectSink:ProjectSink",
      "gcp:projects/iAMMember:IAMMember",
      "gcp:projects/service:Service",
      "gcp:secretmanager/secretVersion:SecretVersion",
      "gcp:serviceaccount/account:Account",
      "gcp:servicenetworking/connection:Connection",
      "gcp:sql/database:Database",
      "gcp:sql/user:User",
      "gcp:storage/bucketIAMMember:BucketIAMMember",
      "gcp:storage/hmacKey:HmacKey",
    ]);
    const labels = resources.find(({ type }) => type === "gcp:redis/instance:Instance")?.inputs.labels;
    expect(labels).to.include({ stack: "exams", department: "it-services" });
  });
});

async function authorities(ca: "public" | readonly unknown[]): Promise<number> {
  const texts = await Promise.all((ca === "public" ? [] : ca).map((each) => resolved(each as string)));
  return texts.join("\n").split("-----BEGIN CERTIFICATE-----").length - 1;
}
