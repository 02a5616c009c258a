import { expect } from "chai";
import { parseArguments } from "../../images/arguments";
import { defaultLine } from "../../images/line";
import { usageRefusal } from "../support/usageRefusal";

const refusal = (...args: string[]): string => usageRefusal(() => parseArguments(args));

describe("the arguments of npm run image", () => {
  it("mean the default line, unless another is named", () => {
    expect(parseArguments(["lock"])).to.deep.equal({ command: "lock", line: defaultLine, json: false, from: new Map() });
    expect(parseArguments(["build", "--line", "4.5", "--json", "--base", "mirror.example.edu/debian"])).to.deep.equal({
      ...{ command: "build", line: "4.5", json: true, from: new Map() },
      ...{ base: "mirror.example.edu/debian", context: undefined },
    });
  });

  it("name a place for each source that is not taken from its repository", () => {
    const request = parseArguments(["lock", "--from", "moodle=../moodle.git", "--from=tool_objectfs=a=b"]);

    expect(request).to.have.property("from").that.deep.equals(new Map([["moodle", "../moodle.git"], ["tool_objectfs", "a=b"]]));
  });

  it("say where to publish", () => {
    expect(parseArguments(["publish", "--stack", "production"])).to.deep.include({ to: { stack: "production" } });
    expect(parseArguments(["publish", "--to", "oci:folder"])).to.deep.include({ to: { place: "oci:folder" } });
  });

  it("give help, whatever else is wrong", () => {
    expect(parseArguments(["--help"])).to.equal("help");
    expect(parseArguments(["lok", "-h"])).to.equal("help");
  });

  it("are refused by what is wrong with them", () => {
    expect(refusal()).to.equal("a command is missing: one of lock, build, publish");
    expect(refusal("lok")).to.equal("lok is no command: one of lock, build, publish is");
    expect(refusal("lock", "build")).to.equal("one command at a time, and not also build");
    expect(refusal("lock", "--stack", "a", "--to", "b")).to.equal("--stack says nothing to lock\n--to says nothing to lock");
    expect(refusal("publish")).to.equal("publish needs either --stack or --to, which say where to");
    expect(refusal("publish", "--stack", "a", "--to", "b")).to.equal("publish needs either --stack or --to, which say where to");
    expect(refusal("build", "--from", "moodle")).to.match(/^--from moodle: a name and a place are needed/);
    expect(refusal("build", "--bass", "x")).to.match(/--bass/);
  });
});
