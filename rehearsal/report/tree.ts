import { isBookkeeping, nameOf, type StateResource } from "../engine/state";
import type { TreeNode } from "./report";

/** The resources of a stack under their parents; the stack and the providers are left out. */
export function resourceTree(state: readonly StateResource[]): TreeNode[] {
  const nodes = new Map<string, TreeNode>();
  for (const { urn, type } of state) nodes.set(urn, { urn, type, name: nameOf(urn), children: [] });
  const roots: TreeNode[] = [];
  for (const resource of state.filter((candidate) => !isBookkeeping(candidate))) {
    const node = nodes.get(resource.urn);
    const parent = state.find(({ urn }) => urn === resource.parent);
    if (node) (parent && !isBookkeeping(parent) ? (nodes.get(parent.urn)?.children ?? roots) : roots).push(node);
  }
  return roots;
}
