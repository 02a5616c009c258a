import type { Problem } from "../../provider/behaviour";
import { isList, isObject, type Properties, text, type Value } from "../../provider/properties";

/** One statement of a policy, with single values made lists. */
export interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** `Service`, `AWS`, … to names; `"*"` is `{ AWS: ["*"] }`. */
  readonly principals: Readonly<Record<string, readonly string[]>>;
  readonly hasCondition: boolean;
}

/** The statements of a policy; `undefined` when the text is not one. */
export function parsePolicy(document: string): readonly Statement[] | undefined {
  const parsed = parseJson(document);
  if (!isObject(parsed)) return undefined;
  const statements = isList(parsed.Statement) ? parsed.Statement : [parsed.Statement ?? null];
  return statements.every(isObject) ? statements.filter(isObject).map(statementOf) : undefined;
}

/** Refuses what is no policy; in the words the services use. */
export function policyProblems(inputs: Properties, property: string): readonly Problem[] {
  const document = text(inputs, property);
  if (document === undefined) return [];
  const statements = parsePolicy(document);
  if (statements === undefined) return [{ property, reason: `"${property}" contains an invalid JSON policy: it is no object with a Statement.` }];
  return statements
    .filter(({ effect, actions }) => !["Allow", "Deny"].includes(effect) || actions.length === 0)
    .map(() => ({ property, reason: "MalformedPolicyDocument: every statement needs an Effect of Allow or Deny and an Action." }));
}

/** Whether the policy lets a service principal do something. A `*` in the policy's action counts. */
export function allowsService(document: string, service: string, action: string): boolean {
  return (parsePolicy(document) ?? []).some(
    ({ effect, principals, actions }) => effect === "Allow" && (principals.Service ?? []).includes(service) && actions.some((given) => covers(given, action)),
  );
}

/** Whether an action of a policy, with its wildcards, covers one action. */
export function covers(given: string, action: string): boolean {
  const expression = given.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${expression.join(".*")}$`, "i").test(action);
}

function statementOf(statement: Properties): Statement {
  return {
    effect: text(statement, "Effect") ?? "",
    actions: [...many(statement.Action), ...many(statement.NotAction)],
    resources: [...many(statement.Resource), ...many(statement.NotResource)],
    principals: principalsOf(statement.Principal),
    hasCondition: isObject(statement.Condition) && Object.keys(statement.Condition).length > 0,
  };
}

function principalsOf(principal: Value | undefined): Statement["principals"] {
  if (principal === "*") return { AWS: ["*"] };
  if (!isObject(principal)) return {};
  return Object.fromEntries(Object.entries(principal).map(([kind, names]) => [kind, many(names)]));
}

function many(value: Value | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  return isList(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

function parseJson(document: string): Value | undefined {
  try {
    return JSON.parse(document) as Value;
  } catch {
    return undefined;
  }
}
