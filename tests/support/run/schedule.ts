import type { Job } from "./plan";
import type { Report } from "./report";
import type { Workers } from "./workers";

/** Runs the jobs in order on so many lanes; one whose predecessors are not through lets those behind it go first. */
export async function runJobs(jobs: readonly Job[], lanes: number, workers: Workers, report: Report): Promise<void> {
  const waiting = jobs.map((job, index) => ({ job, key: `${index} ${job.name}` }));
  const unfinished = new Set(waiting.map(({ job }) => job));
  const running = new Set<Promise<void>>();
  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.findIndex(({ job }) => ![...unfinished].some((other) => job.after.includes(other.name)));
    if (running.size >= lanes || next < 0) {
      if (running.size === 0) throw new Error(`the jobs ${waiting.map(({ job }) => job.name).join(", ")} wait for each other`);
      await Promise.race(running);
      continue;
    }
    const [{ job, key } = { job: undefined, key: "" }] = waiting.splice(next, 1);
    if (job === undefined) continue;
    const ended: Promise<void> = workers
      .run(job, (message) => report.take(key, message))
      .then(() => {
        report.ended(key);
        unfinished.delete(job);
        running.delete(ended);
      });
    running.add(ended);
  }
}
