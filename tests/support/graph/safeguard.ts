import { byUrn, described, type ProgramGraph } from "../monitor/graph";
import { waitsFor } from "./separation";

/** What a destroy could delete before, or beside, the resource that refuses it. Components are nothing in a cloud. */
export function deletableBeforeSafeguard(graph: ProgramGraph): string[] {
  const resources = byUrn(graph);
  const safeguard = graph.resources.find(({ custom, parent }) => custom && parent !== undefined && resources.get(parent)?.type === "moodle:platform:Safeguard");
  if (safeguard === undefined) return ["there is no safeguard, so a destroy begins with whatever nothing depends on"];
  const behind = new Set([safeguard.urn]);
  for (const urn of behind) {
    const resource = resources.get(urn);
    if (resource) for (const needed of waitsFor(resource, resources)) behind.add(needed);
  }
  return [
    ...(safeguard.protect ? [] : [`${described(safeguard)} is not protected`]),
    ...graph.resources.filter(({ custom, urn, read }) => custom && !read && !behind.has(urn)).map(described),
  ];
}
