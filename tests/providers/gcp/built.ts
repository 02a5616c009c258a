import * as pulumi from "@pulumi/pulumi";
import type { CloudPlan } from "../../../components/plan/cloudPlan";
import type { CloudFoundation } from "../../../providers/contract";
import { gcpProvider } from "../../../providers/gcp";
import { aCloudPlan, aSmallCloudPlan } from "../../support/plans";
import { record, type Recorded } from "../../support/recording";
import { gcpAnswers, gcpConfig } from "./answers";

export interface Built {
  readonly foundation: CloudFoundation;
  readonly resources: readonly Recorded[];
  readonly names: (type: string) => string[];
  /** Inputs of the one resource of a type, or of the one whose name ends so. */
  readonly inputs: (type: string, nameEnd?: string) => Readonly<Record<string, unknown>>;
  readonly the: (type: string, nameEnd?: string) => Recorded;
}

const here = { region: "europe-west3" } as const;

const { cluster } = aCloudPlan();
const deployers = ["serviceAccount:deploy@example-project.iam.gserviceaccount.com"];

/** The plans of all clouds, in Google's words. */
export function aGcpPlan(overrides: Partial<CloudPlan> = {}): CloudPlan {
  return aCloudPlan({ ...here, cluster: { ...cluster, deployers }, ...overrides });
}

export function aSmallGcpPlan(overrides: Partial<CloudPlan> = {}): CloudPlan {
  return aSmallCloudPlan({ ...here, cluster: { ...cluster, deployers }, ...overrides });
}

/** Two hundred GiB for one pod. */
export const blockDisk = { size: "200 GiB", iops: 3000, throughput: 140, zone: 1, owner: { user: 33, group: 33 } } as const;

/**
 * The foundation of a plan, as Google would see it. Types without the leading `gcp:`.
 *
 * @param config the stack's config of Google's provider.
 */
export async function built(plan: CloudPlan, name = "site", config: Readonly<Record<string, string>> = {}): Promise<Built> {
  pulumi.runtime.setAllConfig({ ...gcpConfig, ...config });
  const { value, resources } = await record(
    () => gcpProvider.provision(name, plan, { cronPassword: pulumi.secret("the cron password") }, {}),
    gcpAnswers,
  );
  const ofType = (type: string) => resources.filter((each) => each.type === type || each.type === `gcp:${type}`);
  const the = (type: string, nameEnd = "") => {
    const found = ofType(type).filter((each) => each.name.endsWith(nameEnd));
    const [only] = found;
    if (only === undefined || found.length > 1) {
      throw new Error(`expected one ${type} ending with "${nameEnd}", found ${found.map((each) => each.name).join(", ") || "none"}`);
    }
    return only;
  };
  return {
    foundation: value,
    resources,
    names: (type) => ofType(type).map((each) => each.name).sort(),
    the,
    inputs: (type, nameEnd) => the(type, nameEnd).inputs,
  };
}
