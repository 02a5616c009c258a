import { z } from "zod";
import { inPlace, key, usersNotice } from "../../components/config/key";
import type { CloudPlan } from "../../components/plan/cloudPlan";
import { cacheSizeNames, databaseSizeNames, systemNodeSizeNames } from "./skus";

/** The group `moodle:azure`: what only Azure asks. */
export const azureKeys = z.strictObject({
  databaseSize: key(
    z.enum(databaseSizeNames).optional(),
    "Compute size of the PostgreSQL server, instead of the one the plan's processors and memory lead to.",
    usersNotice("the database restarts; with highAvailability for about a minute"),
  ),
  cacheSize: key(
    z.enum(cacheSizeNames).optional(),
    "Size of both instances of Managed Redis, instead of the one the plan's memory leads to. It can grow, never shrink.",
    usersNotice("the caches move to other machines; a moment without cache"),
  ),
  systemNodeSize: key(
    z.enum(systemNodeSizeNames).optional(),
    "Machines of the cluster's own parts. Those of Moodle are chosen by the cluster as pods need them.",
    inPlace,
  ),
});

/** The group's keys as the adapter uses them. */
export type AzureSettings = z.infer<typeof azureKeys>;

/** @returns the adapter's own keys out of a plan. */
export function azureSettings(plan: CloudPlan): AzureSettings {
  return azureKeys.parse(plan.settings);
}
