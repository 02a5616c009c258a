import { spawn } from "node:child_process";
import * as path from "node:path";
import { repository } from "./tiers";

/** Every type error of the repository. What was checked before and did not change is remembered under `node_modules`. */
export async function typeProblems(): Promise<{ where: string; what: string }[]> {
  const compiler = path.join(repository, "node_modules", "typescript", "bin", "tsc");
  const memory = path.join(repository, "node_modules", ".cache", "types.tsbuildinfo");
  const args = [compiler, "--project", repository, "--noEmit", "--pretty", "false", "--incremental", "--tsBuildInfoFile", memory];
  const { code, text } = await output(args);
  const problems = text
    .split(/\n(?=\S)/)
    .map((line) => /^(\S.*?\(\d+,\d+\)|error TS\d+): ?(?:error )?([\s\S]*)$/.exec(line.trim()))
    .flatMap((match) => (match === null ? [] : [{ where: match[1] ?? "", what: match[2] ?? "" }]));
  if (code !== 0 && problems.length === 0) return [{ where: "tsc", what: `exit code ${code}: ${text}` }];
  return problems;
}

function output(args: string[]): Promise<{ code: number | null; text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: repository, stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, text: Buffer.concat(chunks).toString("utf8") }));
  });
}
