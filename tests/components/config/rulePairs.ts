import { expect } from "chai";
import { ConfigError } from "../../../components/config/configError";
import type { Problem } from "../../../components/config/problem";
import { aStack } from "../../support/builders";
import { loadStack, type StackConfig } from "../../support/stackConfig";

/** A rule across keys, once kept and once violated. */
export interface Pair {
  readonly rule: string;
  readonly kept: StackConfig;
  readonly violated: StackConfig;
  /** All that is said about the violation. */
  readonly problems: readonly Problem[];
}

export function itHolds(pairs: readonly Pair[]): void {
  for (const { rule, kept, violated, problems } of pairs) {
    it(`${rule}: is silent while it is kept`, () => {
      expect(problemsOf(kept)).to.deep.equal([]);
    });

    it(`${rule}: says so when it is violated`, () => {
      expect(problemsOf(violated)).to.deep.equal(problems);
    });
  }
}

/** What is wrong with the least stack file after these changes. */
export function problemsOf(overrides: StackConfig): readonly Problem[] {
  try {
    loadStack(aStack(overrides));
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}
