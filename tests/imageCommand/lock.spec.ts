import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { parseLine, readLine, type Line } from "../../images/line";
import { lockPath, lockText, problemsOf, readLock, refusal, tagOf, type Lock } from "../../images/lock";
import { temporaryFolder } from "../toolchain/temporaryFolder";

const commit = "0123456789abcdef0123456789abcdef01234567";
const moodle = { name: "moodle", repository: "https://git.example.edu/moodle.git", ref: "v5.2.*" };
const plugin = { name: "tool_one", repository: "https://git.example.edu/one.git", ref: "STABLE" };

const line: Line = { line: "5.2", base: "debian", sources: [moodle, plugin], languages: ["de"] };

function aLock({ version = "5.2.3" } = {}): Lock {
  return {
    sources: [{ ...moodle, version, commit }, { ...plugin, version: "1", commit }],
    languages: [{ name: "de", url: "https://packs.example.edu/de.zip", sha256: "0".repeat(64) }],
  };
}

describe("the lock of an image", () => {
  const temporary = temporaryFolder();

  it("lets an image be built when it has all that is wanted, and nothing else", () => {
    expect(problemsOf(line, aLock())).to.deep.equal([]);
  });

  it("stops a build by the name of what is absent, is locked to something else, or nobody wants", () => {
    const { sources, languages } = aLock();

    expect(problemsOf(line, { sources: sources.slice(1), languages: [] })).to.deep.equal([
      "moodle (v5.2.* of https://git.example.edu/moodle.git) is absent from the lock",
      "the language pack de is absent from the lock",
    ]);
    expect(problemsOf({ ...line, sources: [moodle, { ...plugin, ref: "NEXT" }] }, aLock())).to.deep.equal([
      "tool_one is locked to STABLE of https://git.example.edu/one.git, and NEXT of https://git.example.edu/one.git is wanted",
    ]);
    expect(problemsOf({ ...line, sources: [moodle] }, { sources, languages })).to.deep.equal(["tool_one is in the lock, and nobody wants it"]);
  });

  it("refuses the releases that fail with an object store, and one of another line", () => {
    for (const version of ["5.2.0", "5.2.1"]) {
      expect(problemsOf(line, aLock({ version })).join("\n"), version).to.match(new RegExp(`^Moodle ${version} is refused: it fails on every request with files in an object store; .*5\\.2\\.2 and later`));
    }
    expect(refusal("5.2", "5.2.2")).to.deep.equal([]);
    expect(refusal("5.1", "5.2.2")).to.deep.equal(["Moodle 5.2.2 is not of the line 5.1"]);
  });

  it("reads back what it wrote, and refuses what is no lock", () => {
    const file = temporary("5.2.json");
    expect(() => readLock(file)).to.throw("`npm run image -- lock` writes it");

    fs.writeFileSync(file, lockText(aLock()));
    expect(readLock(file)).to.deep.equal(aLock());

    fs.writeFileSync(file, lockText(aLock()).replace(commit, "main"));
    expect(() => readLock(file)).to.throw(/must be a full commit/);
  });

  it("gives every other content another tag, and the same content the same", () => {
    const other = aLock();
    other.sources[1] = { ...plugin, version: "1", commit: commit.replace("0", "f") };

    expect(tagOf(aLock())).to.match(/^5\.2\.3-[0-9a-f]{8}$/).and.to.equal(tagOf(aLock()));
    expect(tagOf(other)).to.not.equal(tagOf(aLock()));
  });

  it("is there for every line that somebody wrote down, and lacks only what could not be resolved", () => {
    const lines = fs.readdirSync(path.join(__dirname, "../../images/moodle/lines")).map((file) => path.basename(file, ".json"));
    expect(lines).to.include("5.1");

    for (const name of lines) {
      const problems = problemsOf(readLine(name), readLock(lockPath(name)));
      expect(problems.filter((problem) => !problem.endsWith("is absent from the lock")), `images/moodle/lock/${name}.json`).to.deep.equal([]);
    }
  });
});

describe("what a line of images wants", () => {
  const text = (change: (wanted: { sources: object[]; languages: unknown[] }) => void): string => {
    const wanted = { sources: [{ ...moodle }, { ...plugin }], languages: ["de"] };
    change(wanted);
    return JSON.stringify(wanted);
  };

  it("is built on the Debian whose PHP the line runs on", () => {
    expect(parseLine("4.5", text(() => undefined)).base).to.equal("docker.io/library/debian:bookworm-slim");
    expect(parseLine("5.2", text(() => undefined)).base).to.equal("docker.io/library/debian:trixie-slim");
  });

  it("is refused with every problem", () => {
    const wrong = text((wanted) => {
      wanted.sources = [{ ...plugin, repository: "git@example.edu:one.git" }, { ...plugin, name: "one" }];
      wanted.languages = ["../de"];
    });

    for (const problem of ["must be an https address", 'must be "moodle" or a plugin\'s full name', "must be names of language packs"]) {
      expect(() => parseLine("5.2", wrong)).to.throw(problem);
    }
    expect(() => parseLine("5.2", text((wanted) => wanted.sources.shift()))).to.throw('must have one named "moodle"');
    expect(() => parseLine("5.2", text((wanted) => wanted.sources.push(plugin)))).to.throw("must name each source once");
    expect(() => parseLine("3.9", text(() => undefined))).to.throw("Nothing is known of Moodle 3.9");
    expect(() => readLine("3.9")).to.throw("There is no line 3.9; there are 4.5, 5.1");
  });
});
