import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { inDays } from "../../components/config/duration";
import type { ObjectStorePlan } from "../../components/plan/cloudPlan";
import type { ObjectStoreAccess } from "../contract";
import type { Keys } from "./keys";
import { policyOf, type Statement } from "./policy";
import type { Scope } from "./scope";

export interface ObjectStore {
  readonly bucket: s3.Bucket;
  readonly access: ObjectStoreAccess;
  /** What the application's identity is allowed. */
  readonly allow: readonly Statement[];
  /** Settings a backup needs to be in force. */
  readonly settings: readonly pulumi.Resource[];
}

/** The bucket, or nothing where the plan has no object store. Never emptied by a deletion: AWS refuses a bucket that holds objects. */
export function createObjectStore(foundation: Scope, keys: Keys): ObjectStore | undefined {
  const plan = foundation.plan.objectStore;
  if (plan === undefined) return undefined;
  const scope = foundation.drawer("ObjectStore");
  const bucket = plan.restoreFrom === undefined ? createBucket() : existingBucket(plan.restoreFrom);
  const ownership = new s3.BucketOwnershipControls(
    scope.named("objects"),
    { bucket: bucket.id, rule: { objectOwnership: "BucketOwnerEnforced" } },
    scope.child(),
  );
  const closed = new s3.BucketPublicAccessBlock(
    scope.named("objects"),
    {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    scope.child(),
  );
  const encryption = createEncryption();
  // Stateful as well: without it a deleted object is gone at once.
  const versioning = new s3.BucketVersioning(
    scope.named("objects"),
    { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
    scope.stateful("objectStore"),
  );
  const lifecycle = createLifecycle(plan);
  const overTls = createTlsPolicy();
  createCors(plan);

  return {
    bucket,
    access: {
      protocol: "s3",
      region: scope.plan.region,
      bucket: bucket.bucket,
      // The bucket owns what is put into it and has no access lists to be set.
      aclHeader: "none",
      credentials: { kind: "workload identity" },
    },
    allow: allowedOn(bucket, plan, keys, scope.plan.region),
    settings: [ownership, closed, encryption, versioning, lifecycle, overTls],
  };

  function createBucket() {
    return new s3.Bucket(
      scope.named("objects"),
      { forceDestroy: false, tags: scope.tags("objects") },
      scope.stateful("objectStore"),
    );
  }

  /** With the files of the platform that this one restores. Its settings become ours, the bucket itself does not. */
  function existingBucket(name: string) {
    return s3.Bucket.get(scope.named("objects"), name, undefined, scope.child());
  }

  function createEncryption() {
    return new s3.BucketServerSideEncryptionConfiguration(
      scope.named("objects"),
      {
        bucket: bucket.id,
        rules: [
          {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keys.data.arn },
            bucketKeyEnabled: true,
            // Objects under a key only the sender has could not be restored.
            blockedEncryptionTypes: ["SSE-C"],
          },
        ],
      },
      scope.child(),
    );
  }

  /** Touches what was deleted or given up only. A rule for current objects would delete student work on a date. */
  function createLifecycle({ deletedRetention }: ObjectStorePlan) {
    return new s3.BucketLifecycleConfiguration(
      scope.named("objects"),
      {
        bucket: bucket.id,
        rules: [
          {
            id: "deleted",
            status: "Enabled",
            filter: { prefix: "" },
            noncurrentVersionExpiration: { noncurrentDays: inDays(deletedRetention) },
            expiration: { expiredObjectDeleteMarker: true },
          },
          {
            id: "unfinished-uploads",
            status: "Enabled",
            filter: { prefix: "" },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          },
        ],
      },
      // Noncurrent versions exist once versions do.
      scope.stateful("objectStore", { dependsOn: [versioning] }),
    );
  }

  function createTlsPolicy() {
    return new s3.BucketPolicy(
      scope.named("objects"),
      {
        bucket: bucket.id,
        policy: policyOf({
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
      },
      // S3 refuses two changes to a bucket's access at the same time.
      scope.child({ dependsOn: [closed, ownership] }),
    );
  }

  function createCors({ origins }: ObjectStorePlan) {
    if (origins.length === 0) return;
    new s3.BucketCorsConfiguration(
      scope.named("objects"),
      {
        bucket: bucket.id,
        corsRules: [{ allowedMethods: ["GET", "HEAD"], allowedOrigins: [...origins], allowedHeaders: ["*"], maxAgeSeconds: 3600 }],
      },
      scope.child(),
    );
  }
}

function allowedOn(bucket: s3.Bucket, { mayDelete }: ObjectStorePlan, keys: Keys, region: string): Statement[] {
  return [
    { Effect: "Allow", Action: ["s3:ListBucket", "s3:GetBucketLocation"], Resource: bucket.arn },
    {
      Effect: "Allow",
      Action: [
        "s3:GetObject",
        "s3:PutObject",
        "s3:AbortMultipartUpload",
        "s3:ListMultipartUploadParts",
        ...(mayDelete ? ["s3:DeleteObject"] : []),
      ],
      Resource: pulumi.interpolate`${bucket.arn}/*`,
    },
    {
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: keys.data.arn,
      Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
    },
  ];
}
