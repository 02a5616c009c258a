import { byUrn, described, type ProgramGraph, type ResourceNode, stackType } from "../monitor/graph";

/** Resources that have no ancestor of the type: a library user could neither find nor transform them. */
export function notDescendingFrom(graph: ProgramGraph, type: string): string[] {
  const resources = byUrn(graph);
  if (!graph.resources.some((resource) => resource.type === type)) return [`the program created no ${type}`];
  return graph.resources
    .filter((resource) => resource.type !== stackType && resource.type !== type)
    .filter((resource) => !ancestors(resource, resources).some((ancestor) => ancestor.type === type))
    .map(described);
}

function ancestors(resource: ResourceNode, resources: ReadonlyMap<string, ResourceNode>): ResourceNode[] {
  const parent = resource.parent === undefined ? undefined : resources.get(resource.parent);
  return parent === undefined ? [] : [parent, ...ancestors(parent, resources)];
}

/** URNs that occur twice. The monitor refuses a second one already; this also holds for graphs that were put together. */
export function duplicateUrns(graph: ProgramGraph): string[] {
  const seen = new Set<string>();
  return graph.resources.filter(({ urn }) => seen.size === seen.add(urn).size).map(({ urn }) => urn);
}

/** Components whose constructor ended without `registerOutputs`. */
export function unfinishedComponents(graph: ProgramGraph): string[] {
  return graph.resources.filter((resource) => !resource.custom && !resource.outputsRegistered).map(described);
}
