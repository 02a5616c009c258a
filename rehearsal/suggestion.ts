import { distance } from "fastest-levenshtein";

/** `; did you mean …?` where one of the known words is close to the given one, else nothing. */
export function suggestion(given: string, known: readonly string[]): string {
  const [nearest] = [...known].sort((left, right) => distance(given, left) - distance(given, right));
  return nearest && distance(given, nearest) <= 3 ? `; did you mean ${nearest}?` : "";
}
