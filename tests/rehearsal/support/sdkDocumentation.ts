import { readFileSync } from "node:fs";

/** "Forces new resource", "will force a replacement", "changing this value will force resource recreation", … */
const FORCES = /\bforc(es?|ing)\b( the creation of)?( an?)?( new| replacement| resource recreation| re-?creation)/i;

const PACKAGE = "@pulumi/aws";

/** Paths of inputs whose documentation in the installed SDK says that a change replaces the resource, nested ones included. */
export function replacingInputs(type: string): readonly string[] {
  const [, module = "", name = ""] = type.split(":");
  const declarations = readFileSync(require.resolve(`${PACKAGE}/${module}.d.ts`), "utf8");
  return replacing(bodyOf(declarations, `${name}Args`, 0), "    ", []);
}

function replacing(body: string, indent: string, above: readonly string[]): readonly string[] {
  const member = new RegExp(`^${indent}/\\*\\*\\n([\\s\\S]*?)\\*/\\n${indent}(\\w+)\\??: (.*)$`, "gm");
  return [...body.matchAll(member)].flatMap(([, comment = "", name = "", declared = ""]) => {
    const path = [...above, name];
    const [, namespace, nested] = /inputs\.(\w+)\.(\w+)/.exec(declared) ?? [];
    const below = namespace === undefined || nested === undefined || above.length > 4 ? [] : replacing(nestedBody(namespace, nested), "        ", path);
    return [...(FORCES.test(comment.replace(/\s*\*\s*/g, " ")) ? [path.join(".")] : []), ...below];
  });
}

const namespaces = new Map<string, string>();

function nestedBody(namespace: string, name: string): string {
  if (namespaces.size === 0) {
    for (const part of readFileSync(require.resolve(`${PACKAGE}/types/input.d.ts`), "utf8").split(/^export declare namespace /m)) {
      namespaces.set(part.slice(0, part.indexOf(" ")), part);
    }
  }
  return bodyOf(namespaces.get(namespace) ?? "", name, 1);
}

function bodyOf(declarations: string, name: string, depth: number): string {
  const indent = "    ".repeat(depth);
  const from = declarations.search(new RegExp(`^${indent}(export )?interface ${name} \\{$`, "m"));
  if (from < 0) throw new Error(`the installed SDK declares no interface ${name} where the test looks for it`);
  return declarations.slice(from, declarations.indexOf(`\n${indent}}`, from));
}
