import { seededHex } from "../../provider/autoName";
import type { Context, Problem } from "../../provider/behaviour";
import type { CheckRequest } from "../../provider/check";
import { object, type Properties, text } from "../../provider/properties";
import { apiTypeOf, isNamespaced } from "./apiTypes";

const AUTONAMED = "pulumi.com/autonamed";

/** The inputs with `metadata.name` and `metadata.namespace`, as the provider fills them in. */
export function nameObject(request: CheckRequest, context: Context): Properties {
  const { news, olds } = request;
  if (context.type === "kubernetes:helm.sh/v3:Release") return nameRelease(request, context);
  const metadata = object(news, "metadata");
  const namespace = isNamespaced(apiTypeOf(context.type), context)
    ? { namespace: metadata.namespace ?? text(context.config, "namespace") ?? "default" }
    : {};
  if (metadata.name !== undefined || metadata.generateName !== undefined) {
    return { ...news, metadata: { ...metadata, ...namespace } };
  }
  const kept = isAutoNamed(olds) ? text(olds, "metadata.name") : undefined;
  const name = kept ?? generated(request, context);
  const annotations = { ...object(metadata, "annotations"), [AUTONAMED]: "true" };
  return { ...news, metadata: { ...metadata, ...namespace, name, annotations } };
}

/** Replaced by deleting first: a name the program fixed, in the same namespace. */
export function keepsName(olds: Properties, news: Properties): boolean {
  const named = text(news, "metadata.name");
  const sameNamespace = text(news, "metadata.namespace") === text(olds, "metadata.namespace");
  return named !== undefined && !isAutoNamed(news) && named === text(olds, "metadata.name") && sameNamespace;
}

/** `namespace/name`, or the name alone, as the provider's ids are. */
export function idOf(inputs: Properties): string {
  const name = text(inputs, "metadata.name") ?? "";
  const namespace = text(inputs, "metadata.namespace");
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** The rule for names of nearly every kind: a DNS subdomain, RFC 1123. */
export function checkName(inputs: Properties): readonly Problem[] {
  const name = text(inputs, "metadata.name");
  if (name === undefined || (name.length <= 253 && /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name))) return [];
  const rule = `lower-case letters, digits, "-" and ".", 253 at most, first and last a letter or digit`;
  return [{ property: "metadata.name", reason: `metadata.name "${name}" is not a lower-case RFC 1123 subdomain: ${rule}` }];
}

function isAutoNamed(inputs: Properties): boolean {
  return object(inputs, "metadata.annotations")[AUTONAMED] === "true";
}

function nameRelease(request: CheckRequest, context: Context): Properties {
  const { news, olds } = request;
  const given = text(news, "name") === "" ? undefined : news.name;
  return { ...news, name: given ?? text(olds, "name") ?? generated(request, context) };
}

function generated({ seed, proposal }: CheckRequest, context: Context): string {
  if (proposal !== undefined && proposal.name !== "") return proposal.name;
  return `${context.name}-${seededHex(seed, context.name, 8)}`;
}
