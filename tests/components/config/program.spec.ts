import * as path from "node:path";
import { expect } from "chai";
import { badStacks } from "../../support/badStacks";
import { refusalOf } from "../../support/refusedProgram";
import { readStack } from "../../support/stackConfig";

const shown = [
  "01-group-misspelt",
  "16-cloud-misspelt",
  "62-password-in-clear-text",
  "64-password-encrypted-in-its-group",
  "65-password-under-another-name",
  "77-consent-expired",
  "90-several-at-once",
  "91-empty",
];

// The unmodified program against a monitor that records. The other files are loaded by the same steps, in badStacks.spec.ts.
describe("the program, given a stack file with mistakes", () => {
  const stacks = badStacks().filter(({ file }) => shown.includes(path.basename(file, ".yaml")));

  it("is tried with each of the files named here", () => {
    expect(stacks).to.have.length(shown.length);
  });

  for (const { file, message } of stacks) {
    it(`says what is wrong with ${path.basename(file, ".yaml")}, without a stack trace, and registers nothing`, async () => {
      const { graph, text } = await refusalOf(readStack(file));

      const errors = graph.diagnostics.filter(({ severity }) => severity === "error");
      expect(errors.map((line) => line.message.trim())).to.deep.equal([withToday(message)]);
      expect(text, "a stack trace").not.to.match(/\n\s+at .+:\d+/);
      expect(graph.resources.filter(({ custom }) => custom)).to.deep.equal([]);
      expect(graph.resources.length, "more than the stack itself").to.be.at.most(1);
    });
  }
});

/** The program asks the clock, the tests of the config a day of theirs. */
function withToday(message: string): string {
  return message.replace(/today is \S+/, `today is ${new Date().toISOString().slice(0, 10)}`);
}
