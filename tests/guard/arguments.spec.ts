import { expect } from "chai";
import { parseArguments } from "../../guard/arguments";
import { usageRefusal } from "../support/usageRefusal";

const refusal = (...args: string[]): string => usageRefusal(() => parseArguments(args));

describe("the arguments of npm run guard", () => {
  it("ask the cloud and print for people, unless told otherwise", () => {
    expect(parseArguments(["--stack", "production"])).to.deep.equal({ stack: "production", json: false, cloud: true, command: [] });
    expect(parseArguments(["--stack=staging", "--json", "--no-cloud"])).to.deep.equal({ stack: "staging", json: true, cloud: false, command: [] });
  });

  it("leave everything after -- to the command", () => {
    const command = ["pulumi", "up", "--stack", "production", "--", "--json"];

    expect(parseArguments(["--stack", "production", "--", ...command])).to.include({ stack: "production", json: false }).and.to.deep.include({ command });
  });

  it("give help, whatever else is wrong", () => {
    expect(parseArguments(["--help"])).to.equal("help");
    expect(parseArguments(["--stak", "-h"])).to.equal("help");
  });

  it("are refused by what is wrong with them", () => {
    expect(refusal()).to.equal("--stack is missing; it names the stack to look at");
    expect(refusal("--stack", "a", "--stack", "b")).to.equal("--stack is given twice");
    expect(refusal("--stack", "a", "--")).to.equal("a command is missing after --");
    expect(refusal("--stack", "a", "--json", "--", "pulumi", "up")).to.match(/^--json prints the findings/);
    expect(refusal("--stak", "a")).to.match(/--stak/);
    expect(refusal("--stack", "a", "pulumi")).to.match(/pulumi/);
  });
});
