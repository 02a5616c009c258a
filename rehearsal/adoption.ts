import * as fs from "node:fs";
import * as path from "node:path";
import { type StateResource } from "./engine/state";
import type { CloudObject } from "./provider/behaviour";

/**
 * The engine's command that puts what a cloud holds into the state, each below its parent, as if the engine had just made it.
 *
 * @param folder for the file in which the command finds them
 * @throws when the state does not know a parent
 */
export function adoption(folder: string, objects: readonly Pick<CloudObject, "type" | "name" | "id" | "urn">[], state: readonly StateResource[]): readonly string[] {
  const resources = objects.map(({ type, name, id, urn }) => ({ type, name, id, parent: parentOf(urn, state) }));
  // A parent may have the name of its child, which would then be its own parent.
  const nameTable = Object.fromEntries(resources.map(({ parent }) => [parent, parent]));
  const file = path.join(folder, "adopted.json");
  fs.writeFileSync(file, JSON.stringify({ nameTable, resources }));
  return ["import", "--file", file, "--generate-code=false", "--yes", "--skip-preview"];
}

// The types of all parents stand before its own in a resource's URN.
function parentOf(urn: string, state: readonly StateResource[]): string {
  const typesOf = (of: string): string => of.slice(0, of.lastIndexOf("::"));
  const above = typesOf(urn).slice(0, typesOf(urn).lastIndexOf("$"));
  const parent = state.find((resource) => typesOf(resource.urn) === above);
  if (parent === undefined) throw new Error(`the state has no parent for ${urn}, so it can't be imported`);
  return parent.urn;
}
