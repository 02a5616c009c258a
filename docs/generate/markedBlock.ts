/**
 * Replaces what stands between `<!-- name -->` and `<!-- /name -->`, the generated part of a page that is otherwise written by hand.
 * @throws when the page does not have each of the two marks once
 */
export function withMarkedBlock(page: string, name: string, contents: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest, ...more] = page.split(open);
  const [, after, ...further] = (rest ?? "").split(close);
  if (before === undefined || after === undefined || more.length > 0 || further.length > 0) {
    throw new Error(`the page must hold ${open} and ${close} once each, in this order`);
  }
  return `${before}${open}\n${contents.trim()}\n${close}${after}`;
}

/** A Markdown table; a bar in a cell is escaped. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}
