import type { CloudPlan } from "../../components/plan/cloudPlan";
import type { Estimate, EstimateLine } from "../contract";
import { unpriced } from "../estimateLines";
import { existingSettings } from "./config";

/** What the plan takes of what the operator has. Nothing of it has a price here. */
export function estimate(plan: CloudPlan): Estimate {
  const { database, sessionCache, applicationCache, objectStore } = existingSettings(plan);
  return {
    currency: "USD",
    asOf: "2026-11-29",
    region: plan.region,
    lines: [
      unpriced("Cluster", "the nodes you have"),
      service("Database", database.host, `${plan.database.cpus} processors, ${plan.database.memory} of memory, ${plan.database.storage} of disk`),
      service("Session cache", sessionCache.host, `${plan.sessionCache.memory} of memory`),
      ...(plan.applicationCache ? [service("Application cache", applicationCache.host, `${plan.applicationCache.memory} of memory`)] : []),
      unpriced("Files", `a volume of ${(plan.blockDisk ?? plan.sharedFiles)?.size ?? "any size"}`),
      ...(plan.objectStore ? [service("Object store", objectStore.endpoint, `${objectStore.size} of disk`)] : []),
    ],
  };
}

function service(what: string, brought: string | undefined, inside: string): EstimateLine {
  return unpriced(what, brought === undefined ? `on your nodes: ${inside}` : `${brought}, as you pay for it`);
}
