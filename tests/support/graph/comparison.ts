import type { ProgramGraph } from "../monitor/graph";

/** Resources that only one of two runs registers. */
export function onlyInOne(one: { name: string; graph: ProgramGraph }, other: { name: string; graph: ProgramGraph }): string[] {
  const urnsOf = (graph: ProgramGraph): Set<string> => new Set(graph.resources.map(({ urn }) => urn));
  const [left, right] = [urnsOf(one.graph), urnsOf(other.graph)];
  return [
    ...[...left].filter((urn) => !right.has(urn)).map((urn) => `only ${one.name}: ${urn}`),
    ...[...right].filter((urn) => !left.has(urn)).map((urn) => `only ${other.name}: ${urn}`),
  ];
}

/** The same value with every list in it, at any depth, changed. */
export function withLists(value: unknown, change: (list: unknown[]) => unknown[]): unknown {
  if (Array.isArray(value)) return change(value.map((child) => withLists(child, change)));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withLists(child, change)]));
}
