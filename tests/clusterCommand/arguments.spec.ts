import { expect } from "chai";
import { parseArguments } from "../../cluster/arguments";
import { usageRefusal } from "../support/usageRefusal";

const refusal = (...args: string[]): string => usageRefusal(() => parseArguments(args));

describe("the arguments of npm run cluster", () => {
  it("mean one cluster, made with whatever is at hand, unless they say otherwise", () => {
    expect(parseArguments(["up"])).to.deep.equal({ command: "up", name: "moodle", way: undefined, json: false });
    expect(parseArguments(["up", "--name", "second", "--with=packages", "--json"])).to.deep.equal({ command: "up", name: "second", way: "packages", json: true });
  });

  it("give help, whatever else is wrong", () => {
    expect(parseArguments(["upp", "--help"])).to.equal("help");
    expect(parseArguments(["-h"])).to.equal("help");
  });

  it("are refused for every reason there is", () => {
    expect(refusal()).to.equal("a command is missing: one of up, down, status, kubeconfig");
    expect(refusal("start", "again", "--with", "minikube", "--name", "A").split("\n")).to.deep.equal([
      "start is no command: one of up, down, status, kubeconfig is",
      "one command at a time, and not also again",
      "--name A: lower-case letters, digits and inner hyphens are allowed, 30 at the most, a letter first",
      "--with minikube: one of kind, packages is allowed",
    ]);
    expect(refusal("down", "--with", "kind")).to.equal("--with says nothing to down");
    expect(refusal("kubeconfig", "--json")).to.include("--json says nothing to kubeconfig");
    expect(refusal("up", "--naem", "x")).to.include("--naem");
  });

  it("take every name that a node can have, and no other", () => {
    for (const name of ["a", "a-1", "a".repeat(30)]) expect(parseArguments(["up", "--name", name])).to.include({ name });
    for (const name of ["", "1a", "a-", "a_b", "../a", "a".repeat(31)]) expect(refusal("up", "--name", name)).to.include("--name");
  });
});
