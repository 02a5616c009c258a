import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { ConfigError } from "../../../components/config/configError";
import { badStacks, writeExpected } from "../../support/badStacks";
import { marksOfEditor } from "../../support/editor";
import { loadStack, readStack, secretTexts } from "../../support/stackConfig";

// Each file of tests/bad-stacks says in its comment what a person is told. UPDATE_GOLDEN=1 writes the comments anew; read
// them as somebody who has never seen this project.
describe("a stack file with mistakes", () => {
  const update = process.env.UPDATE_GOLDEN === "1";
  const stacks = badStacks();

  it("is here in at least forty ways", () => {
    expect(stacks.length).to.be.at.least(40);
  });

  for (const stack of stacks) {
    it(`${path.basename(stack.file, ".yaml")} gets the message it names, and the editor ${stack.editor} it`, () => {
      const config = readStack(stack.file);
      const { message, problems } = refusal(() => loadStack(config));
      const editor = marksOfEditor(stack.file).length > 0 ? "refuses" : "accepts";
      if (update) writeExpected({ file: stack.file, editor, message });

      const expected = update ? { editor, message } : { editor: stack.editor, message: stack.message };
      expect({ editor, message }).to.deep.equal(expected, "the message changed: read it, then UPDATE_GOLDEN=1");
      const keys = problems.map(({ key }) => key);
      expect(keys, "a key is named twice").to.deep.equal([...new Set(keys)]);
      for (const secret of [...secretTexts(config), plantedSecret]) {
        if (secret !== "") expect(message, "a secret is printed").not.to.include(secret);
      }
    });
  }

  it("plants its secret in ten of them, so that the search for it can fail", () => {
    const planted = stacks.filter(({ file }) => fs.readFileSync(path.resolve(__dirname, "../../..", file), "utf8").includes(plantedSecret));
    expect(planted.length).to.be.at.least(10);
  });
});

/** The password that stands in clear text or encrypted in some of the files. */
const plantedSecret = "Winter-2026-in-Turku";

function refusal(load: () => unknown): ConfigError {
  try {
    load();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("the stack file was accepted");
}
