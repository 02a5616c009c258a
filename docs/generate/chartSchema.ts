import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { JSONSchema } from "json-schema-to-typescript";
import { parse } from "yaml";

/** Folder of the chart. */
export const chartFolder = resolve(__dirname, "../../charts/moodle");

export interface ChartSchema {
  readonly schema: JSONSchema;
  /** Contents of `values.yaml`. */
  readonly defaults: unknown;
}

/** The chart's schema and default values, as their files say. */
export async function readChartSchema(): Promise<ChartSchema> {
  const schema = JSON.parse(await readFile(resolve(chartFolder, "values.schema.json"), "utf8")) as JSONSchema;
  return { schema, defaults: parse(await readFile(resolve(chartFolder, "values.yaml"), "utf8")) as unknown };
}

/** One value that a person can set. */
export interface ChartKey {
  /** `web.php.workers`; `[]` stands for each item of a list. */
  readonly path: string;
  /** The definition it refers to, where it is one. */
  readonly schema: JSONSchema;
  /** Its own description, else the definition's. */
  readonly meaning: string;
  readonly required: boolean;
  /** The nearest object or list above it that may be absent; it is required, or has its default, only where that is given. */
  readonly within: string | undefined;
  /** From `values.yaml`, else what the templates take, as the schema says; undefined where there is none. */
  readonly default: unknown;
}

/** Every value of the chart in the schema's order, down to what is neither an object with named keys nor a list of such. */
export function chartKeys({ schema, defaults }: ChartSchema): ChartKey[] {
  const keys: ChartKey[] = [];
  const visit = (part: JSONSchema, path: string, value: unknown, required: boolean, within: string | undefined): void => {
    const target = definitionsOf(schema)[referenceOf(part) ?? ""] ?? part;
    const item = target.type === "array" && !Array.isArray(target.items) ? resolved(target.items, schema) : undefined;
    const properties = target.properties ?? item?.properties;
    if (properties === undefined || item !== undefined) {
      const meaning = part.description ?? target.description ?? "";
      keys.push({ path, schema: target, meaning, required, within, default: value ?? part.default });
    }
    const inside = item !== undefined || (!required && value === undefined) ? path : within;
    const prefix = item === undefined ? (path === "" ? "" : `${path}.`) : `${path}[].`;
    for (const [key, child] of Object.entries(properties ?? {})) {
      visit(child, `${prefix}${key}`, member(value, key), requiredKeys(item ?? target).includes(key), inside);
    }
  };
  visit(schema, "", defaults, true, undefined);
  return keys;
}

/** Name of the definition that a part refers to, directly or through the `allOf` that lets it carry its own description. */
export function referenceOf(part: JSONSchema): string | undefined {
  return (part.$ref ?? part.allOf?.[0]?.$ref)?.replace("#/definitions/", "");
}

export function definitionsOf(schema: JSONSchema): Record<string, JSONSchema> {
  return schema.definitions ?? {};
}

/** The part itself, or the definition it refers to. */
export function resolved(part: JSONSchema | undefined, schema: JSONSchema): JSONSchema {
  return definitionsOf(schema)[referenceOf(part ?? {}) ?? ""] ?? part ?? {};
}

export function requiredKeys(part: JSONSchema): string[] {
  return Array.isArray(part.required) ? part.required : [];
}

export function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
