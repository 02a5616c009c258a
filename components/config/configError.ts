import { RunError } from "@pulumi/pulumi";
import type { Problem } from "./problem";

/** Everything wrong with a stack's config, thrown once. Pulumi prints the message without a stack trace. */
export class ConfigError extends RunError {
  constructor(readonly problems: readonly Problem[]) {
    super(describe(problems));
    this.name = "ConfigError";
  }
}

function describe(problems: readonly Problem[]): string {
  const heading =
    problems.length === 1
      ? "The stack's config has a problem. Nothing was changed."
      : `The stack's config has ${problems.length} problems. Nothing was changed.`;
  return [heading, ...problems.map(({ key, message, remedy }) => `\n  ${key}: ${message}\n    ${remedy}`)].join("\n");
}
