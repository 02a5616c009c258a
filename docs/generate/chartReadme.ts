import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { chartFolder, chartKeys, type ChartKey, readChartSchema } from "./chartSchema";
import { markdownTable, withMarkedBlock } from "./markedBlock";

/** `charts/moodle/README.md` with the example that tests render, and its table of values as the schema and the default values say. */
export async function chartReadme(): Promise<string> {
  const page = await readFile(resolve(chartFolder, "README.md"), "utf8");
  const example = await readFile(resolve(chartFolder, "ci", "standalone.yaml"), "utf8");
  const keys = chartKeys(await readChartSchema()).filter(({ path }) => path !== "global");
  const withExample = withMarkedBlock(page, "example", `\`\`\`yaml\n${example.trim()}\n\`\`\``);
  return withMarkedBlock(withExample, "values", markdownTable(["Value", "Default", "Meaning"], keys.map(row)));
}

function row(key: ChartKey): string[] {
  return [`\`${key.path}\``, given(key), `${key.meaning}${allowed(key)}`];
}

function given(key: ChartKey): string {
  if (key.default !== undefined) return `\`${JSON.stringify(key.default)}\``;
  if (!key.required) return "";
  return key.within === undefined ? "required" : `required in \`${key.within}\``;
}

function allowed({ schema }: ChartKey): string {
  const { minimum, maximum } = schema;
  if (minimum === undefined) return "";
  return maximum === undefined ? ` At least ${minimum}.` : ` ${minimum} to ${maximum}.`;
}
