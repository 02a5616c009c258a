import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import { isList, isObject, type Properties, type Value } from "./properties";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Which values are secret: paths as JSON arrays (`["spec","env",0,"value"]`), outermost only. */
export type SecretPaths = ReadonlySet<string>;

/** Properties as they travelled: plain values, and which of them are secret. */
export interface Received {
  readonly value: Properties;
  readonly secrets: SecretPaths;
}

type Path = readonly (string | number)[];

/** Takes the secret markers out of what the engine sent. Unknown values stay as their marker. */
export function receive(struct: Struct | undefined): Received {
  const secrets = new Set<string>();
  const value = struct === undefined ? {} : unwrap(struct.toJavaScript() as Value, [], secrets);
  return { value: isObject(value) ? value : {}, secrets };
}

/** Puts the markers back. Absent values are left out, which the protocol's own conversion does not survive. */
export function send(value: Properties, secrets: SecretPaths): Struct {
  const wrapped = wrap(value, [], secrets, false);
  return Struct.fromJavaScript(wrapped as Record<string, JavaScriptValue>);
}

/** The paths of top-level properties. */
export function topLevel(names: readonly string[]): SecretPaths {
  return new Set(names.map((name) => JSON.stringify([name])));
}

export function union(...sets: readonly SecretPaths[]): SecretPaths {
  return new Set(sets.flatMap((set) => [...set]));
}

/** Stands in the simulated cloud's file for every value that was secret. */
export const MASK = "[secret]";

/** The value with every secret leaf replaced by {@link MASK}; the names around it stay readable. */
export function masked(value: Properties, secrets: SecretPaths): Properties {
  return maskAt(value, [], secrets, false) as Properties;
}

/** The value with masked leaves filled in from the first source that has something at the same path; else left out. */
export function restored(value: Properties, ...sources: readonly Properties[]): Properties {
  const filled = restore(value, sources);
  return isObject(filled) ? filled : {};
}

/** The paths of the masked leaves. */
export function maskedPaths(value: Properties): SecretPaths {
  const found = new Set<string>();
  collectMasked(value, [], found);
  return found;
}

function unwrap(value: Value, path: Path, secrets: Set<string>): Value {
  if (isList(value)) return value.map((item, index) => unwrap(item, [...path, index], secrets));
  if (!isObject(value)) return value;
  if (value[SIGNATURE] === SECRET) {
    secrets.add(JSON.stringify(path));
    return unwrap(value.value ?? null, path, new Set());
  }
  return mapped(value, (item, name) => unwrap(item, [...path, name], secrets));
}

function wrap(value: Value, path: Path, secrets: SecretPaths, inside: boolean): Value {
  const secret = !inside && path.length > 0 && secrets.has(JSON.stringify(path));
  const within = inside || secret;
  const inner = isList(value)
    ? value.map((item, index) => wrap(item, [...path, index], secrets, within))
    : isObject(value)
      ? mapped(value, (item, name) => wrap(item, [...path, name], secrets, within))
      : value;
  return secret ? { [SIGNATURE]: SECRET, value: inner } : inner;
}

function maskAt(value: Value, path: Path, secrets: SecretPaths, inside: boolean): Value {
  const within = inside || secrets.has(JSON.stringify(path));
  if (isList(value)) return value.map((item, index) => maskAt(item, [...path, index], secrets, within));
  if (isObject(value)) return mapped(value, (item, name) => maskAt(item, [...path, name], secrets, within));
  return within && value !== null ? MASK : value;
}

function restore(value: Value, sources: readonly (Value | undefined)[]): Value | undefined {
  if (value === MASK) return sources.find((source) => source !== undefined);
  if (isList(value)) {
    return value.flatMap((item, index) => {
      const filled = restore(item, sources.map((source) => (isList(source) ? source[index] : undefined)));
      return filled === undefined ? [] : [filled];
    });
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, item]) => {
    const inner = sources.map((source) => (isObject(source) ? source[name] : undefined));
    return [name, item === undefined ? undefined : restore(item, inner)] as const;
  });
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

function collectMasked(value: Value | undefined, path: Path, found: Set<string>): void {
  if (value === MASK) found.add(JSON.stringify(path));
  else if (isList(value)) value.forEach((item, index) => collectMasked(item, [...path, index], found));
  else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) collectMasked(item, [...path, name], found);
  }
}

function mapped(value: Properties, change: (item: Value, name: string) => Value): Properties {
  const entries = Object.entries(value).flatMap(([name, item]) =>
    item === undefined ? [] : [[name, change(item, name)] as const],
  );
  return Object.fromEntries(entries);
}
