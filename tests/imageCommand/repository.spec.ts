import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { beforeEach } from "mocha";
import { readLine } from "../../images/line";
import { makeLock } from "../../images/makeLock";
import { Repository } from "../../images/repository";
import { temporaryFolder } from "../toolchain/temporaryFolder";
import { gitRepository, type GitRepository } from "./gitRepository";

async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "nothing was refused",
    (error: Error) => error.message,
  );
}

describe("a source of an image", () => {
  const temporary = temporaryFolder();
  let upstream: GitRepository;
  beforeEach(() => {
    fs.mkdirSync(temporary("upstream"));
    upstream = gitRepository(temporary("upstream"), { branch: "STABLE", files: { "version.php": "<?php\n$plugin->version = 2026010100; // A day.\n" }, tag: "v5.1.9" });
  });

  const source = () => new Repository("tool_one", upstream.folder);
  const wanted = (ref: string) => ({ name: "tool_one", repository: "https://git.example.edu/one.git", ref });

  it("is at the commit of the highest release, by number and not by letters, and not at one that is no release", async () => {
    const tenth = upstream.commit({ change: "1" });
    upstream.tag("v5.1.10", "annotated");
    upstream.commit({ change: "2" });
    for (const name of ["v5.1.11-rc1", "v5.2.0"]) upstream.tag(name);

    expect(await source().resolve(wanted("v5.1.*"))).to.deep.equal({ commit: tenth, version: "5.1.10" });
    expect(await refusal(source().resolve(wanted("v5.3.*")))).to.equal(`${upstream.folder} has no release v5.3.*`);
  });

  it("is at the end of a branch, with the version it gives itself", async () => {
    expect(await source().resolve(wanted("STABLE"))).to.deep.include({ version: "2026010100" });
    const next = upstream.commit({ "version.php": "<?php\n$plugin->version = 2;\n$plugin->release = 'two';\n" });

    expect(await source().resolve(wanted("STABLE"))).to.deep.equal({ commit: next, version: "two" });
    expect(await refusal(source().resolve(wanted("STABL")))).to.equal(`${upstream.folder} has no branch STABL`);
  });

  it("is checked out as the commit has it, whatever came later", async () => {
    const { commit } = await source().resolve(wanted("STABLE"));
    upstream.commit({ "later.php": "<?php\n" });
    await source().checkOut(commit, temporary("out"));

    expect(fs.readdirSync(temporary("out"))).to.deep.equal(["version.php"]);
    expect(await refusal(source().checkOut("0".repeat(40), temporary("none")))).to.match(/^git fetch .*upstream/);
  });

  it("is absent from the lock when it can't be resolved, and said to be; nothing takes its place", async () => {
    const nowhere = path.join(temporary(), "nowhere");
    const line = { ...readLine("5.1"), languages: ["de"] };
    const from = new Map(line.sources.map(({ name }) => [name, nowhere]));
    fs.mkdirSync(temporary("objectfs"));
    const { folder } = gitRepository(temporary("objectfs"), { branch: "MOODLE_404_STABLE", files: { "version.php": "<?php $plugin->version = 1;" } });
    const { lock, problems } = await makeLock(line, new Map([...from, ["tool_objectfs", folder], ["de", nowhere]]));

    expect(lock.sources.map(({ name, version }) => `${name} ${version}`)).to.deep.equal(["tool_objectfs 1"]);
    expect(lock.languages).to.deep.equal([]);
    expect(problems.map((problem) => problem.replace(/:.*/s, ""))).to.deep.equal(["moodle", "tool_forcedcache", "local_azureblobstorage", "language pack de"]);
  });

  it("is refused as a release that an image may not have", async () => {
    const line = { ...readLine("5.1"), line: "5.2", languages: [] };
    upstream.tag("v5.2.1");
    const sources = line.sources.filter(({ name }) => name === "moodle").map((one) => ({ ...one, ref: "v5.2.*" }));
    const { lock, problems } = await makeLock({ ...line, sources }, new Map([["moodle", upstream.folder]]));

    expect(lock.sources).to.deep.equal([]);
    expect(problems.join()).to.match(/^moodle: Moodle 5\.2\.1 is refused/);
  });
});
