import type { StatefulResource } from "../config/groups/dataLoss";
import type { CloudPlan } from "./cloudPlan";

/**
 * @param brought what the operator brings along, and the platform has none of.
 * @returns what of a plan holds data, or is needed to reach or read it. Every plan has the first five.
 */
export function statefulIn(plan: CloudPlan, brought: readonly StatefulResource[] = []): readonly StatefulResource[] {
  const all: readonly StatefulResource[] = [
    "database",
    "sessionCache",
    "backups",
    "keys",
    "network",
    ...(plan.applicationCache ? (["applicationCache"] as const) : []),
    ...(plan.objectStore ? (["objectStore"] as const) : []),
    ...(plan.sharedFiles ? (["sharedFiles"] as const) : []),
    ...(plan.blockDisk ? (["blockDisk"] as const) : []),
  ];
  return all.filter((resource) => !brought.includes(resource));
}

/** @returns what nobody consented to lose. While there is any, the platform as a whole cannot be destroyed. */
export function protectedIn(plan: CloudPlan): readonly StatefulResource[] {
  return statefulIn(plan).filter((resource) => !plan.unprotected.includes(resource));
}
