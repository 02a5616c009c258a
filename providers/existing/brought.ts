import type { StatefulResource } from "../../components/config/groups/dataLoss";
import type { CloudPlan } from "../../components/plan/cloudPlan";
import { existingSettings } from "./config";

/** @returns what of a plan's data is in servers that the operator brings along. */
export function broughtIn(plan: CloudPlan): readonly StatefulResource[] {
  const { database, sessionCache, applicationCache, objectStore } = existingSettings(plan);
  const addresses = {
    database: database.host,
    sessionCache: sessionCache.host,
    applicationCache: applicationCache.host,
    objectStore: objectStore.endpoint,
  } as const;
  return (Object.keys(addresses) as (keyof typeof addresses)[]).filter((resource) => addresses[resource] !== undefined);
}
