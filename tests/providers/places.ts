import type { StatefulResource } from "../../components/config/groups/dataLoss";
import type { CloudPlan } from "../../components/plan/cloudPlan";
import type { BroughtSecrets, LoadBalancerAddress } from "../../providers/contract";
import type { Answers } from "../support/recording";
import { awsAnswers } from "./aws/answers";
import { azureAnswers, subscription } from "./azure/answers";
import { existingPlaces } from "./existing/places";
import { gcpAnswers, gcpConfig } from "./gcp/answers";

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
  /** What its load balancers are reached by. Default: a host name. */
  readonly address?: LoadBalancerAddress;
  /** The stack's config of the cloud's own provider, as far as an adapter reads it. */
  readonly config?: Readonly<Record<string, string>>;
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
  azure: {
    region: "germanywestcentral",
    deployers: ["00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"],
    dnsZone: `/subscriptions/${subscription}/resourceGroups/names/providers/Microsoft.Network/dnszones/example.edu`,
    snapshot: `/subscriptions/${subscription}/resourceGroups/old/providers/Microsoft.DBforPostgreSQL/flexibleServers/old@2026-11-01T06:00:00Z`,
    address: { ip: "192.0.2.1" },
    adapt: (plan) => ({ ...plan, network: { ...plan.network, natPerZone: false } }),
    answers: azureAnswers,
  },
  gcp: {
    region: "europe-west3",
    deployers: ["serviceAccount:deploy@example-project.iam.gserviceaccount.com", "group:operations@example.edu"],
    dnsZone: "example-edu",
    snapshot: "moodle-database-0badcafe/1790000000000",
    config: gcpConfig,
    answers: gcpAnswers,
  },
  ...existingPlaces,
};

/** A place of a cloud: the one of its name, or the first of several. */
export function placeOf(cloud: string): Place | undefined {
  return places[cloud] ?? Object.values(places).find((place) => place.cloud === cloud);
}

/** What a place's load balancers are reached by. */
export function balancerOf(place: Place | undefined): LoadBalancerAddress {
  return place?.address ?? { hostname: "balancer.example.edu" };
}

/** A plan as it would be written for the place. */
export function planAt(place: Place, plan: CloudPlan): CloudPlan {
  const here = { ...plan, region: place.region, cluster: { ...plan.cluster, deployers: [...place.deployers] } };
  return place.adapt?.(here) ?? here;
}
