/** A piece of HTML that is safe to put into a page. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | string | number | readonly Markup[];

/** HTML from a template; what is not markup already is escaped, so no name or output can become part of the page. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const filled = strings.map((text, index) => (index < parts.length ? text + textOf(parts[index] ?? "") : text));
  return new Markup(filled.join(""));
}

export const nothing = new Markup("");

function textOf(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === "object") return part.map(({ text }) => text).join("");
  return String(part).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
