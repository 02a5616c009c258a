import { type Proposal, withAutoName } from "./autoName";
import type { AutoName, Behaviour, Cloud, Context, Problem } from "./behaviour";
import type { Properties } from "./properties";
import type { TypeFacts } from "./sdkFacts";

export interface CheckRequest {
  readonly olds: Properties;
  readonly news: Properties;
  readonly seed: Uint8Array;
  readonly proposal: Proposal | undefined;
}

export interface Checked {
  readonly inputs: Properties;
  readonly problems: readonly Problem[];
}

/** Names the object, fills in what the cloud's provider fills in, and collects every problem of the inputs. */
export async function checkInputs(
  cloud: Cloud,
  facts: TypeFacts | undefined,
  behaviour: Behaviour | undefined,
  request: CheckRequest,
  context: Context,
): Promise<Checked> {
  if (facts === undefined) {
    const reason = `the installed SDK of ${cloud.name} has no resource type ${context.type}`;
    return { inputs: request.news, problems: [{ property: "", reason }] };
  }
  const prepared = cloud.prepare?.(context.type, request.news, context.config) ?? request.news;
  const inputs = named(cloud, facts, behaviour, { ...request, news: prepared }, context);
  const own = (await behaviour?.check?.(inputs, context)) ?? [];
  return { inputs, problems: [...unknownNames(facts, inputs), ...missing(facts, inputs), ...own] };
}

/** How the provider names objects of a type; `undefined` where it does not. */
export function autoNameRule(facts: TypeFacts | undefined, behaviour: Behaviour | undefined): AutoName | undefined {
  if (behaviour?.autoName === false) return undefined;
  if (behaviour?.autoName !== undefined) return behaviour.autoName;
  const optionalName = facts?.inputs.has("name") === true && !facts.required.includes("name");
  return optionalName ? { property: "name" } : undefined;
}

function named(
  cloud: Cloud,
  facts: TypeFacts,
  behaviour: Behaviour | undefined,
  request: CheckRequest,
  context: Context,
): Properties {
  const own = cloud.nameObject?.(request, context);
  if (own !== undefined) return own;
  const rule = autoNameRule(facts, behaviour);
  if (rule === undefined) return request.news;
  return withAutoName(request.news, request.olds, rule, context.name, request.seed, request.proposal);
}

function unknownNames(facts: TypeFacts, inputs: Properties): readonly Problem[] {
  if (facts.open === true) return [];
  return Object.keys(inputs)
    .filter((name) => !name.startsWith("__") && !facts.inputs.has(name))
    .map((name) => {
      const reason = `${facts.type} has no input "${name}".${suggestion(name, [...facts.inputs])}`;
      return { property: name, reason };
    });
}

function missing(facts: TypeFacts, inputs: Properties): readonly Problem[] {
  return facts.required
    .filter((name) => inputs[name] === undefined)
    .map((name) => ({ property: name, reason: `${facts.type} needs "${name}", which is missing.` }));
}

function suggestion(name: string, allowed: readonly string[]): string {
  const ranked = allowed
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance, candidate }) => distance <= Math.max(2, Math.floor(candidate.length / 3)))
    .sort((one, other) => one.distance - other.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
  return ranked.length === 0 ? "" : ` Did you mean ${ranked.join(" or ")}?`;
}

function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
