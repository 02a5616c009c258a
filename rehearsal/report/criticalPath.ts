import { needsOf, type StateResource } from "../engine/state";

/** One operation on one resource on the simulated clock, in minutes. */
export interface TimedOperation {
  urn: string;
  type: string;
  name: string;
  start: number;
  end: number;
}

// Simulated time travels in whole milliseconds.
const instant = 1 / 60_000;

/**
 * The chain that decided when the last operation ended: from it back to the one that ended last among those it had to wait
 * for, and so on. First operation first; those that take no time are left out.
 *
 * @param waitsFor the URNs an operation on a URN had to wait for
 */
export function criticalPath<Operation extends TimedOperation>(
  operations: readonly Operation[],
  waitsFor: (urn: string) => readonly string[],
): Operation[] {
  const lasting = operations.filter(({ start, end }) => end - start >= instant);
  const byUrn = new Map<string, Operation[]>();
  for (const operation of lasting) byUrn.set(operation.urn, [...(byUrn.get(operation.urn) ?? []), operation]);
  const path: Operation[] = [];
  let current = latest(lasting);
  while (current) {
    path.unshift(current);
    const { urn, start } = current;
    const before = [...reached(urn, waitsFor, byUrn)].flatMap((needed) => byUrn.get(needed) ?? []);
    current = latest(before.filter((operation) => operation.end <= start + instant && !path.includes(operation)));
  }
  return path;
}

function latest<Operation extends TimedOperation>(operations: readonly Operation[]): Operation | undefined {
  return operations.reduce<Operation | undefined>((best, next) => (best && best.end >= next.end ? best : next), undefined);
}

// Components, providers and generated values take no time; what they wait for counts instead.
function reached(urn: string, waitsFor: (urn: string) => readonly string[], timed: ReadonlyMap<string, unknown>): Set<string> {
  const found = new Set<string>();
  const seen = new Set<string>([urn]);
  const queue = [...waitsFor(urn)];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (timed.has(next)) found.add(next);
    else queue.push(...waitsFor(next));
  }
  return found;
}

/** What the creation of a resource waits for, by the engine's state. */
export function creationOrder(state: readonly StateResource[]): (urn: string) => readonly string[] {
  const needs = new Map(state.map((resource) => [resource.urn, needsOf(resource)]));
  return (urn) => needs.get(urn) ?? [];
}

/** What the deletion of a resource waits for: the engine deletes in waves, and a wave waits for all of the one before. */
export function deletionOrder(operations: readonly TimedOperation[]): (urn: string) => readonly string[] {
  const all = operations.map(({ urn }) => urn);
  return () => all;
}
