import type { z } from "zod";
import { declarations, type Declaration } from "../../components/config/declarations";
import { environments, type Environment } from "../../components/config/environment";
import type { Change } from "../../components/config/key";
import type { CloudKeys } from "../../components/config/load";
import { platformConfig } from "../../components/config/schema";

/** A declared key with its default in each environment, undefined where it has none. */
export interface ConfigKey extends Omit<Declaration, "default"> {
  readonly defaults: Readonly<Record<Environment, unknown>>;
  /** Clouds on which changing it does something else. */
  readonly elsewhere: readonly { readonly cloud: string; readonly change: Change }[];
}

/** What a stack file may say: the platform's own keys, and each cloud's. */
export interface ConfigDeclarations {
  /** The platform's groups with the group of each cloud. Only defaults depend on the environment. */
  readonly schema: z.ZodObject;
  /** By key, as the operator writes it. */
  readonly keys: ReadonlyMap<string, ConfigKey>;
  readonly clouds: readonly CloudKeys[];
}

export function configDeclarations(clouds: readonly CloudKeys[]): ConfigDeclarations {
  const byEnvironment = environments.map((environment) => {
    const groups = Object.fromEntries(clouds.map(({ name, configKeys }) => [name, groupOf(name, configKeys)]));
    const schema = platformConfig(environment, clouds.map(({ name }) => name)).extend(groups);
    return { environment, schema, found: declarations(schema) };
  });
  const [first] = byEnvironment;
  if (!first) throw new Error("no environment is declared");
  const keys = first.found.map(({ default: _, ...key }, index): [string, ConfigKey] => {
    const defaults = byEnvironment.map(({ environment, found }) => [environment, found[index]?.default]);
    const elsewhere = clouds.flatMap(({ name, changes = {} }) => Object.entries(changes).flatMap(([changed, change]) => (changed === key.key ? [{ cloud: name, change }] : [])));
    return [key.key, { ...key, defaults: Object.fromEntries(defaults) as Record<Environment, unknown>, elsewhere }];
  });
  return { schema: first.schema, keys: new Map(keys), clouds };
}

function groupOf(cloud: string, configKeys: z.ZodObject): z.ZodType {
  return configKeys.prefault({}).meta({ description: `What only ${cloud} asks.`, change: { effect: "in place" } });
}

/** Defaults that are the same everywhere; undefined where they differ, or there are none. */
export function commonDefault({ defaults }: ConfigKey): unknown {
  const texts = new Set(Object.values(defaults).map((value) => JSON.stringify(value)));
  return texts.size === 1 ? defaults.production : undefined;
}

/** Defaults in words, the environments named where they differ; undefined where there are none. */
export function defaultInWords({ defaults }: ConfigKey): string | undefined {
  const byText = new Map<string, string[]>();
  for (const environment of environments) {
    if (defaults[environment] === undefined) continue;
    const text = written(defaults[environment]);
    byText.set(text, [...(byText.get(text) ?? []), environment]);
  }
  if (byText.size === 0) return undefined;
  if (byText.size === 1) return [...byText.keys()].join();
  return [...byText].map(([text, names]) => `${text} (${names.join(", ")})`).join(", ");
}

function written(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(written).join(", ");
  if (value !== null && typeof value === "object") return "none";
  return String(value);
}

const effects = {
  none: "nothing in the cloud changes",
  "in place": "updated in place; users see nothing",
  "users notice": "updated in place; users notice",
  replaces: "something without data is replaced",
  refused: "refused",
} as const;

const limits = {
  value: "",
  on: "; switching it off is refused",
  size: "; a smaller one is refused",
  version: "; a lower one is refused",
  "minor version": "; a lower one, or more than one step up, is refused",
} as const;

/** What changing the key on a live stack does, in words. */
export function changeInWords({ change, elsewhere }: ConfigKey): string {
  if (!change) return "";
  return [inWords(change), ...elsewhere.map((other) => `on ${other.cloud} ${inWords(other.change)}`)].join("; ");
}

function inWords(change: Change): string {
  const effect = change.note ? `${effects[change.effect]}: ${change.note}` : effects[change.effect];
  return change.held ? effect + limits[change.held.as] : effect;
}
