import { z } from "zod";

/** A length of time with its unit: `"300 s"`, `"10 min"`, `"30 d"`. */
export type Duration = `${number} ${keyof typeof seconds}`;

const seconds = { s: 1, min: 60, h: 3600, d: 86_400 } as const;
const pattern = /^(\d+) (s|min|h|d)$/;

/** @returns the duration as a number of seconds. */
export function inSeconds(duration: Duration): number {
  const [amount, unit] = duration.split(" ") as [string, keyof typeof seconds];
  return Number(amount) * seconds[unit];
}

/** @returns the duration as a number of days, rounded up. */
export function inDays(duration: Duration): number {
  return Math.ceil(inSeconds(duration) / seconds.d);
}

/** The parser of a duration between two bounds, both allowed. */
export function durationBetween(least: Duration, most: Duration) {
  const error = `a duration from "${least}" to "${most}": a number, a space and s, min, h or d`;
  return z
    .string()
    .regex(pattern, { error, abort: true })
    .transform((text) => text as Duration)
    .refine((duration) => inSeconds(duration) >= inSeconds(least) && inSeconds(duration) <= inSeconds(most), { error });
}
