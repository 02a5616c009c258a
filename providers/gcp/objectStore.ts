import * as storage from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";
import { inDays } from "../../components/config/duration";
import type { ObjectStorePlan } from "../../components/plan/cloudPlan";
import type { ObjectStoreAccess } from "../contract";
import { createIdentity } from "./identity";
import type { Scope } from "./scope";
import { after } from "./services";

/** What the address of the S3 protocol is, in every region: https://cloud.google.com/storage/docs/interoperability */
const endpoint = "https://storage.googleapis.com";

/** Days after which deleted objects, whoever deleted them, are gone for good: https://cloud.google.com/storage/docs/soft-delete */
const softDelete = { least: 7, most: 90 } as const;

const secondsOfDay = 86_400;

/**
 * The bucket, or nothing where the plan has no object store. Never emptied by a deletion: Google refuses a bucket that holds
 * objects.
 */
export function createObjectStore(foundation: Scope): ObjectStoreAccess | undefined {
  const plan = foundation.plan.objectStore;
  if (plan === undefined) return undefined;
  const scope = foundation.drawer("ObjectStore");
  const { project } = scope;
  const bucket = plan.restoreFrom === undefined ? createBucket(plan) : existingBucket(plan.restoreFrom);
  const identity = createIdentity(scope, "objects", "Reads and writes the object store");
  const allowed = new storage.BucketIAMMember(
    scope.named("objects"),
    // Who may overwrite an object may delete it, to Google's mind. What is deleted stays for as long as versions do.
    { bucket: bucket.name, role: "roles/storage.objectUser", member: identity.member },
    scope.child(),
  );
  const key = new storage.HmacKey(
    scope.named("objects"),
    { project, serviceAccountEmail: identity.account.email },
    scope.stateful("keys", { dependsOn: after(scope.apis, "storage") }),
  );
  return {
    protocol: "s3",
    endpoint,
    region: scope.plan.region,
    // Whoever is told of it may use it.
    bucket: pulumi.all([bucket.name, allowed.id]).apply(([name]) => name),
    // Access is uniform: the bucket decides, and refuses a header that would.
    aclHeader: "none",
    credentials: { kind: "access key", id: key.accessId, secret: pulumi.secret(key.secret) },
  };

  function createBucket({ deletedRetention, origins }: ObjectStorePlan) {
    const kept = inDays(deletedRetention);
    return new storage.Bucket(
      scope.named("objects"),
      {
        name: scope.cloudName("objects"),
        project,
        location: scope.plan.region,
        storageClass: "STANDARD",
        uniformBucketLevelAccess: true,
        publicAccessPrevention: "enforced",
        forceDestroy: false,
        versioning: { enabled: true },
        softDeletePolicy: { retentionDurationSeconds: Math.min(softDelete.most, Math.max(softDelete.least, kept)) * secondsOfDay },
        // Touch what was deleted or given up only. A rule for current objects would delete student work on a date.
        lifecycleRules: [
          { action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: kept, withState: "ARCHIVED" } },
          { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
        ],
        ...(origins.length > 0 && {
          cors: [{ methods: ["GET", "HEAD"], origins: [...origins], responseHeaders: ["*"], maxAgeSeconds: 3600 }],
        }),
        labels: scope.labels("objects"),
      },
      scope.stateful("objectStore", { dependsOn: after(scope.apis, "storage") }),
    );
  }

  /** With the files of the platform that this one restores. Nothing of it becomes ours but the right to use it. */
  function existingBucket(name: string) {
    return storage.Bucket.get(scope.named("objects"), name, undefined, { parent: scope.parent });
  }
}
