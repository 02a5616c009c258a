import { CloudError, type CloudObject, type Context, type Problem } from "../provider/behaviour";
import { type Properties, text, texts, type Value } from "../provider/properties";

type Looking = Pick<Context, "objects">;

/** Objects of a type that somebody may still use: not those the cloud only keeps. */
export function liveOf(context: Looking, type: string): readonly CloudObject[] {
  return context.objects.ofType(type).filter((object) => object.retained === undefined);
}

export function live(context: Looking, type: string, id: string): CloudObject | undefined {
  return liveOf(context, type).find((object) => object.id === id);
}

/** Live objects whose output at `path` is `value`. */
export function liveWhere(context: Looking, type: string, path: string, value: Value): readonly CloudObject[] {
  return context.objects.where(type, path, value).filter((object) => object.retained === undefined);
}

/** The live object of a type with this id. @throws CloudError with the service's own code when there is none. */
export function needed(context: Looking, type: string, id: string, code: string, message: string): CloudObject {
  const found = live(context, type, id);
  if (found === undefined) throw new CloudError(code, message);
  return found;
}

/**
 * Waits, as the provider does, for dependants to go.
 *
 * @throws CloudError when some are still there after `patience` minutes; the message names them after the service's own words.
 */
export async function unused(
  context: Context,
  dependants: () => readonly CloudObject[],
  patience: number,
  code: string,
  message: string,
): Promise<void> {
  if (await context.until(() => dependants().length === 0, patience)) return;
  throw new CloudError(code, `${message} Still there: ${dependants().map(described).join(", ")}.`);
}

export function described(object: CloudObject): string {
  return object.name === "" ? object.id : `${object.id} (${object.name})`;
}

/** A name must match the service's pattern. Unknown names pass: they are looked at when they are known. */
export function nameProblems(inputs: Properties, property: string, pattern: RegExp, rule: string): readonly Problem[] {
  const name = text(inputs, property);
  if (name === undefined || pattern.test(name)) return [];
  return [{ property, reason: `"${name}" is not a name the service takes: ${rule}.` }];
}

/** A value must be one of a list. */
export function choiceProblems(inputs: Properties, property: string, allowed: readonly string[]): readonly Problem[] {
  const given = text(inputs, property);
  if (given === undefined || allowed.includes(given)) return [];
  return [{ property, reason: `expected ${property} to be one of ${allowed.join(", ")}, got ${given}.` }];
}

/** Every string of a list must be one of those allowed. */
export function choicesProblems(inputs: Properties, property: string, allowed: readonly string[]): readonly Problem[] {
  return texts(inputs, property)
    .filter((given) => !allowed.includes(given))
    .map((given) => ({ property, reason: `expected ${property} to hold only ${allowed.join(", ")}, got ${given}.` }));
}
