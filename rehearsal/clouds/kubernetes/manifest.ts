import type { Context, Placed } from "../../provider/behaviour";
import { at, isObject, object, type Properties, same, text, type Value } from "../../provider/properties";
import { masked, topLevel } from "../../provider/wire";
import { apiTypeOf, apiVersionOf, CUSTOM_RESOURCE_DEFINITION, isNamespaced, isServed, tokenOf } from "./apiTypes";
import { forceNewOf } from "./immutable";

/** An object of a release. */
export interface Item {
  readonly token: string;
  readonly id: string;
  readonly name: string;
  readonly manifest: Properties;
  /** Helm leaves it in the cluster when the release goes. */
  readonly kept: boolean;
}

/** The objects a release consists of; its hooks come and go by themselves. */
export function itemsOf(manifests: readonly Properties[], namespace: string, context: Context): readonly Item[] {
  const own = manifests.filter((manifest) => object(manifest, "metadata.annotations")["helm.sh/hook"] === undefined);
  const defined = own.filter((manifest) => tokenOf(manifest) === CUSTOM_RESOURCE_DEFINITION);
  return own.map((manifest) => {
    const token = tokenOf(manifest);
    const name = text(manifest, "metadata.name") ?? "";
    const scoped = scopeAmong(defined, token) ?? isNamespaced(apiTypeOf(token), context);
    const id = scoped ? `${text(manifest, "metadata.namespace") ?? namespace}/${name}` : name;
    return { token, id, name, manifest, kept: isKept(token, manifest) };
  });
}

/** Whether Helm leaves an object in the cluster when its release goes. */
export function isKept(token: string, manifest: Properties): boolean {
  return token === CUSTOM_RESOURCE_DEFINITION || object(manifest, "metadata.annotations")["helm.sh/resource-policy"] === "keep";
}

/** Kinds of a release that the cluster does not know and the release does not define. */
export function unknownKinds(items: readonly Item[], context: Context): readonly string[] {
  const defined = items.filter(({ token }) => token === CUSTOM_RESOURCE_DEFINITION).map(({ manifest }) => manifest);
  return items
    .filter(({ token }) => scopeAmong(defined, token) === undefined && !isServed(apiTypeOf(token), context))
    .map(({ token, name }) => {
      const type = apiTypeOf(token);
      const missing = `no matches for kind "${type.kind}" in version "${apiVersionOf(type)}"`;
      return `resource mapping not found for name: "${name}" namespace: "" from "": ${missing} ensure CRDs are installed first`;
    });
}

/** Objects of a release that the cluster has already, from somewhere else. */
export function foreignItems(items: readonly Item[], release: string, context: Context): readonly string[] {
  return items.flatMap(({ token, id, name, kept }) => {
    const there = context.objects.ofType(token).find((object) => object.id === id);
    if (there === undefined || there.owner === release || (kept && there.retained !== undefined)) return [];
    const what = `${apiTypeOf(token).kind} "${name}" in namespace "${id.includes("/") ? id.split("/")[0] : ""}"`;
    return [
      `Unable to continue with install: ${what} exists and cannot be imported into the current release: invalid ownership metadata`,
    ];
  });
}

/** Changes of a release that the API refuses, such as another template of a Job with the same name. */
export function refusedChanges(items: readonly Item[], context: Context): readonly string[] {
  return items.flatMap(({ token, id, name, manifest }) => {
    const there = context.objects.ofType(token).find((object) => object.id === id && object.retained === undefined);
    if (there === undefined) return [];
    const { kind } = apiTypeOf(token);
    const immutable = forceNewOf(token).paths.filter((path) => path.startsWith("spec.") || path === "roleRef");
    const changed = immutable.filter((path) => !same(pick(there.outputs, path), pick(redacted(manifest, context), path)));
    return changed.map((path) => `cannot patch "${name}" with kind ${kind}: ${path}: Invalid value: field is immutable`);
  });
}

/** The item as the cluster holds it, without any secret. */
export function asPlaced(item: Item, release: string, context: Context, status: "creating" | "ready"): Placed {
  const outputs = redacted(item.manifest, context);
  return { type: item.token, id: item.id, name: item.name, outputs, owner: release, status };
}

function redacted(manifest: Properties, context: Context): Properties {
  const hidden = text(manifest, "kind") === "Secret" ? masked(manifest, topLevel(["data", "stringData"])) : manifest;
  const value = JSON.parse(context.redact(JSON.stringify(hidden))) as Value;
  return isObject(value) ? value : {};
}

function pick(manifest: Properties, path: string): Value | undefined {
  return at(manifest, path);
}

function scopeAmong(definitions: readonly Properties[], token: string): boolean | undefined {
  const { group, kind } = apiTypeOf(token);
  const found = definitions.find((crd) => text(crd, "spec.group") === group && text(crd, "spec.names.kind") === kind);
  return found === undefined ? undefined : text(found, "spec.scope") === "Namespaced";
}
