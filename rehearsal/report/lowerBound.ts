import type { Necessity } from "../necessity";

/** A resource as far as the bound goes. */
export interface BoundedResource {
  type: string;
  name: string;
  /** Simulated minutes that its cloud takes. */
  minutes: number;
}

/**
 * The least simulated minutes in which these resources can exist: the longest chain of latencies along the edges that the
 * clouds themselves demand. Where one object of a type is needed the quickest counts, so that no program can be faster.
 */
export function lowerBound(resources: readonly BoundedResource[], necessities: readonly Necessity[]): number {
  const byType = new Map<string, BoundedResource[]>();
  for (const resource of resources) byType.set(resource.type, [...(byType.get(resource.type) ?? []), resource]);
  const ready = new Map<BoundedResource, number>();
  const readyAt = (resource: BoundedResource, under: readonly BoundedResource[]): number => {
    const known = ready.get(resource);
    if (known !== undefined) return known;
    if (under.includes(resource)) throw new Error(`${resource.type} needs itself: ${under.map(({ type }) => type).join(" → ")}`);
    const starts = needsOf(resource, necessities)
      .map(({ type, nameEnds = "" }) => (byType.get(type) ?? []).filter(({ name }) => name.endsWith(nameEnds)))
      .filter((candidates) => candidates.length > 0)
      .map((candidates) => Math.min(...candidates.map((candidate) => readyAt(candidate, [...under, resource]))));
    const time = Math.max(0, ...starts) + resource.minutes;
    ready.set(resource, time);
    return time;
  };
  return Math.max(0, ...resources.map((resource) => readyAt(resource, [])));
}

function needsOf(resource: BoundedResource, necessities: readonly Necessity[]): { readonly type: string; readonly nameEnds?: string }[] {
  return necessities
    .filter(({ type, nameEnds }) => isOf(resource.type, type) && resource.name.endsWith(nameEnds ?? ""))
    .flatMap(({ needs, needsNamed }) => [...needs.map((type) => ({ type })), ...(needsNamed ? [needsNamed] : [])]);
}

function isOf(type: string, pattern: string): boolean {
  return pattern.endsWith("*") ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}
