import { DEFAULTS, seededHex, wasAutoNamed } from "../../provider/autoName";
import type { Context } from "../../provider/behaviour";
import type { CheckRequest } from "../../provider/check";
import { type Properties, text } from "../../provider/properties";
import { forms } from "./arm";

/**
 * Inputs with a name where the program gave none, in the three ways of the provider: pulumi-azure-native v3,
 * provider/pkg/provider/provider.go, getDefaultName.
 */
export function nameObject({ olds, news, seed, proposal }: CheckRequest, context: Context): Properties | undefined {
  const form = forms[context.type];
  const property = form?.names.at(-1);
  if (form === undefined || property === undefined) return undefined;
  if (news[property] !== undefined || proposal?.mode === "disabled") return { ...news, [DEFAULTS]: [] };
  const kept = wasAutoNamed(olds, property) ? text(olds, property) : undefined;
  const suggested = form.naming === "uuid" && proposal?.mode !== "enforce" ? undefined : proposal?.name;
  // A copy is as fixed as a name that was given: a second one of it can't stand beside the first.
  const made = form.naming === "copy" ? [] : [property];
  return { ...news, [property]: kept ?? (suggested || madeUp(form.naming, context.name, seed)), [DEFAULTS]: made };
}

function madeUp(naming: "random" | "copy" | "uuid", logicalName: string, seed: Uint8Array): string {
  if (naming === "copy") return logicalName;
  if (naming === "random") return `${logicalName}${seededHex(seed, logicalName, 8)}`;
  return [8, 4, 4, 4, 12].map((length, part) => seededHex(seed, `${logicalName} ${part}`, length)).join("-");
}
