import * as path from "node:path";
import { ESLint } from "eslint";
import { repository } from "./tiers";

/** Every finding of the linter, warnings included: there is no finding that may stay. */
export async function lintProblems(options: { fix?: boolean } = {}): Promise<{ where: string; what: string }[]> {
  const eslint = new ESLint({ cwd: repository, fix: options.fix ?? false });
  const results = await eslint.lintFiles(["."]);
  if (results.length === 0) throw new Error("the linter found no file to look at");
  if (options.fix === true) await ESLint.outputFixes(results);
  return results.flatMap((result) =>
    result.messages.map((message) => ({
      where: `${path.relative(repository, result.filePath)}:${message.line}`,
      what: `${message.message} (${message.ruleId ?? "syntax"})`,
    })),
  );
}
