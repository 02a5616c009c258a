import * as rpc from "@pulumi/pulumi/runtime/rpc";

/** A property value as the program sent it: plain JSON plus the markers of the wire, turned into classes. */
export type Value = null | boolean | number | string | Secret | Unknown | ResourceReference | FileValue | Value[] | PropertyMap;

export interface PropertyMap {
  [key: string]: Value;
}

/** A value the program marked as secret. */
export class Secret {
  constructor(readonly value: Value) {}
}

/** A value that is only known once the resource it comes from exists. */
export class Unknown {}
export const unknown = new Unknown();

/** A resource passed as a property value. */
export class ResourceReference {
  constructor(
    readonly urn: string,
    readonly id: Value,
  ) {}
}

/** An asset or archive, as the wire describes it. */
export class FileValue {
  constructor(
    readonly kind: "asset" | "archive",
    readonly content: PropertyMap,
  ) {}
}

export function isMap(value: Value | undefined): value is PropertyMap {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.getPrototypeOf(value) === Object.prototype;
}

export function isList(value: Value | undefined): value is Value[] {
  return Array.isArray(value);
}

/** Whether an unknown hides anywhere in the value. */
export function hasUnknown(value: Value): boolean {
  if (value instanceof Unknown) return true;
  return children(value).some(([, child]) => hasUnknown(child));
}

/** The value without its secret markers, for assertions about content. */
export function revealed(value: Value): Value {
  if (value instanceof Secret) return revealed(value.value);
  if (isList(value)) return value.map(revealed);
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, revealed(child)]));
  return value;
}

/** What lies directly inside a value, each with the step of the path that leads there. */
export function children(value: Value): [string, Value][] {
  if (value instanceof Secret) return [["", value.value]];
  if (value instanceof ResourceReference) return [[".id", value.id]];
  if (value instanceof FileValue) return children(value.content);
  if (isList(value)) return value.map((child, index) => [`[${index}]`, child]);
  if (isMap(value)) return Object.entries(value).map(([key, child]) => [`.${key}`, child]);
  return [];
}

/** Wire JSON → value. Dependencies that output values carry are reported to `onDependency`. */
export function decode(wire: unknown, onDependency: (urn: string) => void = () => undefined): Value {
  if (wire === null || wire === undefined) return null;
  if (wire === rpc.unknownValue) return unknown;
  if (typeof wire === "boolean" || typeof wire === "number" || typeof wire === "string") return wire;
  if (Array.isArray(wire)) return wire.map((child) => decode(child, onDependency));
  if (typeof wire !== "object") throw new Error(`a property of type ${typeof wire} cannot be sent to the engine`);
  const fields = new Map<string, unknown>(Object.entries(wire));
  switch (fields.get(rpc.specialSigKey)) {
    case undefined:
      return decodeFields(fields, onDependency);
    case rpc.specialSecretSig:
      return new Secret(decode(fields.get("value"), onDependency));
    case rpc.specialResourceSig:
      return new ResourceReference(String(fields.get("urn")), decode(fields.get("id")));
    case rpc.specialAssetSig:
    case rpc.specialArchiveSig: {
      const kind = fields.get(rpc.specialSigKey) === rpc.specialAssetSig ? "asset" : "archive";
      fields.delete(rpc.specialSigKey);
      return new FileValue(kind, decodeFields(fields, onDependency));
    }
    case rpc.specialOutputValueSig:
      return decodeOutputValue(fields, onDependency);
    default:
      throw new Error(`a property carries the unknown marker ${String(fields.get(rpc.specialSigKey))}`);
  }
}

/** A whole property map from wire form. */
export function decodeMap(wire: Readonly<Record<string, unknown>> | undefined): PropertyMap {
  return decodeFields(new Map(Object.entries(wire ?? {})), () => undefined);
}

function decodeFields(fields: Map<string, unknown>, onDependency: (urn: string) => void): PropertyMap {
  const map: PropertyMap = {};
  for (const [key, child] of fields) if (child !== undefined) map[key] = decode(child, onDependency);
  return map;
}

function decodeOutputValue(fields: Map<string, unknown>, onDependency: (urn: string) => void): Value {
  const dependencies = fields.get("dependencies");
  if (Array.isArray(dependencies)) dependencies.forEach((urn) => onDependency(String(urn)));
  const value = fields.has("value") ? decode(fields.get("value"), onDependency) : unknown;
  return fields.get("secret") === true ? new Secret(value) : value;
}

/** Value → wire JSON. */
export function encode(value: Value): WireValue {
  if (value instanceof Unknown) return rpc.unknownValue;
  if (value instanceof Secret) return { [rpc.specialSigKey]: rpc.specialSecretSig, value: encode(value.value) };
  if (value instanceof ResourceReference) {
    return { [rpc.specialSigKey]: rpc.specialResourceSig, urn: value.urn, id: encode(value.id) };
  }
  if (value instanceof FileValue) {
    const signature = value.kind === "asset" ? rpc.specialAssetSig : rpc.specialArchiveSig;
    return { [rpc.specialSigKey]: signature, ...encodeMap(value.content) };
  }
  if (isList(value)) return value.map(encode);
  if (isMap(value)) return encodeMap(value);
  return value;
}

/** A whole property map in wire form. */
export function encodeMap(map: PropertyMap): { [key: string]: WireValue } {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, encode(value)]));
}

/** What a protobuf Struct can be made from. */
export type WireValue = null | boolean | number | string | WireValue[] | { [key: string]: WireValue };
