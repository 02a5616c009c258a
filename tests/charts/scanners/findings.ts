import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { KubernetesObject } from "../objects";
import type { Accepted, Scanner } from "./accepted";

/** Objects that are looked at together: what a scenario of the chart renders to, or what a stack asks for. */
export interface Scanned {
  readonly name: string;
  readonly objects: readonly KubernetesObject[];
}

/** What a scanner holds against an object. */
export interface Finding {
  readonly scanner: Scanner;
  readonly check: string;
  /** Name of what was looked at. */
  readonly of: string;
  /** Kind and name, and the container where the scanner names one; `HASH` in place of a Job's. */
  readonly where: string;
}

/** What a scanner says of everything it was shown. */
export interface Scan {
  /** How many times it looked for something. */
  readonly checks: number;
  readonly findings: readonly Finding[];
}

/** @returns each finding that nobody accepted, as a sentence */
export function unaccepted(findings: readonly Finding[], accepted: readonly Accepted[]): string[] {
  const sentences = findings.filter((finding) => !accepted.some((one) => covers(one, finding))).map(({ scanner, check, of, where }) => `${scanner} ${check}: ${where} of ${of}`);
  return [...new Set(sentences)];
}

/** @returns each acceptance of the scanner's findings that nothing needs any more */
export function unneeded(scanner: Scanner, findings: readonly Finding[], accepted: readonly Accepted[]): string[] {
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

/** Runs `work` beside a folder with a file of each one's objects, `<name>.yaml`. */
export async function withFiles<Result>(scanned: readonly Scanned[], work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "scan-"));
  try {
    for (const { name, objects } of scanned) fs.writeFileSync(path.join(folder, `${name}.yaml`), objects.map((object) => JSON.stringify(object)).join("\n---\n"));
    return await work(folder);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function covers(one: Accepted, { scanner, check, where }: Finding): boolean {
  return one.scanner === scanner && one.check === check && one.where.includes(where);
}
