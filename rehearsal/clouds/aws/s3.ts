import { type Behaviour, CloudError, type CloudObject, type Context, type ForceNew } from "../../provider/behaviour";
import { at, flag, isObject, list, type Properties, text, type Value } from "../../provider/properties";
import { assumed, replacedBy } from "./facts";
import { parsePolicy, policyProblems } from "./policyDocument";
import { choiceProblems, live, liveOf, liveWhere, nameProblems } from "../reference";
import { ACCOUNT, partitionOf, regionOf } from "./region";
import * as tokens from "./tokens";

/** Hosted zones of the regions' website endpoints; the provider shows them for every bucket. */
const HOSTED_ZONES: Readonly<Record<string, string>> = { "eu-central-1": "Z21DNDUVLTQW6Q", "eu-west-1": "Z1BKCTXD74EZPE", "us-east-1": "Z3AQBSTGFYJSTF" };

const NAME = /^(?!xn--|sthree-)(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export function neededBucket(inputs: Properties, context: Context): CloudObject {
  const name = text(inputs, "bucket") ?? "";
  const found = live(context, tokens.BUCKET, name);
  if (found === undefined) throw new CloudError("NoSuchBucket", `The specified bucket does not exist: ${name}`);
  return found;
}

export const bucket: Behaviour = {
  latency: assumed("0:04", "0:02", "0:02"),
  forceNew: replacedBy("s3/bucket.go", ["bucket", "bucketPrefix", "bucketNamespace", "objectLockEnabled", "objectLockConfiguration.objectLockEnabled"]),
  autoName: { property: "bucket", maxLength: 63, lowercase: true },
  check: (inputs) => nameProblems(inputs, "bucket", NAME, "3 to 63 lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit, no address and no two dots together"),
  uniqueBy: (inputs) => text(inputs, "bucket"),
  alreadyExists: (name) => `BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded and you already own it: ${name}`,
  outputs: (inputs, context) => {
    const region = regionOf(inputs, context);
    return {
      arn: `arn:${partitionOf(region)}:s3:::${context.id}`,
      bucketDomainName: `${context.id}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${context.id}.s3.${region}.amazonaws.com`,
      bucketRegion: region,
      hostedZoneId: HOSTED_ZONES[region] ?? `Z${context.random.for("zone").characters(13, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")}`,
      forceDestroy: flag(inputs, "forceDestroy") ?? false,
      requestPayer: "BucketOwner",
    };
  },
  beforeDelete: (object, context) => {
    const content = liveWhere(context, tokens.BUCKET_OBJECT, "bucket", object.id);
    if (content.length === 0 || flag(object.outputs, "forceDestroy") === true) return;
    throw new CloudError("BucketNotEmpty", `The bucket you tried to delete is not empty: ${object.id}. You must delete all versions in the bucket.`);
  },
};

export const bucketObject: Behaviour = {
  latency: assumed("0:01", "0:01", "0:01"),
  forceNew: replacedBy("s3/object.go", ["bucket", "key"]),
  autoName: false,
  beforeCreate: (inputs, context) => {
    neededBucket(inputs, context);
  },
  id: (inputs) => `${text(inputs, "bucket")}/${text(inputs, "key")}`,
  overwrites: true,
  outputs: (inputs, context) => ({ arn: `${text(neededBucket(inputs, context).outputs, "arn")}/${text(inputs, "key")}` }),
};

type Rules = Pick<Behaviour, "check" | "beforeCreate" | "beforeUpdate">;

/** A setting of a bucket that the provider keeps as a resource of its own, with the bucket's name as its id. */
function setting(file: string, rules: Rules = {}, forceNew: ForceNew = replacedBy(file, ["bucket"])): Behaviour {
  return {
    latency: assumed("0:02", "0:02", "0:02"),
    forceNew,
    autoName: false,
    ...rules,
    beforeCreate: async (inputs, context) => {
      neededBucket(inputs, context);
      await rules.beforeCreate?.(inputs, context);
    },
    id: (inputs) => text(inputs, "bucket") ?? "",
    overwrites: true,
  };
}

// To say that the owner is who it is anyway changes nothing.
function replacedByOwner(file: string): ForceNew {
  return replacedBy(file, ["bucket"], {
    when: (olds, news) => (olds.expectedBucketOwner === undefined && news.expectedBucketOwner === ACCOUNT ? [] : ["expectedBucketOwner"]),
    inWords: "`expectedBucketOwner`, except from none to the account",
  });
}

export const publicAccessBlock = setting("s3/bucket_public_access_block.go");

export const ownershipControls = setting("s3/bucket_ownership_controls.go", {
  check: (inputs) => choiceProblems(inputs, "rule.objectOwnership", ["BucketOwnerPreferred", "ObjectWriter", "BucketOwnerEnforced"]),
});

export const versioning = setting(
  "s3/bucket_versioning.go",
  { check: (inputs) => choiceProblems(inputs, "versioningConfiguration.status", ["Enabled", "Suspended", "Disabled"]) },
  replacedByOwner("s3/bucket_versioning.go"),
);

export const encryption = setting(
  "s3/bucket_server_side_encryption_configuration.go",
  {
    check: (inputs) =>
      list(inputs, "rules").flatMap((rule) => choiceProblems(isObject(rule) ? rule : {}, "applyServerSideEncryptionByDefault.sseAlgorithm", ["AES256", "aws:kms", "aws:kms:dsse"])),
  },
  replacedByOwner("s3/bucket_server_side_encryption_configuration.go"),
);

export const cors = setting(
  "s3/bucket_cors_configuration.go",
  {
    check: (inputs) =>
      list(inputs, "corsRules")
        .flatMap((rule) => list(rule, "allowedMethods"))
        .filter((method) => typeof method === "string" && !["GET", "PUT", "HEAD", "POST", "DELETE"].includes(method))
        .map((method) => ({ property: "corsRules", reason: `InvalidRequest: Found unsupported HTTP method in CORS config. Unsupported method is ${String(method)}` })),
  },
  replacedByOwner("s3/bucket_cors_configuration.go"),
);

export const lifecycle = setting(
  "s3/bucket_lifecycle_configuration.go",
  { check: (inputs) => list(inputs, "rules").flatMap(lifecycleProblems) },
  replacedBy("s3/bucket_lifecycle_configuration.go", ["bucket", "expectedBucketOwner"]),
);

function lifecycleProblems(rule: Value, index: number): readonly { property: string; reason: string }[] {
  const property = `rules[${index}]`;
  const actions = ["expiration", "noncurrentVersionExpiration", "transitions", "noncurrentVersionTransitions", "abortIncompleteMultipartUpload"];
  const act = actions.some((name) => at(rule, name) !== undefined);
  const days = [at(rule, "expiration.days"), at(rule, "noncurrentVersionExpiration.noncurrentDays"), at(rule, "abortIncompleteMultipartUpload.daysAfterInitiation")];
  return [
    ...(act ? [] : [{ property, reason: "InvalidRequest: At least one action needs to be specified in a rule" }]),
    ...(at(rule, "filter") === undefined && at(rule, "prefix") === undefined ? [{ property, reason: 'MalformedXML: a rule needs a filter; { prefix: "" } covers every object' }] : []),
    ...days.filter((count) => typeof count === "number" && count <= 0).map(() => ({ property, reason: "InvalidArgument: days in a lifecycle rule must be a positive integer" })),
  ];
}

export const bucketPolicy = setting("s3/bucket_policy.go", {
  check: (inputs) => policyProblems(inputs, "policy"),
  beforeCreate: refusePublic,
  beforeUpdate: (inputs, _, context) => refusePublic(inputs, context),
});

// A policy for everybody is refused where public policies are blocked; a condition may make it private.
function refusePublic(inputs: Properties, context: Context): void {
  const name = text(inputs, "bucket") ?? "";
  const statements = parsePolicy(text(inputs, "policy") ?? "") ?? [];
  const resource = statements.flatMap(({ resources }) => resources).find((given) => !given.includes(`:s3:::${name}`));
  if (resource !== undefined) throw new CloudError("MalformedPolicy", `Policy has invalid resource: ${resource} is not ${name} or in it`);
  const everybody = statements.some(({ effect, principals, hasCondition }) => effect === "Allow" && !hasCondition && principals.AWS?.includes("*") === true);
  const blocked = liveOf(context, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").some(({ id, outputs }) => id === name && flag(outputs, "blockPublicPolicy") === true);
  if (!everybody || !blocked) return;
  throw new CloudError("AccessDenied", "public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.");
}
