import { parse } from "yaml";
import { type Document, type KubernetesObject, objectsIn } from "./objects";

/** How one rendering differs from another. */
export interface Difference {
  /** Objects by kind and name, those with the same changes together: what is at each place now, or that the whole object is new or gone. */
  readonly changes: Readonly<Record<string, Change>>;
  /** Components whose pods are replaced. */
  readonly rolls: readonly string[];
}

export type Change = "new" | "gone" | Readonly<Record<string, unknown>>;

/** Compares two outputs of `helm template`. Hashes of what changed are left out: {@link Difference.rolls} says what comes of them. */
export function differences(before: string, after: string): Difference {
  const [old, current] = [documents(before), documents(after)];
  const lost = objectsOf([...old].filter((text) => !current.has(text)));
  const found = objectsOf([...current].filter((text) => !old.has(text)));
  const names = [...new Set([...lost.keys(), ...found.keys()])].sort();
  return { changes: together(names.map((name) => [name, changeOf(lost.get(name), found.get(name))])), rolls: rolled(lost, found) };
}

function documents(text: string): Set<string> {
  return new Set(text.split(/^---$/m));
}

/** Jobs are named by a hash of themselves, which would make every change of one a new object. */
function objectsOf(texts: readonly string[]): Map<string, KubernetesObject> {
  const objects = texts.map((text) => parse(text) as Document | null).filter((one) => one !== null).flatMap(objectsIn);
  return new Map(objects.map((one) => [`${one.kind} ${one.metadata.name.replace(/-[0-9a-f]{10}$/, "-HASH")}`, one]));
}

function rolled(lost: Map<string, KubernetesObject>, found: Map<string, KubernetesObject>): string[] {
  const template = (one: KubernetesObject | undefined) => JSON.stringify(one?.spec?.["template"] ?? null);
  const changed = [...found].filter(([name, one]) => lost.has(name) && template(lost.get(name)) !== template(one));
  return changed.map(([, one]) => one.metadata.labels["app.kubernetes.io/component"] ?? "").sort();
}

function together(changes: readonly (readonly [string, Change])[]): Record<string, Change> {
  const groups = new Map<string, { names: string[]; change: Change }>();
  for (const [name, change] of changes) {
    if (Object.keys(change).length === 0) continue;
    const key = JSON.stringify(change);
    groups.set(key, { names: [...(groups.get(key)?.names ?? []), name], change });
  }
  return Object.fromEntries([...groups.values()].map(({ names, change }) => [names.join(", "), change]));
}

function changeOf(before: KubernetesObject | undefined, after: KubernetesObject | undefined): Change {
  if (before === undefined) return "new";
  if (after === undefined) return "gone";
  const [was, is] = [new Map(leaves(before, "")), new Map(leaves(after, ""))];
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter((place) => was.get(place) !== is.get(place) && !hashed(place)).sort();
  const [older, newer] = [itemsOf(was), itemsOf(is)];
  return Object.fromEntries(
    changed.map((place) => {
      const lost = itemOf(place, older, newer);
      const found = itemOf(place, newer, older);
      if (lost !== undefined) return [shortened(lost), "gone"];
      if (found !== undefined) return [shortened(found), "new"];
      return [shortened(place), is.has(place) ? is.get(place) : "gone"];
    }),
  );
}

function hashed(place: string): boolean {
  return place === "metadata.name" || place.includes(".annotations.checksum/");
}

/** Every item of a list that has a name. */
function itemsOf(places: ReadonlyMap<string, unknown>): Set<string> {
  return new Set([...places.keys()].flatMap((place) => [...place.matchAll(/\[[^\]]*[^\d\]][^\]]*\]/g)].map((item) => place.slice(0, item.index + item[0].length))));
}

/** The outermost item around a place that only one of two objects has. */
function itemOf(place: string, own: ReadonlySet<string>, other: ReadonlySet<string>): string | undefined {
  return [...own].filter((item) => place.startsWith(item) && !other.has(item)).sort((one, two) => one.length - two.length)[0];
}

function shortened(place: string): string {
  return place.replace(/^spec\.template\./, "pod ").replace(/^pod spec\./, "pod ").replace(/\.env\[(\w+)\](\.value)?$/, ".env.$1");
}

/** Every place of an object with what is there; items of lists go by their name where they have one. */
function leaves(value: unknown, place: string): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [[place, value]];
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, `${place}[${nameOf(item) ?? index}]`));
  const entries = Object.entries(value);
  if (entries.length === 0) return [[place, "{}"]];
  return entries.flatMap(([key, child]) => leaves(child, place === "" ? key : `${place}.${key}`));
}

/** What tells an item of a list from the others, in the kinds of objects that the chart makes. */
function nameOf(item: unknown): string | undefined {
  if (typeof item !== "object" || item === null) return undefined;
  const { name, alert, topologyKey, key, path, secret } = item as Record<string, unknown>;
  const own = [name, alert, topologyKey, path, key].find((one) => typeof one === "string") as string | undefined;
  return own ?? (secret as { items: { path: string }[] } | undefined)?.items[0]?.path;
}
