import type { Problem } from "./problem";
import { clearTextSettings } from "./rules/clearText";
import { combinations } from "./rules/combinations";
import { consents } from "./rules/consents";
import { examples } from "./rules/examples";
import { mailRules } from "./rules/mail";
import { restoring } from "./rules/restoring";
import type { Facts, Rule } from "./rules/rule";
import { sizes } from "./rules/sizes";

/** Rules across keys. Rules of one key stand in its declaration. */
const rules: readonly Rule[] = [...examples, ...combinations, ...sizes, ...mailRules, ...restoring, ...clearTextSettings, ...consents];

/** @returns the problems the rules find that have all the facts they ask for. */
export function ruleProblems(facts: Partial<Facts>): Problem[] {
  return rules.flatMap((rule) => rule(facts));
}
