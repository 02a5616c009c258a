import type { CloudPlan } from "../../components/plan/cloudPlan";
import type { Answers } from "../support/recording";
import { awsAnswers } from "./aws/answers";

/** What a plan says in a cloud's own identifiers, and what that cloud answers. */
export interface Place {
  readonly region: string;
  /** Two of each, so that their order can be changed. */
  readonly deployers: readonly [string, string];
  readonly dnsZone: string;
  readonly snapshot: string;
  readonly answers: Answers;
}

/** By cloud: a new adapter is asked the same questions as soon as it stands here. */
export const places: Readonly<Record<string, Place>> = {
  aws: {
    region: "eu-central-1",
    deployers: ["arn:aws:iam::123456789012:role/deploy", "arn:aws:iam::123456789012:user/operations"],
    dnsZone: "Z0123456789ABCDEFGHIJ",
    snapshot: "before-the-exam",
    answers: awsAnswers,
  },
};

/** A plan as it would be written for the place. */
export function planAt(place: Place, plan: CloudPlan): CloudPlan {
  return { ...plan, region: place.region, cluster: { ...plan.cluster, deployers: [...place.deployers] } };
}
