import { expect } from "chai";
import type { CommandResult } from "../../../toolchain/command";

/** Fails with what a command printed, where it did. */
export function expectDone({ code, stdout, stderr }: CommandResult): void {
  expect(code, `${stdout}${stderr}`).to.equal(0);
}
