import type { Casualties, Casualty } from "./casualties";
import type { Fault } from "./provider/faults";

/** Something that goes wrong in the life of a stack, for an operator to practise on. */
export interface Accident {
  /** What happens, as a sentence about what the person sees or would see. */
  readonly story: string;
  /** Whether the platform stands before, or is just being made. */
  readonly stands: boolean;
  /** What the engine is doing; `replace`: an update that makes this one anew. */
  readonly doing: "up" | "refresh" | { readonly replace: Casualty };
  readonly fault: Fault;
}

/** An accident wherever it happens. */
interface Kind {
  /** The page that tells how to put it in order. */
  readonly runbook: string;
  /** @returns it on a cloud, or what to practise there instead */
  readonly on: (casualties: Casualties) => Accident | { readonly instead: string };
}

/** By the name that `--of` takes. */
export const accidents = {
  "killed-cli": {
    runbook: "docs/runbooks/pending-creates.md",
    on: ({ made }) => creating(made, { kind: "kill-engine" }, `The Pulumi CLI is killed while ${made.what} is being created: a closed laptop, a CI job at its limit.`),
  },
  "dead-provider": {
    runbook: "docs/runbooks/provider-died.md",
    on: ({ provider, made }) => creating(made, { kind: "kill-provider" }, `The ${provider} provider's process dies while ${made.what} is being created: out of memory.`),
  },
  "partial-create": {
    runbook: "docs/runbooks/partial-creates.md",
    on: ({ made }) =>
      made.notReady === undefined
        ? { instead: "release-not-ready" }
        : creating(made, { kind: "partial", message: made.notReady }, `${capital(made.what)} was created but did not become available in time.`),
  },
  "stale-lock": {
    runbook: "docs/runbooks/stale-lock.md",
    on: ({ made }) => ({
      story: "A refresh of the standing platform is killed. Nothing was being changed; its lock stays.",
      stands: true,
      doing: "refresh",
      fault: { ...named(made), op: "read", kind: "kill-engine" },
    }),
  },
  "half-replaced": {
    runbook: "docs/runbooks/half-replaced.md",
    on: ({ replaced }) => ({
      story: `${capital(replaced.what)} is replaced, and the old one can't be deleted.`,
      stands: true,
      doing: { replace: replaced },
      fault: { ...named(replaced), op: "delete", kind: "fail", message: replaced.notDeleted },
    }),
  },
  "release-not-ready": {
    runbook: "docs/runbooks/release-not-ready.md",
    on: () =>
      creating(
        { what: "the release", type: "kubernetes:helm.sh/v3:Release", nameEnds: "-application-release" },
        { kind: "partial", message: "context deadline exceeded: pods are not ready" },
        "Moodle's release is installed, but its pods do not become ready in time.",
      ),
  },
} satisfies Record<string, Kind>;

export type AccidentName = keyof typeof accidents;

export const accidentNames = Object.keys(accidents) as readonly AccidentName[];

export const defaultAccident: AccidentName = "killed-cli";

/**
 * An accident as it happens on a cloud.
 *
 * @param title what a person calls the cloud
 * @throws when it can't happen there
 */
export function accidentOn(name: AccidentName, casualties: Casualties, title: string): Accident {
  const accident = (accidents[name] as Kind).on(casualties);
  if (!("instead" in accident)) return accident;
  throw new Error(`--of ${name}: can't happen on a ${title}; npm run rehearse -- recover --of ${accident.instead} is the nearest that can`);
}

function creating(casualty: Casualty, how: Pick<Fault, "kind" | "message">, story: string): Accident {
  return { story, stands: false, doing: "up", fault: { ...named(casualty), op: "create", ...how } };
}

function named({ type, nameEnds }: Casualty): Pick<Fault, "type" | "name"> {
  return { type, name: `*${nameEnds}` };
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
