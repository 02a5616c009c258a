import { stackType } from "./graph";

/** Builds a URN as the engine does: the types of all ancestors below the stack, joined by `$`. */
export function urnOf(place: { stack: string; project: string; type: string; name: string; parent: string | undefined }): string {
  const parentType = place.parent === undefined ? "" : qualifiedType(place.parent);
  const qualified = parentType === "" || parentType === stackType ? place.type : `${parentType}$${place.type}`;
  return `urn:pulumi:${place.stack}::${place.project}::${qualified}::${place.name}`;
}

/** The type chain of a URN. */
export function qualifiedType(urn: string): string {
  const parts = urn.split("::");
  const type = parts[2];
  if (!urn.startsWith("urn:pulumi:") || parts.length < 4 || type === undefined) throw new Error(`not a URN: ${urn}`);
  return type;
}

/** Splits `<URN>::<id>`, the form in which a program names a provider. */
export function providerReference(reference: string): { urn: string; id: string } {
  const at = reference.lastIndexOf("::");
  const urn = reference.slice(0, at);
  qualifiedType(urn);
  return { urn, id: reference.slice(at + 2) };
}

/** The package a type or invoke token belongs to. */
export function packageOf(token: string): string {
  const [first = "", second = "", third = ""] = token.split(":");
  return first === "pulumi" && second === "providers" ? third : first;
}
