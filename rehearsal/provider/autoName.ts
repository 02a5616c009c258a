import { createHash } from "node:crypto";

import type { AutoName } from "./behaviour";
import { type Properties, text } from "./properties";

/** The input in which bridged providers note which properties they filled in. */
export const DEFAULTS = "__defaults";

/** What the engine proposes for names (`pulumi:autonaming`), if anything. */
export interface Proposal {
  readonly name: string;
  readonly mode: "propose" | "enforce" | "disabled";
}

/**
 * The inputs with a name where the program gave none: the old automatic name, else one made from the logical name and the
 * engine's random seed. The seed differs from one replacement to the next, so create-before-delete finds a free name.
 */
export function withAutoName(
  inputs: Properties,
  olds: Properties,
  rule: AutoName,
  logicalName: string,
  seed: Uint8Array,
  proposal: Proposal | undefined,
): Properties {
  if (inputs[rule.property] !== undefined) return { ...inputs, [DEFAULTS]: [] };
  if (proposal?.mode === "disabled") return { ...inputs, [DEFAULTS]: [] };
  const kept = wasAutoNamed(olds, rule.property) ? text(olds, rule.property) : undefined;
  const name = kept ?? proposedName(proposal, rule) ?? generated(rule, logicalName, seed);
  return { ...inputs, [rule.property]: name, [DEFAULTS]: [rule.property] };
}

/** Whether the name came from the provider and not from the program. */
export function wasAutoNamed(inputs: Properties, property: string): boolean {
  const defaults = inputs[DEFAULTS];
  return Array.isArray(defaults) && defaults.includes(property);
}

/** `count` lower-case hex digits from the engine's seed; from chance where it sent none. */
export function seededHex(seed: Uint8Array, purpose: string, count: number): string {
  const material = seed.length === 0 ? crypto.getRandomValues(new Uint8Array(32)) : seed;
  return createHash("sha256").update(material).update(purpose).digest("hex").slice(0, count);
}

function proposedName(proposal: Proposal | undefined, rule: AutoName): string | undefined {
  if (proposal === undefined || proposal.name === "") return undefined;
  if (proposal.mode === "enforce") return proposal.name;
  return proposal.name.slice(0, rule.maxLength ?? 255);
}

function generated(rule: AutoName, logicalName: string, seed: Uint8Array): string {
  const suffix = `${rule.separator ?? "-"}${seededHex(seed, logicalName, 7)}`;
  const base = logicalName.slice(0, Math.max(1, (rule.maxLength ?? 255) - suffix.length));
  const name = `${base}${suffix}`;
  return rule.lowercase === true ? name.toLowerCase() : name;
}
