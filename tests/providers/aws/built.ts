import * as pulumi from "@pulumi/pulumi";
import type { CloudPlan } from "../../../components/plan/cloudPlan";
import { awsProvider } from "../../../providers/aws";
import type { CloudFoundation } from "../../../providers/contract";
import { record, type Recorded } from "../../support/recording";
import { awsAnswers } from "./answers";

export interface Built {
  readonly foundation: CloudFoundation;
  readonly resources: readonly Recorded[];
  readonly names: (type: string) => string[];
  /** Inputs of the one resource of a type, or of the one whose name ends so. */
  readonly inputs: (type: string, nameEnd?: string) => Readonly<Record<string, unknown>>;
  readonly the: (type: string, nameEnd?: string) => Recorded;
}

/** The foundation of a plan, as AWS would see it. Types without the leading `aws:`. */
export async function built(plan: CloudPlan): Promise<Built> {
  const { value, resources } = await record(
    () => awsProvider.provision("site", plan, { cronPassword: pulumi.secret("the cron password") }, {}),
    awsAnswers,
  );
  const ofType = (type: string) => resources.filter((each) => each.type === type || each.type === `aws:${type}`);
  const the = (type: string, nameEnd = "") => {
    const found = ofType(type).filter(({ name }) => name.endsWith(nameEnd));
    const [only] = found;
    if (only === undefined || found.length > 1) {
      throw new Error(`expected one ${type} ending with "${nameEnd}", found ${found.map(({ name }) => name).join(", ") || "none"}`);
    }
    return only;
  };
  return {
    foundation: value,
    resources,
    names: (type) => ofType(type).map(({ name }) => name).sort(),
    the,
    inputs: (type, nameEnd) => the(type, nameEnd).inputs,
  };
}

/** A policy's statements. */
export function statements(policy: unknown): unknown {
  return (JSON.parse(String(policy)) as { Statement: unknown }).Statement;
}
