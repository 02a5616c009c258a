import { z } from "zod";
import { unwrapped } from "./declarations";

/** @returns what a type allows, in words that continue "allowed is …". Error messages and the reference page share them. */
export function allowed(schema: z.ZodType): string {
  const type = bare(schema);
  if (type instanceof z.ZodEnum) return oneOf(type.options);
  if (type instanceof z.ZodLiteral) return oneOf([...type.values]);
  if (type instanceof z.ZodUnion) return union(type.options as z.ZodType[]);
  if (type instanceof z.ZodBoolean) return "true or false";
  if (type instanceof z.ZodNumber) return number(type);
  if (type instanceof z.ZodArray) return list(type);
  if (type instanceof z.ZodObject) return `a group of the keys ${Object.keys(type.shape).join(", ")}`;
  if (type instanceof z.ZodRecord) return `a group of names and values; each value ${allowed(type.valueType as z.ZodType)}`;
  return text(type);
}

/** @returns the type that decides what may be given: below defaults, optionals and transformations. */
export function bare(schema: z.ZodType): z.ZodType {
  const type = unwrapped(schema);
  if (!(type instanceof z.ZodPipe)) return type;
  return bare((type.in instanceof z.ZodTransform ? type.out : type.in) as z.ZodType);
}

function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.map(String).join(", ")}`;
}

function union(options: readonly z.ZodType[]): string {
  const literals = options.map(bare).flatMap((option) => (option instanceof z.ZodLiteral ? [...option.values] : []));
  if (literals.length === options.length) return oneOf(literals);
  return options.map(allowed).join(", or ");
}

function number(type: z.ZodNumber): string {
  const noun = type.isInt ? "a whole number" : "a number";
  const { minValue: least, maxValue: most } = type;
  const bounded = (bound: number | null) => bound !== null && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  if (bounded(least) && bounded(most)) return `${noun} from ${least} to ${most}`;
  if (bounded(least)) return `${noun}, at least ${least}`;
  return bounded(most) ? `${noun}, at most ${most}` : noun;
}

function list(type: z.ZodArray): string {
  const mayBeEmpty = type.safeParse([]).success;
  return `a list${mayBeEmpty ? "" : " with at least one entry"}; each entry ${allowed(type.element as z.ZodType)}`;
}

/** No text with a declared shape allows it: its refusal says the shape in the declaration's own words. */
const shapeless = "\u0000";

function text(type: z.ZodType): string {
  const [issue] = type.safeParse(shapeless).error?.issues ?? [];
  if (issue && (issue.code === "invalid_format" || issue.code === "custom")) return issue.message;
  const { minLength: least = null, maxLength: most = null } = type instanceof z.ZodString ? type : {};
  if (most !== null) return `a text of ${least ?? 0} to ${most} characters`;
  if (least === null) return "a text";
  return least === 1 ? "a text that is not empty" : `a text of at least ${least} characters`;
}
