import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";

const repository = path.join(__dirname, "../..");
const page = fs.readFileSync(path.join(repository, "docs/promises.md"), "utf8");

/** A row of the page: what is promised, and the test that keeps it. */
const rows = [...page.matchAll(/^\| (.+?) \| (tests\/\S+) \| (.+?) \|$/gm)].map(([, promise = "", file = "", title = ""]) => ({ promise, file, title }));

describe("the page of promises", () => {
  it("has a test for every promise", () => {
    const lines = page.split("\n").filter((line) => line.startsWith("| ") && !/^\| (promise|---) \|/.test(line));

    expect(rows.length).to.be.greaterThan(40);
    expect(lines.filter((line) => !/^\| [^|]+ \| tests\/[^ |]+\.spec\.ts \| [^|]+ \|$/.test(line)), "rows without a test").to.deep.equal([]);
    expect(lines).to.have.length(rows.length);
  });

  it("names tests that are there, by their titles", () => {
    const lost = rows.filter(({ file, title }) => !titlesIn(file).some((part) => part === title));

    expect(lost.map(({ promise, file, title }) => `"${promise}" is kept by no test "${title}" in ${file}`)).to.deep.equal([]);
  });

  it("is where readers look for it", () => {
    for (const from of ["README.md", "docs/architecture.md"]) expect(fs.readFileSync(path.join(repository, from), "utf8"), from).to.contain("promises.md)");
  });
});

/** The titles of a file's tests, also of those that stand beside it for several; of a template, what is literal in it. */
function titlesIn(file: string): readonly string[] {
  const place = path.join(repository, file);
  if (!fs.existsSync(place)) return [];
  const text = fs.readFileSync(place, "utf8");
  const beside = [...text.matchAll(/ from "(\.\/[^"]+)"/g)].map(([, module = ""]) => fs.readFileSync(path.join(path.dirname(place), `${module}.ts`), "utf8"));
  const titles = [...[text, ...beside].join("\n").matchAll(/\bit\(\s*(?:"((?:[^"\\]|\\.)+)"|`([^`]+)`)/g)];
  return titles.flatMap(([, plain, template = ""]) => (plain === undefined ? template.split(/\$\{[^}]*\}/).map(withoutEnds) : [plain]));
}

/** A template's piece without what joins it to the value before or after. */
function withoutEnds(piece: string): string {
  return piece.replace(/^[\s:,]+|[\s:,]+$/g, "");
}
