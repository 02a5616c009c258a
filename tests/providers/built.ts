import * as pulumi from "@pulumi/pulumi";
import type { CloudPlan } from "../../components/plan/cloudPlan";
import type { CloudFoundation, CloudProvider } from "../../providers/contract";
import { record, type Answers, type Recorded } from "../support/recording";

export interface Built {
  readonly foundation: CloudFoundation;
  readonly resources: readonly Recorded[];
  readonly names: (type: string) => string[];
  /** Inputs of the one resource of a type, or of the one whose name ends so. */
  readonly inputs: (type: string, nameEnd?: string) => Readonly<Record<string, unknown>>;
  readonly the: (type: string, nameEnd?: string) => Recorded;
}

/**
 * The foundation of a plan, as the cloud would see it.
 *
 * @param prefix what may be left out of types, such as `aws`.
 */
export async function builtBy(provider: CloudProvider, prefix: string, answers: Answers, plan: CloudPlan): Promise<Built> {
  const { value, resources } = await record(
    () => provider.provision("site", plan, { cronPassword: pulumi.secret("the cron password") }, {}),
    answers,
  );
  const ofType = (type: string) => resources.filter((each) => each.type === type || each.type === `${prefix}:${type}`);
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
