import { expect } from "chai";
import * as path from "node:path";
import type { Filter, Message } from "./run/message";
import { jobsFor } from "./run/plan";
import { runJobs } from "./run/schedule";
import { selectionOf } from "./run/selection";
import { Report } from "./run/report";
import { repository, specsUnder, tierOf } from "./run/tiers";
import { Workers } from "./run/workers";

const everything: Filter = { pattern: "", invert: false };

async function outcomeOf(fixture: string, options: { filter?: Filter; silenceSeconds?: number } = {}): Promise<Message[]> {
  const messages: Message[] = [];
  const files = [path.join(__dirname, "fixtures", "specs", `${fixture}.ts`)];
  const work = { kind: "specs", files, timeoutSeconds: 5, filter: options.filter ?? everything } as const;
  await new Workers(options.silenceSeconds).run({ name: "fixture", work, after: [] }, (message) => messages.push(message));
  return messages;
}

const failures = (messages: Message[]) => messages.flatMap((message) => (message.kind === "failed" ? [message] : []));
const shortTitles = (messages: Message[]) => failures(messages).map(({ title }) => title.split(" › ").slice(1).join(" › ") || title);

describe("npm test", () => {
  it("counts as failed what fails, is skipped, is kept from running, or rejects unseen", async () => {
    const messages = await outcomeOf("outcomes");

    expect(shortTitles(messages).sort()).to.deep.equal([
      "a promise was rejected and nothing waited for it",
      'outcomes › behind a hook that fails › "before all" hook for "never runs"',
      "outcomes › behind a hook that fails › never runs",
      "outcomes › fails",
      "outcomes › is skipped",
      "outcomes › skips itself",
    ]);
    expect(messages.filter(({ kind }) => kind === "passed")).to.have.length(2);
  });

  it("shows what was expected and what came", async () => {
    const [failure] = failures(await outcomeOf("outcomes", { filter: { pattern: "fails$", invert: false } }));

    expect(failure?.detail).to.include("expected { list: [ 1, 2 ] } to deeply equal { list: [ 1, 3 ] }").and.to.include("outcomes.ts:5");
  });

  it("runs only what a pattern selects, and misses nothing else", async () => {
    const messages = await outcomeOf("outcomes", { filter: { pattern: "outcomes passes", invert: false } });

    expect(shortTitles(messages)).to.deep.equal([]);
    expect(messages.filter(({ kind }) => kind === "passed")).to.have.length(1);
  });

  for (const [fixture, title, detail] of [
    ["empty", "tests/support/fixtures/specs/empty.ts", "the file holds no test"],
    ["only", "the run itself", "`.only` forbidden"],
    ["leaving", "something was left open after the last test", "TCPServerWrap"],
    ["exiting", "fixture ended early", "takes the others with it"],
    ["absent", "the run itself", "absent.ts"],
  ] as const) {
    it(`fails for a spec file that is ${fixture}`, async () => {
      const found = failures(await outcomeOf(fixture));

      expect(found.map((failure) => failure.title)).to.deep.equal([title]);
      expect(found[0]?.detail).to.include(detail);
    });
  }

  it("ends a test that hangs, and says which", async () => {
    const found = failures(await outcomeOf("blocking", { silenceSeconds: 3 }));

    expect(found.map(({ title }) => title)).to.deep.equal(["fixture hung"]);
    expect(found[0]?.detail).to.include("blocks the process");
  });

  it("takes files, folders and patterns, and refuses what it does not know", () => {
    const folder = path.join(__dirname);

    expect(selectionOf([folder]).files).to.deep.equal(specsUnder(folder));
    expect(selectionOf([__filename, "--grep", "a.c"])).to.deep.include({ files: [__filename], withChecks: false, everyTest: true });
    expect(selectionOf([__filename], folder).files, "a place that is named, in a tier on request").to.deep.equal([__filename]);
    expect(selectionOf([], folder)).to.deep.include({ files: specsUnder(folder), withChecks: false });
    expect(selectionOf(["--fgrep", "a.c"]).filter).to.deep.equal({ pattern: "a\\.c", invert: false });
    expect(selectionOf([])).to.deep.include({ withChecks: true, everyTest: false, lanes: 2 });
    expect(() => selectionOf(["--gerp", "x"])).to.throw("usage: npm test");
    expect(() => selectionOf(["--lanes", "none"])).to.throw("a whole number");
    expect(() => selectionOf([path.join(__dirname, "nowhere")])).to.throw("no such file or folder");
    expect(() => selectionOf([path.join(__dirname, "fixtures", "specs")])).to.throw("no spec file");
  });

  it("puts every spec file into one job, the checks and cheap tiers first", () => {
    const selection = selectionOf([]);
    const jobs = jobsFor(selection);

    const files = jobs.flatMap(({ work }) => (work.kind === "specs" ? work.files : []));
    expect([...files].sort()).to.deep.equal([...selection.files].sort());
    expect(jobs.slice(0, 3).map(({ name }) => name)).to.deep.equal(["types", "pure", "lint"]);
    expect(tierOf("/elsewhere/tests/graph/x.spec.ts").name, "a file outside the repository").to.equal("pure");
  });

  it("leaves out what runs on request alone, unless somebody names it", () => {
    const [onRequest = ""] = specsUnder(path.join(repository, "tests/moodle"));

    expect(selectionOf([]).files).not.to.include(onRequest);
    expect(selectionOf(["--fgrep", "Moodle"]).files).not.to.include(onRequest);
    const { files } = selectionOf([onRequest]);
    expect(files).to.deep.equal([onRequest]);
    expect(jobsFor(selectionOf([onRequest])).find(({ name }) => name === "moodle")?.longestSeconds).to.be.above(1800);
  });

  it("says which tests this machine can't run, and fails for them in CI", async () => {
    const outcome = async (ci: string): Promise<Message[]> => {
      const messages: Message[] = [];
      const before = process.env.CI;
      process.env.CI = ci;
      const work = { kind: "notRun", title: "tests of the image", obstacle: "it needs root" } as const;
      await new Workers().run({ name: "image", work, after: [] }, (message) => messages.push(message));
      if (before === undefined) delete process.env.CI;
      else process.env.CI = before;
      return messages.filter(({ kind }) => kind === "notRun" || kind === "failed");
    };
    const lines: string[] = [];
    const report = new Report(false, (line) => lines.push(line));
    (await outcome("")).forEach((message) => report.take("0 image", message));
    report.take("1 pure", { kind: "passed", title: "another", milliseconds: 1 });
    report.close();

    expect(lines.at(-1)).to.equal("1 passed, 0 failed");
    expect(lines.filter((line) => line.trim() === "NOT RUN: tests of the image: it needs root"), lines.join("\n")).to.have.length(2);
    expect(await outcome("true")).to.deep.equal([{ kind: "failed", title: "tests of the image", detail: "it needs root" }]);
  });

  it("fails when nothing at all was run, and ends with the line that programs read", async () => {
    const lines: string[] = [];
    const report = new Report(false, (line) => lines.push(line));
    await runJobs([], 2, new Workers(), report);
    report.close();

    expect(lines.at(-1)).to.equal("0 passed, 1 failed");
  });
});
