import { z } from "zod";

/** An amount of memory or storage with its unit, in powers of 1024: `"512 MiB"`, `"100 GiB"`, `"2 TiB"`. */
export type Size = `${number} ${keyof typeof mebibytes}`;

const mebibytes = { MiB: 1, GiB: 1024, TiB: 1024 * 1024 } as const;
const pattern = /^(\d+(?:\.\d+)?) (MiB|GiB|TiB)$/;

export function isSize(value: unknown): value is Size {
  return typeof value === "string" && pattern.test(value);
}

/** @returns the size as a number of mebibytes. */
export function inMiB(size: Size): number {
  const [amount, unit] = size.split(" ") as [string, keyof typeof mebibytes];
  return Number(amount) * mebibytes[unit];
}

/** @returns the size as a number of gibibytes, possibly broken. */
export function inGiB(size: Size): number {
  return inMiB(size) / mebibytes.GiB;
}

/** @returns the size written in the largest unit that keeps it whole. */
export function sizeOfMiB(amount: number): Size {
  const whole = Math.round(amount);
  if (whole % mebibytes.TiB === 0) return `${whole / mebibytes.TiB} TiB`;
  if (whole % mebibytes.GiB === 0) return `${whole / mebibytes.GiB} GiB`;
  return `${whole} MiB`;
}

export function sizeOfGiB(amount: number): Size {
  return sizeOfMiB(amount * mebibytes.GiB);
}

/** The parser of a size between two bounds, both allowed. */
export function sizeBetween(least: Size, most: Size) {
  const error = `a size from "${least}" to "${most}": a number, a space and MiB, GiB or TiB`;
  return z
    .string()
    .regex(pattern, { error, abort: true })
    .transform((text) => text as Size)
    .refine((size) => inMiB(size) >= inMiB(least) && inMiB(size) <= inMiB(most), { error });
}
