import type { AutoName, Behaviour } from "./behaviour";
import { DEFAULTS, wasAutoNamed } from "./autoName";
import { isList, isObject, same, type Properties, type Value } from "./properties";

export type ChangeKind = "add" | "delete" | "update";

/** One changed input property. */
export interface Change {
  /** As the engine writes it: `spec.ports[0].port`, `data["a.b"]`. */
  readonly path: string;
  readonly kind: ChangeKind;
  readonly replaces: boolean;
}

export interface Difference {
  readonly changes: readonly Change[];
  /** Top-level properties that changed, and those of them that replace. */
  readonly properties: readonly string[];
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

type Path = readonly (string | number)[];

/**
 * Compares inputs with inputs and nothing else, so that the answer with both swapped is its mirror image: a refresh asks that
 * way round. An unknown new value counts as a change, as it does in the real providers.
 */
export function difference(
  olds: Properties,
  news: Properties,
  ignored: readonly string[],
  behaviour: Pick<Behaviour, "forceNew" | "deleteBeforeReplace"> | undefined,
  named: AutoName | undefined,
  config: Properties,
): Difference {
  const found: Found[] = [];
  for (const name of propertyNames(olds, news)) compare(olds[name], news[name], [name], found);
  const conditional = behaviour?.forceNew.when?.(olds, news, config) ?? [];
  const forcing = [...(behaviour?.forceNew.paths ?? []), ...conditional];
  const kept = found.filter(({ path }) => !ignored.some((ignore) => covers(withoutIndices(ignore), bare(path))));
  const forces = ({ path }: { path: Path }): boolean => forcing.some((force) => touches(force, bare(path)));
  const replaces = [...new Set(kept.filter(forces).map(({ path }) => String(path[0])))];
  const deletesFirst = asks(behaviour?.deleteBeforeReplace, olds, news) || keepsName(olds, news, named);
  return {
    changes: kept.map((change) => ({ path: written(change.path), kind: change.kind, replaces: forces(change) })),
    properties: [...new Set(kept.map(({ path }) => String(path[0])))],
    replaces,
    deleteBeforeReplace: replaces.length > 0 && deletesFirst,
  };
}

function asks(rule: Behaviour["deleteBeforeReplace"], olds: Properties, news: Properties): boolean {
  return typeof rule === "function" ? rule(olds, news) : rule === true;
}

// A name the program fixed can't be had twice; an automatic one changes with the replacement.
function keepsName(olds: Properties, news: Properties, named: AutoName | undefined): boolean {
  if (named === undefined) return false;
  const name = news[named.property];
  return name !== undefined && same(name, olds[named.property]) && !wasAutoNamed(news, named.property);
}

function propertyNames(olds: Properties, news: Properties): readonly string[] {
  return [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter((name) => name !== DEFAULTS).sort();
}

interface Found {
  readonly path: Path;
  readonly kind: ChangeKind;
}

function compare(old: Value | undefined, now: Value | undefined, path: Path, found: Found[]): void {
  if (same(old, now)) return;
  if (old === undefined) found.push({ path, kind: "add" });
  else if (now === undefined) found.push({ path, kind: "delete" });
  else if (isObject(old) && isObject(now)) {
    const names = new Set([...Object.keys(old), ...Object.keys(now)]);
    for (const name of names) compare(old[name], now[name], [...path, name], found);
  } else if (isList(old) && isList(now)) {
    const length = Math.max(old.length, now.length);
    for (let index = 0; index < length; index++) compare(old[index], now[index], [...path, index], found);
  } else found.push({ path, kind: "update" });
}

function bare(path: Path): string {
  return path.filter((step) => typeof step === "string").join(".");
}

function withoutIndices(path: string): string {
  return path.replace(/\[(\d+|\*)\]/g, "").replace(/\["([^"]+)"\]/g, ".$1");
}

function touches(force: string, path: string): boolean {
  return covers(force, path) || covers(path, force);
}

function covers(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(`${outer}.`);
}

function written(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`;
      if (!/^[A-Za-z_$][\w$]*$/.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join("");
}
