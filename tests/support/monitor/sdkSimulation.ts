import { createHash } from "node:crypto";
import { type OutputFact, sdkFacts } from "../../../rehearsal/provider/sdkFacts";
import type { CreateRequest, Simulation } from "./simulation";
import { type PropertyMap, Secret, unknown, type Value } from "./value";

/** Answers for one type, in place of or beside those made from the SDK. */
export type Outputs = PropertyMap | ((request: CreateRequest) => PropertyMap);

/** Answers for one function. */
export type InvokeAnswer = PropertyMap | ((args: PropertyMap) => PropertyMap);

/**
 * Outputs made from what the installed SDK says of a type: every output it declares gets a value of the right form that
 * names its resource and property, the same in every run. What it declares secret gets a text that occurs nowhere else.
 */
export class SdkSimulation implements Simulation {
  constructor(
    private readonly outputs: Readonly<Record<string, Outputs>> = {},
    private readonly invokes: Readonly<Record<string, InvokeAnswer>> = {},
  ) {}

  async preview(request: CreateRequest): Promise<PropertyMap> {
    const missing = Object.keys(declaredOutputs(request)).map((property) => [property, unknown] as const);
    return { ...request.inputs, ...Object.fromEntries(missing) };
  }

  async create(request: CreateRequest): Promise<{ id: string; outputs: PropertyMap }> {
    const given = this.outputs[request.type];
    const special = typeof given === "function" ? given(request) : (given ?? {});
    const { id, ...outputs } = special;
    return { id: typeof id === "string" ? id : `${request.name}-id`, outputs: { ...declaredOutputs(request), ...outputs } };
  }

  async invoke(token: string, args: PropertyMap): Promise<PropertyMap | undefined> {
    const answer = this.invokes[token];
    return typeof answer === "function" ? answer(args) : answer;
  }
}

/** A value for every output the SDK declares and the inputs do not answer. */
export function declaredOutputs(request: CreateRequest): PropertyMap {
  const facts = sdkFacts(request.type);
  if (facts === undefined) return {};
  const secret = new Set([...facts.secretOutputs, ...request.secretOutputs]);
  const outputs: PropertyMap = {};
  for (const [property, fact] of facts.outputs) {
    if (property === "id" || property === "urn" || request.inputs[property] !== undefined) continue;
    if (fact.optional && !secret.has(property)) continue;
    outputs[property] = secret.has(property) ? new Secret(canary(request, property)) : sample(request, property, fact);
  }
  return outputs;
}

/** A secret text that is unique to a property of a resource, and as long as the resource's own `length` asks. */
export function canary(request: Pick<CreateRequest, "urn" | "inputs">, property: string): string {
  const text = createHash("sha512").update(`${request.urn}\0${property}`).digest("base64url").replace(/[-_]/g, "x");
  const length = request.inputs["length"];
  return typeof length === "number" ? text.repeat(Math.ceil(length / text.length)).slice(0, length) : text.slice(0, 40);
}

function sample(request: CreateRequest, property: string, fact: OutputFact): Value {
  switch (fact.kind) {
    case "number":
      return 1;
    case "boolean":
      return false;
    case "list":
      return [];
    case "map":
      return {};
    default:
      return `${request.name}-${property}`;
  }
}
