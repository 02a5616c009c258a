import { lintProblems } from "./support/run/lint";

/** `npm run lint`; `-- --fix` corrects what can be corrected without thought. */
async function main(): Promise<void> {
  const problems = await lintProblems({ fix: process.argv.includes("--fix") });
  for (const { where, what } of problems) process.stdout.write(`${where}  ${what}\n`);
  process.stdout.write(problems.length === 0 ? "no findings\n" : `${problems.length} findings\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
