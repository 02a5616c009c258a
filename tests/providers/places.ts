import type { StatefulResource } from "../../components/config/groups/dataLoss";
import type { CloudPlan } from "../../components/plan/cloudPlan";
import type { BroughtSecrets } from "../../providers/contract";
import type { Answers } from "../support/recording";
import { awsAnswers } from "./aws/answers";
import { existingPlaces } from "./existing/places";

/** What a plan says in a cloud's own identifiers, and what that cloud answers. */
export interface Place {
  /** Where one cloud has several places. Default: the name of the place. */
  readonly cloud?: string;
  readonly region: string;
  /** Two of each, so that their order can be changed. */
  readonly deployers: readonly [string, string];
  /** Undefined: the cloud refuses what asks for one. */
  readonly dnsZone?: string;
  readonly snapshot?: string;
  readonly answers: Answers;
  /** What of a plan is said otherwise there. */
  readonly adapt?: (plan: CloudPlan) => CloudPlan;
  /** What holds data there and is the cloud's own. Default: everything. */
  readonly holds?: readonly StatefulResource[];
  readonly brought?: () => BroughtSecrets;
  /** Why it has no prices. */
  readonly notPriced?: string;
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
  ...existingPlaces,
};

/** A plan as it would be written for the place. */
export function planAt(place: Place, plan: CloudPlan): CloudPlan {
  const here = { ...plan, region: place.region, cluster: { ...plan.cluster, deployers: [...place.deployers] } };
  return place.adapt?.(here) ?? here;
}
