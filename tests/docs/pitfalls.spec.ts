import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";

const repository = path.join(__dirname, "../..");
const page = fs.readFileSync(path.join(repository, "docs/pitfalls.md"), "utf8");
const count = 28;
const mostReasons = 5;

/** A row of the page: a pitfall, what closes it, and the test, or the reason why there is none. */
const rows = [...page.matchAll(/^\| (\d+) \| (.+?) \| (.+?) \| (\S+) \| (.+?) \|$/gm)].map(([, number = "", pitfall = "", closed = "", file = "", test = ""]) => ({ number, pitfall, closed, file, test }));
const tested = rows.filter(({ file }) => file !== "*reason*");

describe("the page of pitfalls", () => {
  it("has every pitfall once, with a test or a reason, and few reasons", () => {
    expect(rows.map(({ number }) => Number(number))).to.deep.equal(Array.from({ length: count }, (_, index) => index + 1));
    const reasons = rows.filter(({ file }) => file === "*reason*");
    expect(reasons.length).to.be.at.most(mostReasons);
    const [, explained = ""] = page.split("## What has a reason instead of a test");
    for (const { number } of reasons) expect(explained, `pitfall ${number}`).to.contain(`**${number}**`);
    expect([...explained.matchAll(/\*\*(\d+)\*\*/g)].map(([, number]) => number)).to.have.members(reasons.map(({ number }) => number));
  });

  it("names tests that are there, by their titles", () => {
    const lost = tested.filter(({ file, test }) => !isTitle(test, file));

    expect(lost.map(({ number, file, test }) => `pitfall ${number} has no test "${test}" in ${file}`)).to.deep.equal([]);
  });

  it("is where readers look for it", () => {
    for (const from of ["images/moodle/README.md", "docs/promises.md"]) expect(fs.readFileSync(path.join(repository, from), "utf8"), from).to.contain("pitfalls.md)");
  });
});

/** Whether a file has a test of this title, as it stands there or put together of a template and a text of a table. */
function isTitle(title: string, file: string): boolean {
  const place = path.join(repository, file);
  if (!fs.existsSync(place)) return false;
  const text = fs.readFileSync(place, "utf8");
  if (text.includes(`it("${title}"`)) return true;
  const begins = [...text.matchAll(/\bit\(`([^`$]*)\$\{\w+\}`/g)].map(([, begin = ""]) => begin);
  return begins.some((begin) => title.startsWith(begin) && text.includes(`"${title.slice(begin.length)}"`));
}
