import type { Holding } from "../providers/contract";
import { deploymentFrom, namesIn, type PendingOperation, type StateResource } from "./deployment";
import { rules, type FindingKind } from "./rules";

/** Something that an operator should know before the next `up`. */
export interface Finding {
  readonly kind: FindingKind;
  /** Whether an `up` must wait until it is dealt with; else the next `up` finishes it. */
  readonly refuses: boolean;
  /** The resource's type; in the cloud's own words where the state does not know it. */
  readonly type: string;
  /** The logical name; the cloud's own name where nobody knows another. */
  readonly name: string;
  /** The cloud's own name, where there is one. */
  readonly id?: string;
  readonly meaning: string;
  /** What to do, step by step. */
  readonly remedy: readonly string[];
  /** The page that describes it. */
  readonly runbook: string;
}

/**
 * Compares a stack's state with what the cloud holds. Values of the state are compared, never repeated.
 *
 * @param exportText what `pulumi stack export` prints.
 * @param holdings what the cloud holds under the stack's tags; empty where it was not asked.
 * @param stack the stack's name, for the commands.
 * @returns what refuses an `up` first.
 */
export function guardFindings(exportText: string, holdings: readonly Holding[], stack: string): readonly Finding[] {
  const deployment = deploymentFrom(exportText);
  const { resources, pendingOperations } = deployment;
  const known = namesIn(deployment);
  const findings = [
    ...pendingOperations.map((operation) => ofPending(operation, stack)),
    ...holdings.filter(({ names }) => !names.some((name) => known.has(name))).map((holding) => ofHolding(holding, stack)),
    ...resources.flatMap((resource) => ofResource(resource, stack)),
  ];
  return [...findings.filter(({ refuses }) => refuses), ...findings.filter(({ refuses }) => !refuses)];
}

/** @returns a finding about something with a type, a name and, where there is one, the cloud's own name. */
export function findingOf(kind: FindingKind, about: Pick<Finding, "type" | "name" | "id">, stack: string): Finding {
  const { refuses, meaning, remedy, runbook } = rules[kind];
  const { type, name, id } = about;
  return { kind, refuses, type, name, ...(id && { id }), meaning, remedy: remedy(stack), runbook: `docs/runbooks/${runbook}.md` };
}

function ofPending({ type, resource }: PendingOperation, stack: string): Finding {
  return findingOf(pendingKinds[type] ?? "pending operation", placeOf(resource), stack);
}

const pendingKinds: Readonly<Record<string, FindingKind>> = {
  creating: "pending create",
  updating: "pending update",
  deleting: "pending delete",
  reading: "pending read",
  importing: "pending import",
};

function ofHolding({ id, what, logicalName }: Holding, stack: string): Finding {
  return findingOf("unknown to the state", { type: what, name: logicalName ?? id, id }, stack);
}

function ofResource(resource: StateResource, stack: string): Finding[] {
  const kinds: FindingKind[] = [];
  if (resource.delete) kinds.push("still to be deleted");
  if (resource.pendingReplacement) kinds.push("still to be replaced");
  if (resource.initErrors?.length) kinds.push(resource.type === helmRelease ? "release not ready" : "not ready");
  return kinds.map((kind) => findingOf(kind, placeOf(resource), stack));
}

const helmRelease = "kubernetes:helm.sh/v3:Release";

function placeOf({ urn, type, id }: StateResource): Pick<Finding, "type" | "name" | "id"> {
  return { type, name: urn.slice(urn.lastIndexOf("::") + 2), ...(id && { id }) };
}
