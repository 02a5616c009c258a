import { expect } from "chai";
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { expectKept } from "./support/graph/promise";

const repository = path.resolve(__dirname, "..");
const notOurs = new Set(["node_modules", ".git"]);

/** Words that belong to one cloud. `s3` is not among them: it names a protocol that several clouds speak. */
const cloudWords = new Set(
  "aws amazon eks rds elasticache efs ebs azure microsoft aks entra gcp google gke cloudsql memorystore filestore".split(" "),
);

/** Where a cloud may be named: the adapters, the rules and rehearsals of each, and what speaks of them to people or tests them. */
const cloudFolders = ["providers/", "policy/rules/", "rehearsal/", "tests/", "bench/", "docs/"];
const cloudFiles: Record<string, string> = {
  "eslint.config.mjs": "draws the borders between clouds, so it must name them",
};

const longestFile = 300;
const longFiles: Record<string, string> = {
  "components/moodle/values.ts": "generated from the chart's schema",
  "images/moodle/rootfs/opt/moodle/lib/generated/contract.php": "generated from the image's contract",
};

/** What git would track, whether or not it does yet. */
function filesUnder(folder: string): string[] {
  return fs.readdirSync(path.join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name)) return [];
    const name = path.posix.join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(name) : [name];
  });
}

const files = filesUnder("");
const text = (file: string): string => fs.readFileSync(path.join(repository, file), "utf8");
const isCode = (file: string): boolean => /\.(ts|cts|mjs|cjs|js)$/.test(file);

/** Packages of other people that carry a cloud's name and serve all. */
function withoutPackages(line: string): string {
  return line.replaceAll("google-protobuf/google/protobuf", "");
}

/** The words of a text, identifiers taken apart: `awsProvider` has two. */
function wordsOf(line: string): string[] {
  return (line.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? []).map((word) => word.toLowerCase());
}

function linesWith(file: string, wanted: (line: string) => string | undefined): string[] {
  return text(file)
    .split("\n")
    .flatMap((line, index) => {
      const found = wanted(line);
      return found === undefined ? [] : [`${file}:${index + 1}: ${found}`];
    });
}

describe("the architecture", () => {
  it("names a cloud only in that cloud's folder", () => {
    const watched = files.filter(
      (file) => (isCode(file) || file.startsWith("charts/")) && cloudFiles[file] === undefined && !cloudFolders.some((folder) => file.startsWith(folder)),
    );
    expect(watched, "the files to look at").to.not.have.length(0);

    expectKept(
      "The same program serves every cloud: their names appear under providers/, policy/rules/ and rehearsal/ alone.",
      watched.flatMap((file) => linesWith(file, (line) => wordsOf(withoutPackages(line)).find((word) => cloudWords.has(word)))),
    );
  });

  it("finds a cloud's name inside identifiers, and not inside other words", () => {
    const cloudsIn = (line: string) => wordsOf(line).filter((word) => cloudWords.has(word));

    expect(cloudsIn("const awsProvider = EKSCluster + onGke + AZURE_REGION + 'aws:region'")).to.deep.equal(["aws", "eks", "gke", "azure", "aws"]);
    expect(cloudsIn("laws, jaws, seeks, weeks, records, webs, tasks, makes")).to.deep.equal([]);
  });

  it("keeps files short, or says why one is long", () => {
    const long = files
      .filter((file) => isCode(file) || file.endsWith(".php"))
      .map((file) => ({ file, lines: text(file).split("\n").length - 1 }))
      .filter(({ lines }) => lines > longestFile);

    expectKept(
      `A file past ${longestFile} lines holds a second idea: take it out, or give the reason in this test.`,
      long.filter(({ file }) => longFiles[file] === undefined).map(({ file, lines }) => `${file}: ${lines} lines`),
    );
    expect(
      Object.keys(longFiles).filter((file) => !long.some((found) => found.file === file)),
      "exceptions that no file needs any more",
    ).to.deep.equal([]);
  });

  it("says nothing about the machine it was written on", () => {
    // The pattern is put together so that this file does not match itself.
    const personal = new RegExp(`(?<![\\w.$}])/(${["home", "root", "Users", "work", "workspace"].join("|")})/[\\w.-]+`);
    const readable = files.filter((file) => /\.(ts|cts|mjs|cjs|js|json|ya?ml|md|tpl|php|sh|html|css)$/.test(file) || file.startsWith(".ci/"));

    expectKept(
      "Files speak of the product, not of one person's machine.",
      readable.flatMap((file) => linesWith(file, (line) => personal.exec(line)?.[0])),
    );
  });

  it("takes every package from the public registry", () => {
    const lock = JSON.parse(text("package-lock.json")) as { packages: Record<string, { resolved?: string }> };
    const elsewhere = Object.entries(lock.packages).filter(
      ([, { resolved }]) => resolved !== undefined && !resolved.startsWith("https://registry.npmjs.org/"),
    );

    expectKept("Anyone can install the packages.", elsewhere.map(([name, { resolved }]) => `${name}: ${resolved}`));
  });

  it("keeps every command its pages promise", () => {
    const { scripts } = JSON.parse(text("package.json")) as { scripts: Record<string, string> };
    const pages = files.filter((file) => file.endsWith(".md"));
    expect(pages, "pages").to.include("README.md");

    const promised = pages.flatMap((file) =>
      [...text(file).matchAll(/\bnpm (?:run ([\w:-]+)|(test|start)\b)/g)].map((match) => ({ file, name: match[1] ?? match[2] ?? "" })),
    );
    expect(promised.map(({ name }) => name), "commands on the first page").to.include.members(["rehearse", "test"]);
    expectKept(
      "A command that a page names exists.",
      promised.filter(({ name }) => scripts[name] === undefined).map(({ file, name }) => `${file}: npm run ${name}`),
    );
  });

  it("starts every script from a file that is there", () => {
    const { scripts } = JSON.parse(text("package.json")) as { scripts: Record<string, string> };
    const missing = Object.entries(scripts).filter(([, line]) => (line.match(/[\w/.-]+\.(ts|mjs)/g) ?? []).some((file) => !files.includes(file)));

    expectKept("Every script of package.json can start.", missing.map(([name, line]) => `${name}: ${line}`));
  });

  it("declares no typed config in Pulumi.yaml, where the CLI would judge it before the program can", () => {
    const project = parse(text("Pulumi.yaml")) as Record<string, unknown> & { main: string };

    expect(project).to.not.have.property("config");
    expect(fs.existsSync(path.join(repository, project.main, "node_modules")), "packages beside the entry, whose plugins the CLI would then ask for").to.equal(false);
  });
});
