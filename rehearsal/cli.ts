// npm run rehearse: the only file of the rehearsal that prints to standard output or decides the exit code.
import * as fs from "node:fs";
import * as path from "node:path";
import { parseArguments, usage, type RehearsalRequest } from "./arguments";
import { Interrupted, Interruption } from "./interruption";
import { viewOn } from "./progress/view";
import { rehearse } from "./rehearse";
import { reportAsHtml } from "./report/html/page";
import { reportAsJson } from "./report/json";
import type { RehearsalReport } from "./report/report";
import { summary } from "./report/summary";
import { shellWord } from "../toolchain/shellWords";
import { failed, folderOfThePerson } from "../toolchain/commandLine";

const repository = path.join(__dirname, "..");

async function main(args: readonly string[]): Promise<number> {
  const request = parseArguments(args, folderOfThePerson("rehearse"), repository);
  if (request === "help") {
    process.stdout.write(usage);
    return 0;
  }
  const view = viewOn(process.stderr);
  const interruption = new Interruption((count) =>
    view.say(count === 1 ? "Stopping in good order; once more to stop at once …" : "Stopping at once …"),
  );
  try {
    const report = await rehearse(request, { repository, view, interruption });
    process.stdout.write(`\n${summary(report)}`);
    if (request.json !== undefined) fs.writeFileSync(request.json, reportAsJson(report));
    fs.writeFileSync(request.html, reportAsHtml(report));
    process.stdout.write(`\n${written(request)}\n`);
    const failure = report.failure ?? orphanFailure(report) ?? idleFailure(report.idleFaults);
    if (failure !== undefined) process.stderr.write(`\nerror: ${failure}\n`);
    return failure === undefined ? 0 : 1;
  } finally {
    interruption.close();
  }
}

function orphanFailure({ orphans, real }: RehearsalReport): string | undefined {
  return orphans.length === 0 ? undefined : `${orphans.length} orphans: the ${real === undefined ? "simulated clouds" : "cluster"} and the engine's state do not agree`;
}

function idleFailure(faults: readonly string[]): string | undefined {
  if (faults.length === 0) return undefined;
  return `${faults.length} of the faults hit nothing: ${faults.join("; ")}. No such call was made; the timeline names those that were.`;
}

function written({ html, json, keep }: RehearsalRequest): string {
  const lines = [`Timeline and resource tree: ${html}`];
  if (json !== undefined) lines.push(`Result as JSON: ${json}`);
  if (keep !== undefined) {
    const [environment, project] = ["environment.sh", "project"].map((name) => shellWord(path.join(keep, name)));
    lines.push(`Kept: ${keep} (. ${environment}; cd ${project}; pulumi stack)`);
  }
  return lines.join("\n");
}

main(process.argv.slice(2)).then(
  (code) => void (process.exitCode = code),
  (error: unknown) => void (process.exitCode = error instanceof Interrupted ? error.exitCode : failed(error, usage)),
);
