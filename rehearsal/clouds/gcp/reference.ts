import { CloudError, type CloudObject, type Context, type Problem } from "../../provider/behaviour";
import { number, type Properties, text, texts, type Value } from "../../provider/properties";
import { projectOf } from "./place";
import { answered, taken } from "./refusals";

type Looking = Pick<Context, "objects">;

/** Objects of a type that somebody may still use: not those the cloud only keeps. */
export function liveOf(context: Looking, type: string): readonly CloudObject[] {
  return context.objects.ofType(type).filter((object) => object.retained === undefined);
}

/** Live objects whose output at `path` is `value`. */
export function liveWhere(context: Looking, type: string, path: string, value: Value): readonly CloudObject[] {
  return context.objects.where(type, path, value).filter((object) => object.retained === undefined);
}

/** Whether a link, an id or a bare name is of this object. */
export function refersTo(reference: string | undefined, { id, outputs }: Pick<CloudObject, "id" | "outputs">): boolean {
  if (reference === undefined || reference === "") return false;
  return reference === id || reference.endsWith(`/${id}`) || reference === text(outputs, "name");
}

/** The live object of a type that a link, an id or a bare name refers to. */
export function live(context: Looking, type: string, reference: string): CloudObject | undefined {
  return liveOf(context, type).find((object) => refersTo(reference, object));
}

/** Live objects of a type that refer to this one at a path, or in the list at it. */
export function referring(context: Looking, type: string, path: string, to: CloudObject): readonly CloudObject[] {
  return liveOf(context, type).filter(({ outputs }) => [text(outputs, path), ...texts(outputs, path)].some((reference) => refersTo(reference, to)));
}

/** The live object somebody refers to. @throws CloudError when there is none. */
export function needed(context: Looking, type: string, reference: string): CloudObject {
  const found = live(context, type, reference);
  if (found === undefined) throw answered(404, `The resource '${reference}' was not found`, "notFound");
  return found;
}

/** @throws CloudError while something uses the object: Compute Engine does not wait for it to go. */
export function refuseUsed(object: CloudObject, users: readonly CloudObject[]): void {
  const [user] = users;
  if (user === undefined) return;
  const kind = object.type.split(":").at(-1)?.toLowerCase() ?? "";
  throw answered(400, `The ${kind} resource '${object.id}' is already being used by '${user.id}'`, "resourceInUseByAnotherResource");
}

/** An object with a path of its own in a project, which is its id and there only once. */
export function located(path: (inputs: Properties, context: Context) => string) {
  const inProject = (inputs: Properties, context: Context): string => `projects/${projectOf(inputs, context)}/${path(inputs, context)}`;
  return { id: inProject, uniqueBy: inProject, alreadyExists: taken };
}

export function nameOf(inputs: Properties): string {
  return text(inputs, "name") ?? "";
}

/** @throws CloudError in the provider's words when a switch of its own holds the object. */
export function refuseProtected(object: CloudObject, held: boolean, message: string): void {
  if (held) throw new CloudError("", message);
  if (text(object.outputs, "deletionPolicy") === "PREVENT") throw new CloudError("", `cannot destroy ${object.id} without setting deletion_policy="DELETE" and running \`terraform apply\``);
}

/** A name must match the service's pattern. Unknown names pass: they are looked at when they are known. */
export function nameProblems(inputs: Properties, property: string, pattern: RegExp, rule: string): readonly Problem[] {
  const name = text(inputs, property);
  if (name === undefined || pattern.test(name)) return [];
  return [{ property, reason: `"${name}" is not a name the service takes: ${rule}.` }];
}

/** What most services take: a label of RFC 1035. */
export function labelNameProblems(inputs: Properties, property = "name", longest = 63): readonly Problem[] {
  const pattern = new RegExp(`^[a-z]([-a-z0-9]{0,${longest - 2}}[a-z0-9])?$`);
  return nameProblems(inputs, property, pattern, `up to ${longest} lower-case letters, digits and hyphens, beginning with a letter, not ending with a hyphen`);
}

/** A value must be one of a list. */
export function choiceProblems(inputs: Properties, property: string, allowed: readonly string[]): readonly Problem[] {
  const given = text(inputs, property);
  if (given === undefined || allowed.includes(given)) return [];
  return [{ property, reason: `expected ${property} to be one of ${allowed.join(", ")}, got ${given}.` }];
}

/** A number must lie within bounds. */
export function rangeProblems(inputs: Properties, property: string, least: number, most: number, unit: string): readonly Problem[] {
  const given = number(inputs, property);
  if (given === undefined || (given >= least && given <= most)) return [];
  return [{ property, reason: `expected ${property} to be from ${least} to ${most} ${unit}, got ${given}.` }];
}
