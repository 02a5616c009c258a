import { keyPath, setCommand, type Problem } from "./problem";
import { looksSecret } from "./secrets";

/** Words people leave for others to fill in. `TODO` in capitals only: in Spanish the small one is a word. */
const placeholder = /\b(change[-_ ]?me|replace[-_ ]?me|your[-_][a-z]+|xxx+)\b|^<[^>]*>$/i;
const inCapitals = /\b(TODO|FIXME|TBD)\b/;

/** @returns a problem for every text that somebody meant to fill in. */
export function placeholders(tree: unknown, path: readonly PropertyKey[] = []): Problem[] {
  if (typeof tree === "string" && (placeholder.test(tree) || inCapitals.test(tree))) {
    const key = keyPath(path);
    const text = looksSecret(tree) ? "the text" : JSON.stringify(tree);
    return [
      {
        key,
        message: `${text} is a placeholder that nobody has filled in`,
        remedy: setCommand(key, `<${String(path.filter((part) => typeof part === "string").at(-1))}>`),
      },
    ];
  }
  if (tree === null || typeof tree !== "object") return [];
  const entries = Array.isArray(tree) ? tree.map((item, index) => [index, item] as const) : Object.entries(tree);
  return entries.flatMap(([name, item]) => placeholders(item, [...path, name]));
}
