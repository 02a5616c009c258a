import type { Finding } from "./findings";
import type { Seen } from "./look";

/** @returns whether an `up` may begin. */
export function isSafe({ findings }: Seen): boolean {
  return !findings.some(({ refuses }) => refuses);
}

/** The findings for programs. */
export function reportAsJson(stack: string, seen: Seen): string {
  const { findings, held } = seen;
  return `${JSON.stringify({ stack, safe: isSafe(seen), cloudAsked: held !== undefined, held: held ?? null, findings }, null, 2)}\n`;
}

/** The findings for people. */
export function reportAsText(stack: string, seen: Seen): string {
  const asked = seen.held === undefined ? "The cloud was not asked: what it holds beside the state was not looked for." : `The cloud holds ${seen.held} things under the stack's tags.`;
  return [...seen.findings.map(paragraph), asked, verdict(stack, seen), ""].join("\n");
}

function paragraph({ kind, refuses, type, name, id, meaning, remedy, runbook }: Finding): string {
  const place = id === undefined || id === name ? [] : [`    ${id}`];
  return [`${refuses ? "✘" : "•"} ${kind}: ${name} (${type})`, ...place, `    ${meaning}`, ...remedy.map((step) => `    → ${step}`), `    ${runbook}`, ""].join("\n");
}

function verdict(stack: string, seen: Seen): string {
  const count = seen.findings.filter(({ refuses }) => refuses).length;
  if (count === 0) return `✔ An up of ${stack} may begin.`;
  return `✘ An up of ${stack} must wait: ${count} ${count === 1 ? "finding refuses" : "findings refuse"} it.`;
}
