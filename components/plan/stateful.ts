import type { StatefulResource } from "../config/groups/dataLoss";
import type { CloudPlan } from "./cloudPlan";

/** @returns what of a plan holds data, or is needed to reach or read it. Every plan has the first five. */
export function statefulIn(plan: CloudPlan): readonly StatefulResource[] {
  return [
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
}

/** @returns what nobody consented to lose. While there is any, the platform as a whole cannot be destroyed. */
export function protectedIn(plan: CloudPlan): readonly StatefulResource[] {
  return statefulIn(plan).filter((resource) => !plan.unprotected.includes(resource));
}
