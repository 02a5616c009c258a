import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";

const folder = path.dirname(createRequire(__filename).resolve("@pulumi/azure-native/package.json"));
const known = new Map<string, string | undefined>();

/** The version of the REST API that the installed SDK speaks for a type, as its class says: `2024-05-01`. */
export function apiVersionOf(type: string): string | undefined {
  if (!known.has(type)) known.set(type, read(type));
  return known.get(type);
}

function read(type: string): string | undefined {
  const [, module = "", name = ""] = type.split(":");
  const file = path.join(folder, module, `${name.charAt(0).toLowerCase()}${name.slice(1)}.d.ts`);
  return /Uses Azure REST API version ([\w-]+)\./.exec(readIfThere(file))?.[1];
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}
