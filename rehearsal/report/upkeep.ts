import type { Retained } from "./report";

/** What one retained thing costs, for people. */
export function costText({ monthly: { usd, why } }: Retained): string {
  if (usd === undefined) return `USD a month by the amount: ${why}`;
  return usd === 0 ? `costs nothing: ${why}` : `${usd.toFixed(2)} USD a month ${why}`;
}

/** What everything retained costs together; empty when there is nothing. */
export function totalText(retained: readonly Retained[]): string {
  if (retained.length === 0) return "";
  const known = retained.reduce((sum, { monthly }) => sum + (monthly.usd ?? 0), 0);
  const more = retained.some(({ monthly }) => monthly.usd === undefined) ? ", and what is billed by the amount" : "";
  return `${known.toFixed(2)} USD a month${more}, by list prices`;
}
