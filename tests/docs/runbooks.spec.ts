import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { rules } from "../../guard/rules";
import { accidents } from "../../rehearsal/accidents";
import { parseArguments } from "../../rehearsal/arguments";

const repository = path.join(__dirname, "../..");
const folder = path.join(repository, "docs/runbooks");
const pages = fs.readdirSync(folder).filter((name) => name.endsWith(".md") && name !== "README.md");
const textOf = (file: string) => fs.readFileSync(file, "utf8");

describe("the runbooks", () => {
  it("are all linked from the index, which links to nothing else", () => {
    const linked = [...textOf(path.join(folder, "README.md")).matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, page = ""]) => page);

    expect([...new Set(linked)].sort()).to.deep.equal([...pages].sort());
  });

  for (const page of pages) {
    it(`${page} has the parts that all have`, () => {
      const parts = [...textOf(path.join(folder, page)).matchAll(/^## (.+)$/gm)].map(([, title = ""]) => title);
      const expected = [/^How you notice/, /^What it means/, /^What is safe/, /^Steps/, /^How to practise it/, /^What not to do/];

      expect(parts.filter((title) => expected.some((part) => part.test(title))).length, parts.join(", ")).to.be.at.least(expected.length);
      for (const part of expected) expect(parts.join("\n")).to.match(new RegExp(part.source, "m"));
    });

    it(`${page} links to pages that are there`, () => {
      const targets = [...textOf(path.join(folder, page)).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target = ""]) => target);

      const ours = targets.filter((target) => !target.startsWith("https://"));
      expect(ours.filter((target) => !fs.existsSync(path.join(folder, target)))).to.deep.equal([]);
    });
  }

  for (const [name, { runbook }] of Object.entries(accidents)) {
    it(`have a page for the accident ${name}, which says how to practise it`, () => {
      expect(textOf(path.join(repository, runbook))).to.contain(`npm run rehearse -- recover --of ${name}`);
    });
  }

  it("have a page for everything that the guard finds", () => {
    expect(Object.values(rules).map(({ runbook }) => `${runbook}.md`).filter((page) => !pages.includes(page))).to.deep.equal([]);
  });
});

describe("the commands in the documents", () => {
  const documents = ["README.md", "CONTRIBUTING.md", ...fs.readdirSync(path.join(repository, "docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`), ...pages.map((name) => `docs/runbooks/${name}`), "docs/runbooks/README.md"];
  const { scripts } = JSON.parse(textOf(path.join(repository, "package.json"))) as { scripts: Record<string, string> };
  const commands = documents.flatMap((file) => [...textOf(path.join(repository, file)).matchAll(/npm run ([\w:-]+)(?: -- ([^`\n]*))?/g)].map(([all, script = "", args = ""]) => ({ file, all, script, args })));

  it("are scripts of this project", () => {
    expect(commands.length, "commands found").to.be.greaterThan(20);
    expect(commands.filter(({ script }) => scripts[script] === undefined).map(({ file, all }) => `${file}: ${all}`)).to.deep.equal([]);
  });

  it("give the rehearsal arguments that it takes", () => {
    const rehearsals = commands.filter(({ script, args }) => script === "rehearse" && args !== "" && !/FILE|DIR|Pulumi\.\w+\.yaml|WHAT/.test(args));

    expect(rehearsals.length, "rehearsals found").to.be.greaterThan(6);
    for (const { args } of rehearsals) expect(() => parseArguments(args.replace(/\s*#.*/, "").trim().split(/\s+/), repository, repository), args).not.to.throw();
  });
});
