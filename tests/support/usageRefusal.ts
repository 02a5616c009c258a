import { expect } from "chai";
import { UsageError } from "../../toolchain/commandLine";

/** What a person is told whose command line is refused. @throws where it is not */
export function usageRefusal(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    expect(error).to.be.instanceOf(UsageError);
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}
