import { compile, type JSONSchema } from "json-schema-to-typescript";
import { definitionsOf, member, readChartSchema, referenceOf, requiredKeys, resolved } from "./chartSchema";

/**
 * TypeScript of `components/moodle/values.ts`: what one may *give* the chart.
 * The schema judges given values merged with the defaults, so a key that has a default is required there and optional here.
 */
export async function chartValuesType(): Promise<string> {
  const { schema, defaults } = await readChartSchema();
  return compile(withOptionalDefaults(schema, defaults), "ChartValues", {
    ignoreMinAndMaxItems: true,
    bannerComment: "// Generated from charts/moodle/values.schema.json by `npm run docs`. Change the schema, not this file.",
    style: { printWidth: 140, tabWidth: 2, singleQuote: false },
  });
}

/** Drops from `required` what the default values already answer. */
function withOptionalDefaults(schema: JSONSchema, defaults: unknown): JSONSchema {
  const places = placesOfDefinitions(schema, defaults);

  const mustBeGiven = (part: JSONSchema, value: unknown): boolean =>
    value === undefined ||
    requiredKeys(resolved(part, schema)).some((key) => mustBeGiven(property(resolved(part, schema), key), member(value, key)));
  const relaxed = (part: JSONSchema, values: unknown[]): JSONSchema => ({
    ...part,
    ...(part.properties !== undefined && {
      properties: mapValues(part.properties, (child, key) => relaxed(child, values.map((value) => member(value, key)))),
      required: requiredKeys(part).filter((key) => values.some((value) => mustBeGiven(property(part, key), member(value, key)))),
    }),
  });

  return {
    ...relaxed(schema, [defaults]),
    definitions: mapValues(definitionsOf(schema), (part, name) => relaxed(part, places.get(name) ?? [])),
  };
}

/**
 * The default values at every place that uses a definition, undefined where there are none: a definition that is used twice may lose
 * a requirement only if every place has a default for it.
 */
function placesOfDefinitions(schema: JSONSchema, defaults: unknown): Map<string, unknown[]> {
  const places = new Map<string, unknown[]>();
  const visit = (part: JSONSchema, value: unknown): void => {
    const name = referenceOf(part);
    if (name !== undefined) {
      places.set(name, [...(places.get(name) ?? []), value]);
      visit(resolved(part, schema), value);
    }
    for (const [key, child] of Object.entries(part.properties ?? {})) {
      visit(child, member(value, key));
    }
    if (part.items !== undefined && !Array.isArray(part.items)) {
      visit(part.items, undefined);
    }
  };
  visit(schema, defaults);
  return places;
}

function property(part: JSONSchema, key: string): JSONSchema {
  return part.properties?.[key] ?? {};
}

function mapValues(record: Record<string, JSONSchema>, change: (part: JSONSchema, key: string) => JSONSchema): Record<string, JSONSchema> {
  return Object.fromEntries(Object.entries(record).map(([key, part]) => [key, change(part, key)]));
}
