import type { Finding } from "../../guard/findings";

/** How an accident was put in order. */
export interface RecoveryStory {
  /** The accident's name, as `--of` takes it. */
  of: string;
  story: string;
  /** What the engine said when it happened, and of an update that somebody tried at once where a lock was left. */
  said: readonly string[];
  /** What the guard found. */
  findings: readonly Finding[];
  /** What was done, in order. */
  steps: readonly string[];
  /** The page that describes it. */
  runbook: string;
}

/** The findings of each kind together, with what they mean and what to do. */
export function findingLines(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map(({ kind }) => kind))].flatMap((wanted) => {
    const alike = findings.filter(({ kind }) => kind === wanted);
    const [{ meaning = "", remedy = [] } = {}] = alike;
    return [`${wanted}: ${alike.map(({ name }) => name).join(", ")}`, `  ${meaning}`, ...remedy.map((step) => `  → ${step}`)];
  });
}

/** A heading and its lines for each part of the story that there is. */
export function storySections({ story, said, findings, steps, runbook }: RecoveryStory): { title: string; lines: string[] }[] {
  const sections = [
    { title: "What happened", lines: [story] },
    { title: "What the engine says", lines: said.flatMap((text) => text.split("\n")).filter((line) => line.trim() !== "") },
    { title: "What the guard finds", lines: findingLines(findings) },
    { title: `How it is put in order (${runbook})`, lines: steps.map((step, index) => `${index + 1}. ${step}`) },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}
