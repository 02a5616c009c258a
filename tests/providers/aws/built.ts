import type { CloudPlan } from "../../../components/plan/cloudPlan";
import { awsProvider } from "../../../providers/aws";
import { builtBy, type Built } from "../built";
import { awsAnswers } from "./answers";

export type { Built } from "../built";

/** The foundation of a plan, as AWS would see it. Types without the leading `aws:`. */
export function built(plan: CloudPlan): Promise<Built> {
  return builtBy(awsProvider, "aws", awsAnswers, plan);
}

/** A policy's statements. */
export function statements(policy: unknown): unknown {
  return (JSON.parse(String(policy)) as { Statement: unknown }).Statement;
}
