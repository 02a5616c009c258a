import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import type { Deployment } from "./deployment";

/**
 * Whether an update holds the state, or held it when it was killed. Known of states in a folder alone; an update that finds any
 * other one locked says so itself.
 *
 * @param backend the URL of where states are kept.
 */
export function isLocked(backend: string, { resources, pendingOperations }: Deployment): boolean {
  const urn = [...resources, ...pendingOperations.map(({ resource }) => resource)][0]?.urn;
  if (urn === undefined || !backend.startsWith("file:///")) return false;
  const [, stack = "", project = ""] = /^urn:pulumi:(.+?)::(.+?)::/.exec(urn) ?? [];
  const folder = path.join(fileURLToPath(backend), ".pulumi", "locks", "organization", project, stack);
  return fs.existsSync(folder) && fs.readdirSync(folder).some((name) => name.endsWith(".json"));
}
