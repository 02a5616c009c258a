import type { Holding, HoldingsScope } from "../contract";

/** The group that AKS keeps nodes, disks and load balancers in. It copies the cluster's tags, and nobody made them twice. */
const madeByCluster = /\/resourcegroups\/[^/]+-nodes(\/|$)/i;

/** Snapshots and restore points: what backups leave, by design. */
const leftByDesign = ["microsoft.compute/snapshots", "microsoft.compute/restorepointcollections"];

/** @returns what is listed; undefined where the program did not make it, or it is somebody else's. */
export function holdingAt(
  id: string | undefined,
  type: string | undefined,
  tags: Readonly<Record<string, string>>,
  scope: Pick<HoldingsScope, "tags">,
): Holding | undefined {
  if (id === undefined || type === undefined) return undefined;
  if (!Object.entries(scope.tags).every(([key, value]) => tags[key] === value)) return undefined;
  if (madeByCluster.test(id) || leftByDesign.includes(type.toLowerCase())) return undefined;
  return { id, what: type, ...(tags["Name"] !== undefined && { logicalName: tags["Name"] }), names: namesOf(id) };
}

/** Azure writes `resourceGroups` in more than one way, and so does a state. */
function namesOf(id: string): readonly string[] {
  return [...new Set([id, id.replace(/\/resourcegroups\//i, "/resourceGroups/"), id.replace(/\/resourcegroups\//i, "/resourcegroups/")])];
}
