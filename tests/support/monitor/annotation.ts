import type { PlantedSecret, ResourceNode } from "./graph";
import { children, isList, isMap, type PropertyMap, Secret, type Value } from "./value";

/** Below this length a text is too common to be searched for. */
const shortestPlanted = 8;

/**
 * The outputs as the engine keeps them: inputs stand in for what the provider does not answer, what went in secret comes
 * out secret, and what the SDK or the program declares secret is wrapped.
 */
export function annotated(inputs: PropertyMap, answer: PropertyMap, secretOutputs: readonly string[]): PropertyMap {
  const outputs: PropertyMap = { ...inputs };
  for (const [key, value] of Object.entries(answer)) outputs[key] = kept(inputs[key], value);
  for (const key of secretOutputs) {
    const value = outputs[key];
    if (value !== undefined && value !== null && !(value instanceof Secret)) outputs[key] = new Secret(value);
  }
  return outputs;
}

function kept(input: Value | undefined, output: Value): Value {
  if (output instanceof Secret) return output;
  if (input instanceof Secret) return new Secret(output);
  if (isMap(input) && isMap(output)) {
    return Object.fromEntries(Object.entries(output).map(([key, value]) => [key, kept(input[key], value)]));
  }
  if (isList(input) && isList(output)) return output.map((value, index) => kept(input[index], value));
  return output;
}

/** The secret texts that this resource brought into the world: secret in its outputs and not among its inputs. */
export function plantedIn(node: ResourceNode): PlantedSecret[] {
  const given = new Set(Object.entries(node.inputs).flatMap(([, value]) => texts(value)));
  return Object.entries(node.outputs).flatMap(([key, value]) =>
    secretTexts(value)
      .filter((text) => text.length >= shortestPlanted && !given.has(text))
      .map((text) => ({ origin: `${key} of ${node.type} ${node.name}`, text })),
  );
}

function secretTexts(value: Value): string[] {
  if (value instanceof Secret) return texts(value.value);
  return children(value).flatMap(([, child]) => secretTexts(child));
}

function texts(value: Value): string[] {
  if (typeof value === "string") return [value];
  return children(value).flatMap(([, child]) => texts(child));
}
