import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import { bare } from "./allowed";

/** @returns the allowed value a given one was most likely meant to be, as it is written; undefined where nothing comes close. */
export function repaired(schema: z.ZodType, given: unknown): string | undefined {
  const type = bare(schema);
  const candidates = typeof given === "string" ? fromText(type, given) : typeof given === "number" ? fromNumber(type, given) : [];
  const found = candidates.find((candidate) => schema.safeParse(candidate).success);
  return found === undefined ? undefined : String(found);
}

function fromText(type: z.ZodType, given: string): unknown[] {
  const trimmed = given.trim();
  const plain = [trimmed, trimmed.toLowerCase(), asJson(trimmed), spoken[trimmed.toLowerCase()], ...withUnit(trimmed)];
  plain.push(withoutAddress(trimmed), `${trimmed}/32`);
  return type instanceof z.ZodEnum ? [...plain, nearest(trimmed, type.options.map(String))] : plain;
}

function fromNumber(type: z.ZodType, given: number): unknown[] {
  if (!(type instanceof z.ZodNumber)) return [String(given)];
  const { minValue: least, maxValue: most } = type;
  return [Math.round(given), ...(least !== null && given < least ? [least] : []), ...(most !== null && given > most ? [most] : [])];
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What older YAML took for true and false. */
const spoken: Readonly<Record<string, boolean>> = { yes: true, on: true, no: false, off: false };

/** How people write the units of sizes and durations. */
const units: readonly (readonly [unit: string, written: RegExp])[] = [
  ["MiB", /^m(i?b|i)?$/i],
  ["GiB", /^g(i?b|i)?$/i],
  ["TiB", /^t(i?b|i)?$/i],
  ["s", /^s(ec(ond)?s?)?$/i],
  ["min", /^m(in(ute)?s?)?$/i],
  ["h", /^h((ou)?rs?)?$/i],
  ["d", /^d(ays?)?$/i],
];

function withUnit(text: string): string[] {
  const [, amount, written = ""] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(text) ?? [];
  return units.filter(([, pattern]) => pattern.test(written)).map(([unit]) => `${amount} ${unit}`);
}

/** An address where a host name was asked for. */
function withoutAddress(text: string): string {
  return text.toLowerCase().replace(/^[a-z]+:\/\//, "").replace(/[/:].*$/, "");
}

/** @returns the name that differs from a misspelt one by a slip of the fingers. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const candidate = closest(name.toLowerCase(), [...names]);
  return distance(name.toLowerCase(), candidate.toLowerCase()) <= slips(name) ? candidate : undefined;
}

/** Two letters in the wrong order are two differences. */
function slips(name: string): number {
  return name.length < 3 ? 1 : Math.max(2, Math.floor(name.length / 4));
}
