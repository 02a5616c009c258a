import type { CloudPlan } from "../../../components/plan/cloudPlan";
import { azureProvider } from "../../../providers/azure";
import { aCloudPlan, aSmallCloudPlan } from "../../support/plans";
import { builtBy, type Built } from "../built";
import { planAt, places } from "../places";
import { azureAnswers } from "./answers";

export type { Built } from "../built";

/** A plan of the suite's, as it would be written for Azure. */
export function there(plan: CloudPlan): CloudPlan {
  const { azure } = places;
  if (azure === undefined) throw new Error("tests/providers/places.ts has no azure");
  return planAt(azure, plan);
}

export const aLargePlan = (overrides: Partial<CloudPlan> = {}): CloudPlan => ({ ...there(aCloudPlan()), ...overrides });
export const aSmallPlan = (overrides: Partial<CloudPlan> = {}): CloudPlan => ({ ...there(aSmallCloudPlan()), ...overrides });

/** The foundation of a plan, as Azure would see it. Types without the leading `azure-native:`. */
export function built(plan: CloudPlan): Promise<Built> {
  return builtBy(azureProvider, "azure-native", azureAnswers, plan);
}

/** A disk of one pod's own. */
export const aDisk = { size: "200 GiB", iops: 3000, throughput: 125, zone: 1, owner: { user: 33, group: 33 } } as const;
