import { jobsFor } from "./support/run/plan";
import { Report } from "./support/run/report";
import { runJobs } from "./support/run/schedule";
import { selectionOf } from "./support/run/selection";
import { Workers } from "./support/run/workers";

/** `npm test`: type check, lint and every test, or the tests a person names. The last line is `N passed, N failed`. */
async function main(): Promise<void> {
  const selection = selectionOf(process.argv.slice(2));
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

main().catch((error: unknown) => {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.stdout.write("0 passed, 1 failed\n");
  process.exitCode = 1;
});
