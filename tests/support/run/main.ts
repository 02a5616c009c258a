import { jobsFor } from "./plan";
import { Report } from "./report";
import { runJobs } from "./schedule";
import type { Selection } from "./selection";
import { Workers } from "./workers";

/** Runs what was selected in processes of its own. The last line is `N passed, N failed`. */
export async function runSelection(selection: Selection): Promise<void> {
  const workers = new Workers();
  const report = new Report(selection.everyTest);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      workers.endAll();
      process.exit(signal === "SIGINT" ? 130 : 143);
    });
  }
  if (!selection.withChecks) process.stdout.write("A selection: type check and lint run only with everything.\n");
  await runJobs(jobsFor(selection), selection.lanes, workers, report);
  report.close();
  process.exitCode = report.failures.length === 0 ? 0 : 1;
}

/** Ends a run that could not begin, with the last line that programs read. */
export function refuse(error: unknown): void {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.stdout.write("0 passed, 1 failed\n");
  process.exitCode = 1;
}
