import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { render, type Scenario, scenarios } from "../rendering";
import { accepted, type Scanner } from "./accepted";

/** What a scanner holds against an object of a scenario. */
export interface Finding {
  readonly scanner: Scanner;
  readonly check: string;
  readonly scenario: Scenario;
  /** Kind and name, and the container where the scanner names one; `HASH` in place of a Job's. */
  readonly where: string;
}

/** @returns each finding that nobody accepted, as a sentence */
export function unaccepted(findings: readonly Finding[]): string[] {
  return findings.filter((finding) => !accepted.some((one) => covers(one, finding))).map(({ scanner, check, scenario, where }) => `${scanner} ${check}: ${where} of ${scenario}`);
}

/** @returns each acceptance of the scanner's findings that nothing needs any more */
export function unneeded(scanner: Scanner, findings: readonly Finding[]): string[] {
  return accepted
    .filter((one) => one.scanner === scanner)
    .flatMap((one) => one.where.map((where) => ({ ...one, where: [where] })))
    .filter((one) => !findings.some((finding) => covers(one, finding)))
    .map(({ check, where }) => `${check} is accepted of ${where.join()}, and is not found there`);
}

/** The name of an object without the hash that Jobs have at its end. */
export function withoutHash(name: string): string {
  return name.replace(/-[0-9a-f]{10}(?=$|\b)/, "-HASH");
}

/** Runs `work` beside a folder with a file of each scenario's objects, named like the scenario. */
export async function withFiles<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chart-scan-"));
  try {
    for (const scenario of scenarios) {
      const documents = (await render(scenario)).map((object) => JSON.stringify(object));
      fs.writeFileSync(path.join(folder, `${scenario}.yaml`), documents.join("\n---\n"));
    }
    return await work(folder);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function covers(one: (typeof accepted)[number], { scanner, check, where }: Finding): boolean {
  return one.scanner === scanner && one.check === check && one.where.includes(where);
}
