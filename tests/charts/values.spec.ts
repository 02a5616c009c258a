import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { chartReadme } from "../../docs/generate/chartReadme";
import { chartFolder, chartKeys, readChartSchema } from "../../docs/generate/chartSchema";
import { chartValuesType } from "../../docs/generate/chartValues";
import { imageReadme } from "../../docs/generate/imageReadme";

const repository = path.resolve(__dirname, "../..");

describe("the chart's values", () => {
  it("have their TypeScript type from the schema", async () => {
    const file = await fs.promises.readFile(path.join(repository, "components/moodle/values.ts"), "utf8");

    expect(file, "components/moodle/values.ts is behind the schema: npm run docs").to.equal(await chartValuesType());
  });

  it("are listed in the chart's README as the schema says", async () => {
    const file = await fs.promises.readFile(path.join(chartFolder, "README.md"), "utf8");

    expect(file, "charts/moodle/README.md is behind the schema: npm run docs").to.equal(await chartReadme());
  });

  it("reach the image under the names its README lists", async () => {
    const file = await fs.promises.readFile(path.join(repository, "images/moodle/README.md"), "utf8");

    expect(file, "images/moodle/README.md is behind components/moodle/environment.ts: npm run docs").to.equal(await imageReadme());
  });

  it("each have a description that says what they are", async () => {
    const keys = chartKeys(await readChartSchema());

    expect(keys.length).to.be.greaterThan(150);
    expect(keys.filter(({ meaning }) => meaning.length < 4).map((key) => key.path)).to.deep.equal([]);
  });

  it("have no default that the schema does not know", async () => {
    const schema = await readChartSchema();
    const known = chartKeys(schema).map((key) => key.path);

    const strangers = leaves(schema.defaults).filter((leaf) => !known.some((key) => leaf === key || leaf.startsWith(`${key}.`)));
    expect(strangers).to.deep.equal([]);
  });

  it("are all declared where a template uses them", async () => {
    const known = chartKeys(await readChartSchema()).map((key) => key.path);
    const used = templateTexts().flatMap((text) => [...text.matchAll(/\.Values\.([A-Za-z][A-Za-z.]*[A-Za-z])/g)].map(([, name]) => name ?? ""));

    expect(used.length).to.be.greaterThan(80);
    expect(used.filter((name) => !known.some((key) => key === name || key.startsWith(`${name}.`) || key.startsWith(`${name}[`)))).to.deep.equal([]);
  });
});

function leaves(value: unknown, prefix = ""): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value) || Object.keys(value).length === 0) return [prefix];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, prefix === "" ? key : `${prefix}.${key}`));
}

function templateTexts(): string[] {
  const folder = path.join(chartFolder, "templates");
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), "utf8"));
}
