import { z } from "zod";
import { key, refused, usersNotice, type Change } from "../../components/config/key";
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

/** Of the platform's keys those whose change does something else here. */
export const gcpChanges: Readonly<Record<string, Change>> = {
  // The tier of an instance of Memorystore cannot be changed: https://cloud.google.com/memorystore/docs/redis/redis-tiers
  "moodle:cache.highAvailability": refused("Memorystore would replace the instances, and everybody would be logged out", ["sessionCache", "applicationCache"]),
};

/** The group's keys as the adapter uses them. */
export type GcpSettings = z.infer<typeof gcpKeys>;

/** @returns the adapter's own keys out of a plan. */
export function gcpSettings(plan: CloudPlan): GcpSettings {
  return gcpKeys.parse(plan.settings);
}
