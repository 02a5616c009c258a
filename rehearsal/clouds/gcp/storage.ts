import { type Behaviour, type CloudObject, type Context, type Problem } from "../../provider/behaviour";
import { flag, number, object, type Properties, text } from "../../provider/properties";
import { assumed, momentary, replacedBy, replacedEverywhereBy } from "./facts";
import { usableKey } from "./kms";
import { PROJECT_NUMBER, projectOf } from "./place";
import { choiceProblems, live, liveOf, nameOf, nameProblems } from "./reference";
import { answered, refused } from "./refusals";
import * as tokens from "./tokens";

const WEEK_IN_SECONDS = 604_800;

export const bucket: Behaviour = {
  latency: assumed("0:03", "0:02", "0:02"),
  forceNew: replacedBy(
    "storage/resource_storage_bucket.go",
    ["name", "location", "enableObjectRetention", "customPlacementConfig.dataLocations", "hierarchicalNamespace"],
    { when: unlocked, inWords: "`retentionPolicy.isLocked` when it is taken back" },
  ),
  autoName: { property: "name", maxLength: 63, lowercase: true },
  check: (inputs) => [...bucketNameProblems(inputs), ...choiceProblems(inputs, "publicAccessPrevention", ["inherited", "enforced"]), ...retentionProblems(inputs)],
  beforeCreate: (inputs, context) => usableKey(text(inputs, "encryption.defaultKmsKeyName"), "gs-project-accounts.iam.gserviceaccount.com", context),
  id: nameOf,
  // Of all projects of all customers.
  uniqueBy: nameOf,
  alreadyExists: () =>
    "googleapi: Error 409: The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again., conflict",
  outputs: (inputs, context) => ({
    project: projectOf(inputs, context),
    projectNumber: Number(PROJECT_NUMBER),
    url: `gs://${context.id}`,
    selfLink: `https://www.googleapis.com/storage/v1/b/${context.id}`,
    storageClass: text(inputs, "storageClass") ?? "STANDARD",
    publicAccessPrevention: text(inputs, "publicAccessPrevention") ?? "inherited",
    uniformBucketLevelAccess: flag(inputs, "uniformBucketLevelAccess") ?? false,
    rpo: text(inputs, "rpo") ?? "",
    versioning: { enabled: false, ...object(inputs, "versioning") },
    softDeletePolicy: { retentionDurationSeconds: WEEK_IN_SECONDS, effectiveTime: context.timestamp, ...object(inputs, "softDeletePolicy") },
    timeCreated: text(context.previous, "timeCreated") ?? context.timestamp,
    updated: context.timestamp,
  }),
  decides: ["softDeletePolicy.effectiveTime"],
  beforeDelete: (object, context) => {
    const held = text(object.outputs, "deletionPolicy") === "PREVENT";
    if (held) throw refused(`cannot destroy bucket ${object.id} without setting deletion_policy="DELETE"`);
    if (objectsOf(context, object.id).length === 0 || flag(object.inputs, "forceDestroy") === true) return;
    throw refused(`Error trying to delete bucket ${object.id} without \`force_destroy\` set to true`);
  },
  retainedOnDelete: softDeleted,
  afterDelete: (object, context) => {
    for (const content of objectsOf(context, object.id)) context.drop(content.type, content.id);
  },
};

// A locked retention can't be taken back: the bucket would have to go.
function unlocked(olds: Properties, news: Properties): readonly string[] {
  return flag(olds, "retentionPolicy.isLocked") === true && flag(news, "retentionPolicy.isLocked") !== true ? ["retentionPolicy.isLocked"] : [];
}

// https://cloud.google.com/storage/docs/buckets#naming
function bucketNameProblems(inputs: Properties): readonly Problem[] {
  const rule = "3 to 63 lower-case letters, digits, - and _, beginning and ending with a letter or digit, without goog at its front or google in it";
  return nameProblems(inputs, "name", /^(?!goog)(?!.*google)(?!.*g00gle)[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$/, rule);
}

// https://cloud.google.com/storage/docs/soft-delete: none, or 7 to 90 days.
function retentionProblems(inputs: Properties): readonly Problem[] {
  const seconds = number(inputs, "softDeletePolicy.retentionDurationSeconds");
  if (seconds === undefined || seconds === 0 || (seconds >= WEEK_IN_SECONDS && seconds <= 7_776_000)) return [];
  return [{ property: "softDeletePolicy.retentionDurationSeconds", reason: `expected 0, or from ${WEEK_IN_SECONDS} to 7776000 seconds, got ${seconds}.` }];
}

function objectsOf(context: Pick<Context, "objects">, bucketName: string): readonly CloudObject[] {
  return liveOf(context, tokens.BUCKET_OBJECT).filter(({ outputs }) => text(outputs, "bucket") === bucketName);
}

// A deleted bucket can be restored, by its generation: its name is free at once.
function softDeleted(object: CloudObject) {
  const seconds = number(object.outputs, "softDeletePolicy.retentionDurationSeconds") ?? WEEK_IN_SECONDS;
  if (seconds === 0) return [];
  const days = seconds / 86_400;
  const reason = `soft-deleted; it can be restored for ${days} days`;
  const upkeep = { monthly: { why: `billed by what it holds, for ${days} days` }, remove: "wait: it goes by itself" };
  return [{ id: `${object.id}#${object.createdAt}`, type: object.type, name: object.name, reason, upkeep }];
}

export const bucketObject: Behaviour = {
  latency: momentary,
  forceNew: replacedEverywhereBy("storage/resource_storage_bucket_object.go", [
    ...["bucket", "name", "cacheControl", "contentDisposition", "contentEncoding", "contentLanguage", "contentType", "forceEmptyContentType"],
    ...["source", "storageClass", "kmsKeyName", "customerEncryption", "metadata"],
  ]),
  beforeCreate: (inputs, context) => {
    const name = text(inputs, "bucket") ?? "";
    if (live(context, tokens.BUCKET, name) === undefined) throw answered(404, "The specified bucket does not exist.", "notFound");
  },
  id: (inputs) => `${text(inputs, "bucket")}-${nameOf(inputs)}`,
  overwrites: true,
};

/** A key for the S3-compatible interface, in a service account's name. */
export const hmacKey: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("storage/resource_storage_hmac_key.go", ["serviceAccountEmail"]),
  beforeCreate: (inputs, context) => {
    const email = text(inputs, "serviceAccountEmail") ?? "";
    const keys = liveOf(context, tokens.HMAC_KEY).filter(({ outputs }) => text(outputs, "serviceAccountEmail") === email);
    if (!liveOf(context, tokens.SERVICE_ACCOUNT).some(({ outputs }) => text(outputs, "email") === email)) {
      throw answered(404, `Service Account '${email}' not found.`, "notFound");
    }
    // https://cloud.google.com/storage/quotas#hmac_keys
    if (keys.length >= 10) throw answered(429, `HMAC key limit reached for service account '${email}'.`, "rateLimitExceeded");
  },
  id: (inputs, context) => `projects/${projectOf(inputs, context)}/hmacKeys/${accessId(context)}`,
  outputs: (inputs, context) => ({
    accessId: context.id.split("/").at(-1),
    secret: context.random.for("secret").characters(40, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"),
    state: text(inputs, "state") ?? "ACTIVE",
    timeCreated: text(context.previous, "timeCreated") ?? context.timestamp,
    updated: context.timestamp,
  }),
};

function accessId(context: Context): string {
  return `GOOG1E${context.random.for("access").characters(55, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`;
}
