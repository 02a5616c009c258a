/** Whether a refusal passes by itself: the same request, made a little later, is accepted. */
export type Passing = (refusal: string) => boolean;

/** Pauses double from the first to the longest: throttled callers must leave the service room to recover. */
const firstSeconds = 2;
const longestSeconds = 60;

/**
 * Nine attempts and six minutes in all: access entries and role assignments are documented to take up to five minutes to be
 * known everywhere. The engine itself allows 100.
 */
const attempts = 9;

/**
 * What exists already although it failed: the engine keeps it and updates it next time. Made again there would be two. The
 * engine's providers report such failures, and only those, as a counted list.
 */
const partial = /^\s*\d+ errors? occurred:/m;

/**
 * @param refusals what the operation was refused with so far, the latest first.
 * @param chance from 0 to 1, so that callers that were refused together do not come back together.
 * @returns seconds to wait before the next attempt; undefined: there is none.
 */
export function pauseBefore(refusals: readonly string[], passes: Passing, chance: number): number | undefined {
  const [latest] = refusals;
  if (latest === undefined || refusals.length >= attempts) return undefined;
  if (refusals.some((refusal) => partial.test(refusal)) || !passes(latest)) return undefined;
  const longest = Math.min(longestSeconds, firstSeconds * 2 ** (refusals.length - 1));
  return longest * (0.5 + chance / 2);
}
