import type { Work } from "./message";
import type { Selection } from "./selection";
import { tierOf, tiers } from "./tiers";

/** One process to start. */
export interface Job {
  name: string;
  work: Work;
  /** Names of jobs that must be through before. */
  after: readonly string[];
  /** Longest it may take, where that is more than for others. */
  longestSeconds?: number;
}

/** The jobs of a run, in the order in which they should start. */
export function jobsFor(selection: Selection): Job[] {
  const jobs: Job[] = [];
  if (selection.withChecks) jobs.push({ name: "types", work: { kind: "types" }, after: [] });
  for (const tier of tiers) {
    const files = selection.files.filter((file) => tierOf(file) === tier);
    if (files.length === 0) continue;
    const obstacle = tier.obstacle?.();
    if (obstacle !== undefined) {
      const title = `tests of the ${tier.name}, ${files.length} spec files`;
      jobs.push({ name: tier.name, work: { kind: "notRun", title, obstacle }, after: [] });
      continue;
    }
    const { preparation } = tier;
    const longest = tier.processSeconds !== undefined && { longestSeconds: tier.processSeconds };
    if (preparation !== undefined && !jobs.some((job) => job.name === preparation)) {
      jobs.push({ name: preparation, work: { kind: preparation }, after: [], ...longest });
    }
    for (const group of tier.processPerFile ? files.map((file) => [file]) : [files]) {
      if (group.length === 0) continue;
      const work: Work = { kind: "specs", files: group, timeoutSeconds: tier.timeoutSeconds, filter: selection.filter };
      jobs.push({ name: tier.name, work, after: preparation === undefined ? [] : [preparation], ...longest });
    }
    if (tier.name === "pure" && selection.withChecks) jobs.push({ name: "lint", work: { kind: "lint" }, after: [] });
  }
  return jobs;
}
