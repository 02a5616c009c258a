import { AssertionError } from "chai";

/** Fails once, with the promise that is broken and everything that breaks it. */
export function expectKept(promise: string, offenders: readonly string[]): void {
  if (offenders.length === 0) return;
  throw new AssertionError(`${promise}\nbroken by:\n${offenders.map((offender) => `  - ${offender}`).join("\n")}`);
}
