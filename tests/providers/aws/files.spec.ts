import { expect } from "chai";
import { aCloudPlan, aSmallCloudPlan } from "../../support/plans";
import { resolved } from "../../support/recording";
import { built, type Built } from "./built";

describe("AWS object store", () => {
  let large: Built;
  before(async () => {
    large = await built(aCloudPlan());
  });

  it("never expires a current object and keeps deleted ones as long as the plan says", () => {
    expect(large.inputs("s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").rules).to.deep.equal([
      {
        id: "deleted",
        status: "Enabled",
        filter: { prefix: "" },
        noncurrentVersionExpiration: { noncurrentDays: 21 },
        expiration: { expiredObjectDeleteMarker: true },
      },
      {
        id: "unfinished-uploads",
        status: "Enabled",
        filter: { prefix: "" },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      },
    ]);
  });

  it("is never emptied by a deletion, whatever was consented to", async () => {
    const consented = await built(aCloudPlan({ unprotected: ["objectStore"] }));
    expect(consented.inputs("s3/bucket:Bucket").forceDestroy).to.equal(false);
    expect(consented.the("s3/bucket:Bucket").protect).to.equal(false);
    expect(large.the("s3/bucket:Bucket").protect).to.equal(true);
  });

  it("keeps every version, belongs to its owner and is shut to the public", () => {
    expect(large.inputs("s3/bucketVersioning:BucketVersioning").versioningConfiguration).to.deep.equal({ status: "Enabled" });
    expect(large.inputs("s3/bucketOwnershipControls:BucketOwnershipControls").rule).to.deep.equal({ objectOwnership: "BucketOwnerEnforced" });
    expect(large.inputs("s3/bucketPublicAccessBlock:BucketPublicAccessBlock")).to.include({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  });

  it("encrypts by the data key with a bucket key", () => {
    expect(large.inputs("s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration").rules).to.deep.equal([
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:aws:test:eu-central-1:123456789012:Key/site-data" },
        bucketKeyEnabled: true,
        blockedEncryptionTypes: ["SSE-C"],
      },
    ]);
  });

  it("is read by the site's own pages", () => {
    expect(large.inputs("s3/bucketCorsConfiguration:BucketCorsConfiguration").corsRules).to.deep.equal([
      { allowedMethods: ["GET", "HEAD"], allowedOrigins: ["https://moodle.example.edu"], allowedHeaders: ["*"], maxAgeSeconds: 3600 },
    ]);
  });
});

describe("AWS files", () => {
  let large: Built;
  before(async () => {
    large = await built(aCloudPlan());
  });

  it("are mounted in every zone and written as their owner", () => {
    expect(large.names("efs/mountTarget:MountTarget")).to.deep.equal(["site-files-1", "site-files-2", "site-files-3"]);
    expect(large.inputs("efs/accessPoint:AccessPoint")).to.deep.include({
      posixUser: { uid: 33, gid: 33 },
      rootDirectory: { path: "/files", creationInfo: { ownerUid: 33, ownerGid: 33, permissions: "0770" } },
    });
  });

  it("are a volume of the file system's access point", async () => {
    const { csi, mountOptions } = large.foundation.sharedFiles ?? {};
    expect(csi?.driver).to.equal("efs.csi.aws.com");
    expect(await resolved(csi?.volumeHandle ?? "")).to.equal("site-files-id::site-files-id");
    expect(mountOptions).to.deep.equal(["tls"]);
  });

  it("on a disk are in its zone, known to the cluster by a tag beside the disk", async () => {
    const blockDisk = { size: "200 GiB", iops: 1000, throughput: 250, zone: 2, owner: { user: 33, group: 33 } } as const;
    const block = await built(aSmallCloudPlan({ blockDisk, sharedFiles: undefined }));
    expect(block.inputs("ebs/volume:Volume")).to.include({
      availabilityZone: "eu-central-1b",
      type: "gp3",
      size: 200,
      iops: 3000,
      throughput: 250,
      encrypted: true,
      finalSnapshot: true,
    });
    expect(block.the("ebs/volume:Volume").protect).to.equal(true);
    expect(block.the("ebs/volume:Volume").ignoreChanges).to.deep.equal([`tags["eks:eks-cluster-name"]`]);
    expect(block.inputs("ec2/tag:Tag")).to.include({ resourceId: "site-disk-id", key: "eks:eks-cluster-name", value: "site-cluster-name" });
    expect(await resolved(block.foundation.blockDisk?.zone?.value ?? "")).to.equal("eu-central-1b");
    expect(block.foundation.blockDisk?.csi?.driver).to.equal("ebs.csi.eks.amazonaws.com");
    expect(block.foundation.sharedFiles).to.equal(undefined);
    expect(block.names("eks/addon:Addon")).not.to.include("site-aws-efs-csi-driver");
  });
});
