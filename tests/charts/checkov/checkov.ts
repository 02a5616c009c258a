import * as path from "node:path";
import { obtainCheckov } from "../../../toolchain/checkov";
import { runCommand } from "../../../toolchain/command";
import { silent } from "../../../toolchain/setup/progress.cjs";
import { type Scan, type Scanned, withFiles, withoutHash } from "../scanners/findings";

/** checkov's word. @throws where it does not understand what it is shown. */
export async function checked(scanned: readonly Scanned[]): Promise<Scan> {
  const { summary, results } = await withFiles(scanned, report);
  if (summary.parsing_errors > 0) throw new Error(`checkov did not understand ${summary.parsing_errors} files`);
  const findings = results.failed_checks.map(({ check_id, resource, file_path }) => {
    const [kind = "", , name = ""] = resource.split(".");
    return { scanner: "checkov" as const, check: check_id, of: path.basename(file_path, ".yaml"), where: `${kind} ${withoutHash(name)}` };
  });
  return { checks: summary.passed + findings.length, findings };
}

async function report(folder: string): Promise<Report> {
  const [program = "", ...args] = await obtainCheckov(silent);
  const options = ["--directory", folder, "--framework", "kubernetes", "--compact", "--quiet", "--skip-download", "--output", "json"];
  const { stdout, stderr } = await runCommand(program, [...args, ...options]);
  try {
    return JSON.parse(stdout) as Report;
  } catch {
    throw new Error(`checkov said nothing: ${stderr}`);
  }
}

interface Report {
  readonly summary: { readonly passed: number; readonly parsing_errors: number };
  readonly results: { readonly failed_checks: readonly { readonly check_id: string; readonly resource: string; readonly file_path: string }[] };
}
