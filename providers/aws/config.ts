import { z } from "zod";
import { inPlace, key, refused, usersNotice } from "../../components/config/key";
import type { CloudPlan } from "../../components/plan/cloudPlan";
import { cacheNodeNames, databaseClassNames } from "./skus";

/** The group `moodle:aws`: what only AWS asks. */
export const awsKeys = z.strictObject({
  permissionsBoundary: key(
    z
      .string()
      .regex(/^arn:aws:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/, { error: "the ARN of an IAM policy" })
      .optional(),
    "A policy set as permissions boundary on every role made here, where the account demands one.",
    inPlace,
  ),
  databaseInstanceClass: key(
    z.enum(databaseClassNames).optional(),
    "RDS instance class, instead of the one the plan's processors and memory lead to.",
    usersNotice("the database restarts; with highAvailability for about a minute"),
  ),
  cacheNodeType: key(
    z.enum(cacheNodeNames).optional(),
    "ElastiCache node type of both caches, instead of the one the plan's memory leads to.",
    usersNotice("the caches move to new nodes; a moment without cache"),
  ),
  dataKey: key(
    z
      .string()
      .regex(/^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[0-9a-f-]{36}$/, { error: "the ARN of a KMS key" })
      .optional(),
    "Of a restored platform: the key its files were encrypted with, used in place of a new one. It is not this stack's: nothing here changes or deletes it.",
    refused("what is encrypted with a key stays so; use a new stack"),
  ),
});

/** The group's keys as the adapter uses them. */
export type AwsSettings = z.infer<typeof awsKeys>;

/** @returns the adapter's own keys out of a plan. */
export function awsSettings(plan: CloudPlan): AwsSettings {
  return awsKeys.parse(plan.settings);
}
