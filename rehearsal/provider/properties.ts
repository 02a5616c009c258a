/** A property value as a cloud sees it: plain JSON. Secrets arrive unwrapped; a value not yet known is {@link UNKNOWN}. */
export type Value = null | boolean | number | string | readonly Value[] | Properties;

/** Properties of a resource. An `undefined` entry means "absent" and is dropped before it travels. */
export interface Properties {
  readonly [name: string]: Value | undefined;
}

/** What the engine sends in place of a value that is known only after the apply. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isObject(value: Value | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether the value is unknown or has an unknown anywhere inside. */
export function hasUnknown(value: Value | undefined): boolean {
  if (value === UNKNOWN) return true;
  if (isList(value)) return value.some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

/** The value at a path such as `spec.ports[0].port`; `undefined` where anything on the way is absent. */
export function at(properties: Value | undefined, path: string): Value | undefined {
  let current: Value | undefined = properties;
  for (const step of path.split(/[.[\]]/).filter((part) => part !== "")) {
    if (isList(current)) current = current[Number(step)];
    else if (isObject(current)) current = current[step];
    else return undefined;
  }
  return current;
}

/** The string at a path; `undefined` where it is absent, unknown or something else. */
export function text(properties: Value | undefined, path: string): string | undefined {
  const value = at(properties, path);
  return typeof value === "string" && value !== UNKNOWN ? value : undefined;
}

/** The number at a path; `undefined` where it is absent, unknown or something else. */
export function number(properties: Value | undefined, path: string): number | undefined {
  const value = at(properties, path);
  return typeof value === "number" ? value : undefined;
}

/** The boolean at a path; `undefined` where it is absent, unknown or something else. */
export function flag(properties: Value | undefined, path: string): boolean | undefined {
  const value = at(properties, path);
  return typeof value === "boolean" ? value : undefined;
}

/** The list at a path; empty where it is absent, unknown or something else. */
export function list(properties: Value | undefined, path: string): readonly Value[] {
  const value = at(properties, path);
  return isList(value) ? value : [];
}

/** The strings of the list at a path, without those still unknown. */
export function texts(properties: Value | undefined, path: string): readonly string[] {
  return list(properties, path).filter((item): item is string => typeof item === "string" && item !== UNKNOWN);
}

/** The object at a path; empty where it is absent, unknown or something else. */
export function object(properties: Value | undefined, path: string): Properties {
  const value = at(properties, path);
  return isObject(value) ? value : {};
}

/** Deep equality of plain values; absent and `undefined` are the same. */
export function same(one: Value | undefined, other: Value | undefined): boolean {
  if (one === other) return true;
  if (isList(one) && isList(other)) {
    return one.length === other.length && one.every((item, index) => same(item, other[index]));
  }
  if (isObject(one) && isObject(other)) {
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...names].every((name) => same(one[name], other[name]));
  }
  return false;
}
