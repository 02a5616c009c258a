import type { BroughtSecret } from "../../../components/config/schema";
import type { CloudPlan } from "../../../components/plan/cloudPlan";
import { existingProvider } from "../../../providers/existing";
import type { CloudFoundation } from "../../../providers/contract";
import { record, type Recorded } from "../../support/recording";
import { brought, existingAnswers } from "./places";

export interface Built {
  readonly foundation: CloudFoundation;
  readonly resources: readonly Recorded[];
  /** Logical names of a kind, such as `StatefulSet`. */
  readonly names: (kind: string) => string[];
  /** The one of a kind, or the one whose name ends so. */
  readonly the: (kind: string, nameEnd?: string) => Recorded;
}

/** The foundation of a plan, as a cluster would see it. */
export async function built(plan: CloudPlan): Promise<Built> {
  const secrets = brought(...((plan.broughtSecrets ?? []) as BroughtSecret[]));
  const { value, resources } = await record(() => existingProvider.provision("site", plan, {}, {}, secrets), existingAnswers);
  const ofKind = (kind: string) => resources.filter(({ type }) => type.endsWith(`:${kind}`));
  return {
    foundation: value,
    resources,
    names: (kind) => ofKind(kind).map(({ name }) => name).sort(),
    the: (kind, nameEnd = "") => {
      const found = ofKind(kind).filter(({ name }) => name.endsWith(nameEnd));
      const [only] = found;
      if (only === undefined || found.length > 1) throw new Error(`expected one ${kind} ending with "${nameEnd}", found ${found.map(({ name }) => name).join(", ") || "none"}`);
      return only;
    },
  };
}
