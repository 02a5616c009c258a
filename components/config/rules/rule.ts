import type { Problem } from "../problem";
import type { PlatformConfig } from "../schema";

/** What rules may ask: the config, and today as `2026-12-01`. */
export interface Facts extends PlatformConfig {
  readonly today: string;
}

/** Finds what is wrong with keys that are each allowed by themselves. Silent while a fact it needs is missing. */
export type Rule = (facts: Partial<Facts>) => readonly Problem[];

/**
 * @param needs the groups that must be without fault before the rule can be asked.
 * @param find the rule.
 */
export function rule<Needs extends keyof Facts>(
  needs: readonly Needs[],
  find: (facts: Pick<Facts, Needs>) => readonly Problem[],
): Rule {
  return (facts) => (isComplete(facts, needs) ? find(facts) : []);
}

function isComplete<Needs extends keyof Facts>(facts: Partial<Facts>, needs: readonly Needs[]): facts is Pick<Facts, Needs> {
  return needs.every((name) => name in facts);
}
