import { z } from "zod";
import type { Change } from "./key";
import { keyPath } from "./problem";

/** One declared key, as the reference page, the editor's schema and error messages see it. */
export interface Declaration {
  /** As the operator writes it, such as `moodle:database.storage`; `[]` stands for any entry of a list. */
  readonly key: string;
  /** The names that lead to it, from the top. */
  readonly path: readonly string[];
  /** Below defaults and optionals. */
  readonly type: z.ZodType;
  readonly description: string | undefined;
  readonly change: Change | undefined;
  /** Undefined where there is none. */
  readonly default: unknown;
  /** Whether its group cannot do without it. */
  readonly required: boolean;
  /** Whether leaving it out means that there is none. */
  readonly optional: boolean;
  /** Whether it is a group, or a list of groups, whose keys follow. */
  readonly group: boolean;
}

/** @returns every key below a group, groups before their members. */
export function declarations(group: z.ZodObject, path: readonly string[] = []): Declaration[] {
  return Object.entries(group.shape as Record<string, z.ZodType>).flatMap(([name, schema]) => {
    const type = unwrapped(schema);
    const inner = type instanceof z.ZodArray ? unwrapped(type.element as z.ZodType) : type;
    const isGroup = inner instanceof z.ZodObject;
    const own: Declaration = {
      key: keyPath([...path, name]),
      path: [...path, name],
      type,
      description: schema.meta()?.description,
      change: schema.meta()?.change,
      default: schema instanceof z.ZodDefault ? schema.def.defaultValue : undefined,
      required: !schema.safeParse(undefined).success,
      optional: schema instanceof z.ZodOptional,
      group: isGroup,
    };
    const at = type instanceof z.ZodArray ? `${name}[]` : name;
    return isGroup ? [own, ...declarations(inner, [...path, at])] : [own];
  });
}

/** @returns what is declared at a path, with its description; undefined where nothing is. */
export function declaredAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  return path.reduce<z.ZodType | undefined>((outer, part) => outer && insideOf(unwrapped(outer), part), schema);
}

/** @returns the type declared at a path, below defaults and optionals. */
export function typeAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  const declared = declaredAt(schema, path);
  return declared && unwrapped(declared);
}

function insideOf(type: z.ZodType, part: PropertyKey): z.ZodType | undefined {
  if (type instanceof z.ZodObject) return type.shape[String(part)] as z.ZodType | undefined;
  if (type instanceof z.ZodArray) return type.element as z.ZodType;
  if (type instanceof z.ZodRecord) return type.valueType as z.ZodType;
  return undefined;
}

/** @returns the type below defaults and optionals. */
export function unwrapped(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) {
    return unwrapped(schema.unwrap() as z.ZodType);
  }
  return schema;
}
