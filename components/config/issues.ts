import { z } from "zod";
import { allowed, bare } from "./allowed";
import { declaredAt, typeAt, unwrapped } from "./declarations";
import { keyPath, removeCommand, setCommand, quoted, type Problem } from "./problem";
import { repaired } from "./repair";
import { isSecretName, looksSecret } from "./secrets";

type Issue = z.core.$ZodIssue;

/**
 * @param issue what the parser found, with its path from the top.
 * @param given the tree that was parsed.
 * @returns what a person can do about it. A group that is missing yields a problem for each key it needs.
 */
export function problemsOf(issue: Issue, given: unknown, schema: z.ZodObject): Problem[] {
  if (issue.code === "invalid_key") return [badName(issue)];
  const type = typeAt(schema, issue.path);
  if (!type) throw new Error(`the parser refused ${keyPath(issue.path)}, which nothing declares: ${issue.message}`);
  const value = valueAt(given, issue.path);
  return value === undefined ? missing(issue.path, schema) : [badValue(issue.path, type, value)];
}

function badName(issue: Extract<Issue, { code: "invalid_key" }>): Problem {
  const key = keyPath(issue.path);
  return {
    key,
    message: `the name ${quoted(String(issue.path.at(-1)))} was given; allowed is ${issue.issues.map(({ message }) => message).join("; ")}`,
    remedy: removeCommand(key),
  };
}

function missing(path: readonly PropertyKey[], schema: z.ZodObject): Problem[] {
  const type = typeAt(schema, path) ?? schema;
  if (type instanceof z.ZodObject) {
    const members = Object.entries(type.shape as Record<string, z.ZodType>);
    const needed = members.filter(([, member]) => !member.safeParse(undefined).success);
    return needed.flatMap(([name]) => missing([...path, name], schema));
  }
  const key = keyPath(path);
  const entry = type instanceof z.ZodArray ? `${key}[0]` : key;
  const what = inSentence(declaredAt(schema, path)?.meta()?.description ?? "");
  return [{ key, message: `is missing${what && `: ${what}`}; allowed is ${allowed(type)}`, remedy: setCommand(entry, blank(path)) }];
}

/** The first sentence of a description, to go on after a colon. */
function inSentence(description: string): string {
  const [first = ""] = description.split(/[.:] /);
  return first.replace(/\.$/, "").replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
}

function badValue(path: readonly PropertyKey[], type: z.ZodType, value: unknown): Problem {
  const key = keyPath(path);
  return { key, message: `${shown(value, path)} was given; allowed is ${allowed(type)}${hint(type, value)}`, remedy: remedy(path, type, value) };
}

/** Quotes decide between a text and a number, and nobody sees them in the message of a value. */
function hint(type: z.ZodType, value: unknown): string {
  const meant = repaired(type, value);
  if (typeof value === "string" && meant === value && !isText(type)) return "; write it without quotes";
  if (typeof value !== "string" && meant === String(value) && isText(type)) return "; write it in quotes";
  return "";
}

function remedy(path: readonly PropertyKey[], type: z.ZodType, value: unknown): string {
  const key = keyPath(path);
  const kind = bare(type);
  if (kind instanceof z.ZodObject || kind instanceof z.ZodRecord) return `${removeCommand(key)}, and set the keys of the group one by one`;
  if (kind instanceof z.ZodArray) {
    const element = kind.element as z.ZodType;
    if (unwrapped(element) instanceof z.ZodObject) return `write each entry of ${key} with a dash before it, or ${removeCommand(key)}`;
    const first = typeof value === "string" && !isSecret(value, path) ? repaired(element, value) : undefined;
    return `${removeCommand(key)} && ${setCommand(`${key}[0]`, first ?? blank(path))}`;
  }
  const meant = isSecret(value, path) ? undefined : repaired(type, value);
  if (meant === undefined) return setCommand(key, blank(path));
  const typed = isText(type) && /^(\d+|true|false)$/.test(meant);
  return typed ? setCommand(key, meant).replace("--path", "--path --type string") : setCommand(key, meant);
}

function isText(type: z.ZodType): boolean {
  return bare(type) instanceof z.ZodString;
}

function blank(path: readonly PropertyKey[]): string {
  return `<${String(path.filter((part) => typeof part === "string").at(-1))}>`;
}

const longest = 80;

function shown(value: unknown, path: readonly PropertyKey[]): string {
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a group of keys";
  if (isSecret(value, path)) return "something that looks like a secret";
  const text = JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function isSecret(value: unknown, path: readonly PropertyKey[]): boolean {
  return typeof value === "string" && (looksSecret(value) || path.some((part) => typeof part === "string" && isSecretName(part)));
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (value !== null && typeof value === "object" ? Reflect.get(value, part) : undefined),
    root,
  );
}
