import type { TreeNode } from "../report";
import { html, nothing, type Markup } from "./markup";

/** The resources under their parents, in lists that fold. */
export function tree(roots: readonly TreeNode[]): Markup {
  if (roots.length === 0) return nothing;
  return html`<h2 id="resources">Resources</h2>
<ul class="tree">${roots.map((node) => branch(node, 0))}</ul>`;
}

function branch({ name, type, children }: TreeNode, depth: number): Markup {
  const label = html`${name} <span class="type">${type}</span>`;
  if (children.length === 0) return html`<li><div class="leaf">${label}</div></li>`;
  const opening = depth < 2 ? html`<details open>` : html`<details>`;
  return html`<li>${opening}<summary>${label}</summary><ul>${children.map((child) => branch(child, depth + 1))}</ul></details></li>`;
}
