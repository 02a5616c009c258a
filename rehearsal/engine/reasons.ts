import type { Diagnostic } from "./events";
import type { CommandEnd } from "./runner";
import { nameOf } from "./state";

/** Why a run of the engine failed, each reason once. */
export function reasonsOf({ diagnostics, text }: CommandEnd): readonly string[] {
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(errorText);
  return [...new Set(errors.length > 0 ? errors : [text.trim()])];
}

// A cloud's own words seldom say which resource they are about.
function errorText({ message, urn }: Diagnostic): string {
  const text = withoutValue(message.trim());
  return urn === undefined || urn.includes("::pulumi:pulumi:Stack::") ? text : `${nameOf(urn)}: ${text}`;
}

// The engine prints all of a property's value before what is wrong with it; a chart's values fill screens.
function withoutValue(message: string): string {
  return message.replace(/(property \S+) value \{[^]*\} has a problem:/, "$1 has a problem:");
}
