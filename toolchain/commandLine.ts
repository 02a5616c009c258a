/** What was typed makes no sense; the message has a line for each problem. */
export class UsageError extends Error {}

/** What `parse` makes of a command line. @throws UsageError in the words in which it refuses */
export function understood<Result>(parse: () => Result): Result {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The folder a person is in: npm runs a script in the folder of package.json, and says where it was called. */
export function folderOfThePerson(script: string): string {
  const called = process.env.npm_lifecycle_event === script ? process.env.INIT_CWD : undefined;
  return called ?? process.cwd();
}

/** Tells a person on standard error why a command failed, and how it is used where that was the reason. @returns its exit code. */
export function failed(error: unknown, usage: string): number {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  if (!(error instanceof UsageError)) return 1;
  process.stderr.write(`\n${usage}`);
  return 2;
}
