import { z } from "zod";
import { key, usersNotice } from "../../components/config/key";
import type { CloudPlan } from "../../components/plan/cloudPlan";
import { databaseTierNames } from "./skus";

/** The group `moodle:gcp`: what only Google Cloud asks. */
export const gcpKeys = z.strictObject({
  databaseTier: key(
    z.enum(databaseTierNames).optional(),
    "Cloud SQL tier, instead of the one the plan's processors and memory lead to.",
    usersNotice("the database restarts; with highAvailability for about a minute"),
  ),
});

/** The group's keys as the adapter uses them. */
export type GcpSettings = z.infer<typeof gcpKeys>;

/** @returns the adapter's own keys out of a plan. */
export function gcpSettings(plan: CloudPlan): GcpSettings {
  return gcpKeys.parse(plan.settings);
}
