import type { Fault } from "./provider/faults";

/** Something that goes wrong in the life of a stack, for an operator to practise on. */
export interface Accident {
  /** What happens, as a sentence about what the person sees or would see. */
  readonly story: string;
  /** Whether the platform stands before, or is just being made. */
  readonly stands: boolean;
  /** What the engine is doing; `replace`: an update that makes one resource of the type anew, the new one first. */
  readonly doing: "up" | "refresh" | { readonly replace: string };
  readonly fault: Fault;
  /** The page that tells how to put it in order. */
  readonly runbook: string;
}

const database = { type: "aws:rds/instance:Instance", name: "*-database" };
const parameters = { type: "aws:rds/parameterGroup:ParameterGroup", name: "*-database" };

/** By the name that `--of` takes. */
export const accidents = {
  "killed-cli": {
    story: "The Pulumi CLI is killed while the database is being created: a closed laptop, a CI job at its limit.",
    stands: false,
    doing: "up",
    fault: { ...database, op: "create", kind: "kill-engine" },
    runbook: "docs/runbooks/pending-creates.md",
  },
  "dead-provider": {
    story: "The AWS provider's process dies while the database is being created: out of memory.",
    stands: false,
    doing: "up",
    fault: { ...database, op: "create", kind: "kill-provider" },
    runbook: "docs/runbooks/provider-died.md",
  },
  "partial-create": {
    story: "The database was created but did not become available in time.",
    stands: false,
    doing: "up",
    fault: { ...database, op: "create", kind: "partial", message: "timeout while waiting for state to become 'available'" },
    runbook: "docs/runbooks/partial-creates.md",
  },
  "stale-lock": {
    story: "A refresh of the standing platform is killed. Nothing was being changed; its lock stays.",
    stands: true,
    doing: "refresh",
    fault: { ...database, op: "read", kind: "kill-engine" },
    runbook: "docs/runbooks/stale-lock.md",
  },
  "half-replaced": {
    story: "A parameter group of the database is replaced, and the old one can't be deleted.",
    stands: true,
    doing: { replace: parameters.type },
    fault: { ...parameters, op: "delete", kind: "fail", message: "InvalidDBParameterGroupState: the parameter group is still in use" },
    runbook: "docs/runbooks/half-replaced.md",
  },
  "release-not-ready": {
    story: "Moodle's release is installed, but its pods do not become ready in time.",
    stands: false,
    doing: "up",
    fault: { type: "kubernetes:helm.sh/v3:Release", name: "*-application-release", op: "create", kind: "partial", message: "context deadline exceeded: pods are not ready" },
    runbook: "docs/runbooks/release-not-ready.md",
  },
} satisfies Record<string, Accident>;

export type AccidentName = keyof typeof accidents;

export const accidentNames = Object.keys(accidents) as readonly AccidentName[];

export const defaultAccident: AccidentName = "killed-cli";
