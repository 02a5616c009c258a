import { expect } from "chai";
import * as path from "node:path";
import { obtainCheckov } from "../../../toolchain/checkov";
import { runCommand } from "../../../toolchain/command";
import { silent } from "../../../toolchain/setup/progress.cjs";
import type { Scenario } from "../rendering";
import { type Finding, unaccepted, unneeded, withFiles, withoutHash } from "../scanners/findings";

describe("checkov", () => {
  let report: Report;
  let findings: Finding[];
  before(async () => {
    report = await withFiles(scanned);
    findings = report.results.failed_checks.map(({ check_id, resource, file_path }) => {
      const [kind = "", , name = ""] = resource.split(".");
      return { scanner: "checkov", check: check_id, scenario: path.basename(file_path, ".yaml") as Scenario, where: `${kind} ${withoutHash(name)}` };
    });
  });

  it("looks at every scenario, and understands it", () => {
    expect(report.summary.passed).to.be.greaterThan(1000);
    expect(report.summary.parsing_errors).to.equal(0);
  });

  it("finds nothing that is not accepted by name and reason", () => {
    expect([...new Set(unaccepted(findings))]).to.deep.equal([]);
  });

  it("still finds what is accepted", () => {
    expect(unneeded("checkov", findings)).to.deep.equal([]);
  });
});

async function scanned(folder: string): Promise<Report> {
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
