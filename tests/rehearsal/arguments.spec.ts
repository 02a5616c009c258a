import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { parseArguments } from "../../rehearsal/arguments";
import { usageRefusal } from "../support/usageRefusal";
import { temporaryFolder } from "../toolchain/temporaryFolder";

const repository = path.join(__dirname, "..", "..");

describe("the arguments of npm run rehearse", () => {
  const at = temporaryFolder();
  const parse = (...args: string[]) => parseArguments(args, at(), repository);

  const refusal = (...args: string[]): string => usageRefusal(() => parse(...args));

  it("default to an update of production, with the page in the current folder", () => {
    expect(parse()).to.deep.equal({
      command: "up",
      stackFile: path.join(repository, "Pulumi.production.yaml"),
      stack: "production",
      html: at("rehearsal.html"),
      json: undefined,
      keep: undefined,
      faults: undefined,
      seed: undefined,
      of: undefined,
      real: undefined,
    });
  });

  it("take a cloud's example instead of a stack, and name the clouds that have one", () => {
    for (const cloud of ["aws", "azure", "gcp", "existing"]) {
      expect(parse("--cloud", cloud)).to.include({ stack: `${cloud}-objectfs`, stackFile: path.join(repository, `tests/stacks/${cloud}-objectfs.yaml`) });
    }
    expect(parse("--stack", "azure-block")).to.include({ stack: "azure-block", stackFile: path.join(repository, "tests/stacks/azure-block.yaml") });
    expect(refusal("--cloud", "azur")).to.include("--cloud azur: no such cloud; did you mean azure?");
    expect(refusal("--cloud", "mainframe")).to.include("it is one of aws, azure, existing, gcp");
    expect(refusal("--cloud", "gcp", "--stack", "staging")).to.include("--cloud and --stack: only one of them");
  });

  it("take a command, a committed stack and files, by space or by =", () => {
    fs.writeFileSync(at("faults.json"), "[]");

    expect(parse("destroy", "--stack", "staging", "--json=out.json", "--keep", "kept", "--faults", "faults.json")).to.include({
      command: "destroy",
      stackFile: path.join(repository, "Pulumi.staging.yaml"),
      stack: "staging",
      json: at("out.json"),
      keep: at("kept"),
      faults: at("faults.json"),
    });
  });

  it("take a stack file of the person's own, whose name becomes the stack's", () => {
    fs.writeFileSync(at("Pulumi.faculty of arts.yaml"), "");

    expect(parse("--stack", "Pulumi.faculty of arts.yaml")).to.include({
      stackFile: at("Pulumi.faculty of arts.yaml"),
      stack: "faculty-of-arts",
    });
  });

  it("may ask for help, whatever else they say", () => {
    expect(parse("--help")).to.equal("help");
    expect(parse("dwstroy", "-h")).to.equal("help");
  });

  it("are refused all at once, each with what is wrong", () => {
    expect(refusal("destory", "more", "--stak", "--json", "none/out.json", "--faults", "gone.json").split("\n")).to.deep.equal([
      "unknown option --stak; did you mean --stack?",
      "unknown command destory; did you mean destroy?",
      "unexpected more",
      `--json ${at("none", "out.json")}: there is no folder ${at("none")}`,
      `--faults ${at("gone.json")}: there is no such file`,
    ]);
  });

  it("choose faults by a file or by a whole number, not by both", () => {
    fs.writeFileSync(at("faults.json"), "[]");

    expect(parse("--seed", "7")).to.include({ seed: "7" });
    expect(refusal("--seed", "lucky")).to.equal("--seed lucky: is not a whole number");
    expect(refusal("--seed", "7", "--faults", "faults.json")).to.equal("--seed and --faults: only one of them can choose the faults");
  });

  it("choose an accident to recover from, and nothing beside it", () => {
    expect(parse("recover", "--of", "dead-provider")).to.include({ command: "recover", of: "dead-provider" });
    expect(refusal("recover", "--of", "dead-provder")).to.equal("--of dead-provder: no such accident; did you mean dead-provider?");
    expect(refusal("recover", "--of", "fire")).to.match(/^--of fire: no such accident; it is one of killed-cli, .*release-not-ready$/);
    expect(refusal("up", "--of", "killed-cli")).to.equal("--of: only recover has an accident");
    expect(refusal("recover", "--seed", "1")).to.equal("--seed: recover has its own story; only up and destroy take one");
    fs.writeFileSync(at("faults.json"), "[]");
    expect(refusal("recover", "--faults", "faults.json")).to.equal("--faults: the accident is the fault; choose one with --of");
  });

  it("take a real cluster: one that is made, for the example whose servers are pods, or one of the person's own, for a stack file of theirs", () => {
    for (const name of ["kubeconfig", "Pulumi.mine.yaml"]) fs.writeFileSync(at(name), "");

    expect(parse("--cloud", "existing", "--real")).to.deep.include({ command: "up", stackFile: path.join(repository, "tests/stacks/existing-shared.yaml"), real: { kubeconfig: undefined } });
    expect(parse("destroy", "--real", "--stack", "Pulumi.mine.yaml", "--kubeconfig", "kubeconfig")).to.deep.include({ command: "destroy", stack: "mine", real: { kubeconfig: at("kubeconfig") } });
  });

  it("are refused for what a real cluster can't do, by its name", () => {
    fs.writeFileSync(at("faults.json"), "[]");
    fs.writeFileSync(at("mine.yaml"), "");
    const real = (...args: string[]) => refusal("--real", "--cloud", "existing", ...args);

    for (const cloud of ["aws", "azure", "gcp"]) expect(refusal("--real", "--cloud", cloud)).to.equal(`--real: ${cloud} is simulated alone; only existing runs on a real cluster`);
    expect(refusal("--real")).to.equal("--real: takes --cloud existing, or a stack file of yours by --stack with --kubeconfig");
    for (const command of ["drift", "recover", "restore"]) expect(real(command)).to.equal(`--real: ${command} reaches into a simulated cloud; only up and destroy run on a real cluster`);
    expect(real("--faults", "faults.json")).to.equal("--faults: nothing is injected into a real cluster; --real takes no faults");
    expect(real("--seed", "3")).to.equal("--seed: nothing is injected into a real cluster; --real takes no faults");
    expect(real("--kubeconfig", "gone")).to.equal(`--kubeconfig ${at("gone")}: there is no such file`);
    expect(refusal("--real", "--stack", "mine.yaml")).to.equal("--stack: the cluster that --real makes is for the example, --cloud existing; a stack file of yours goes with --kubeconfig");
    expect(refusal("--cloud", "existing", "--kubeconfig", "mine.yaml")).to.equal("--kubeconfig: only --real reaches a cluster");
    expect(refusal("--real=yes")).to.equal("--real takes no value");
  });

  it("are refused for a value that is missing, given twice or names nothing", () => {
    expect(refusal("--json")).to.equal("--json needs a value");
    expect(refusal("--html", "--json", "a")).to.equal("--html needs a value");
    expect(refusal("--html=")).to.equal("--html needs a value");
    expect(refusal("--stack", "staging", "--stack", "production")).to.equal("--stack is given twice");
    expect(refusal("--stack", "prod")).to.equal("--stack prod: neither a committed stack (production, staging, or one of tests/stacks) nor a file");
  });

  it("are refused, before any work, for a place that can't be written", () => {
    fs.mkdirSync(at("folder"));
    fs.writeFileSync(at("file"), "");
    const tooLong = "x".repeat(300);

    expect(refusal("--json", "folder")).to.equal(`--json ${at("folder")}: is not a file`);
    expect(refusal("--faults", "folder")).to.equal(`--faults ${at("folder")}: is not a file`);
    expect(refusal("--keep", "file")).to.equal(`--keep ${at("file")}: is not a folder`);
    expect(refusal("--keep", "file/kept/here")).to.equal(`--keep ${at("file/kept/here")}: ${at("file")} is not a folder`);
    expect(refusal("--json", tooLong)).to.equal(`--json ${at(tooLong)}: can't be written (ENAMETOOLONG); name another file`);
  });

  it("leave no trace of the places they have tried", () => {
    fs.writeFileSync(at("old.html"), "old");
    parse("--json", "new.json", "--html", "old.html");

    expect(fs.readdirSync(at())).to.deep.equal(["old.html"]);
    expect(fs.readFileSync(at("old.html"), "utf8")).to.equal("old");
  });

  it("name a stack with no more characters than the engine allows", () => {
    fs.writeFileSync(at(`${"x".repeat(150)}.yaml`), "");

    expect(parse("--stack", `${"x".repeat(150)}.yaml`)).to.include({ stack: "x".repeat(100) });
  });

  it("are refused for a folder to keep that holds something", () => {
    fs.mkdirSync(at("kept"));
    fs.writeFileSync(at("kept", "thesis.txt"), "mine");

    expect(refusal("--keep", "kept")).to.equal(`--keep ${at("kept")}: is not empty; name a new folder`);
  });
});
