// npm run bench: measures in one run what README.md beside this file lists, and prints ratios.
import * as fs from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { Interruption } from "../rehearsal/interruption";
import type { RehearsalRequest } from "../rehearsal/arguments";
import { viewOn } from "../rehearsal/progress/view";
import { rehearse, type RehearsalOptions } from "../rehearsal/rehearse";
import { measureMoodle, table as moodleTable } from "./moodle/run";
import { measurePreviews, type Previews } from "./previews";

const repository = path.join(__dirname, "..");
const usage = `usage: npm run bench -- [moodle] [options]

Measures previews and simulated minutes; with the word moodle the image, with a Moodle that the environment names
as it does for npm run test:moodle.

  --runs N      previews of each program, or rounds of the image's pages (default 5)
  --json FILE   write the figures as JSON
  --help        this text
`;

interface Figures {
  readonly previews: Previews;
  readonly ups: readonly { readonly stack: string; readonly simulatedMinutes: number; readonly lowerBoundMinutes: number }[];
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { runs: { type: "string", default: "5" }, json: { type: "string" }, help: { type: "boolean", default: false } },
  });
  if (values.help) return void process.stdout.write(usage);
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs was ${values.runs}; allowed is a whole number from 1 on\n\n${usage}`);

  const [what] = positionals;
  if (positionals.length > 1 || (what ?? "moodle") !== "moodle") throw new Error(`${positionals.join(" ")}: only moodle can be named\n\n${usage}`);

  const view = viewOn(process.stderr);
  const report = (figures: object, text: string): void => {
    process.stdout.write(text);
    if (values.json !== undefined) fs.writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
  };
  if (what === "moodle") {
    const figures = await measureMoodle(runs, view);
    return report(figures, moodleTable(figures));
  }
  const interruption = new Interruption((count) => view.say(count === 1 ? "Stopping …" : "Stopping at once …"));
  try {
    const options: RehearsalOptions = { repository, view, interruption };
    const figures: Figures = { previews: await measurePreviews(runs, options), ups: await measureUps(options) };
    report(figures, table(figures));
  } finally {
    interruption.close();
  }
}

async function measureUps(options: RehearsalOptions): Promise<Figures["ups"]> {
  const ups = [];
  for (const stack of ["production", "staging"]) {
    const request: RehearsalRequest = { command: "up", stack, stackFile: path.join(repository, `Pulumi.${stack}.yaml`), html: "" };
    const { simulatedMinutes, lowerBoundMinutes, failure } = await rehearse(request, options);
    if (failure !== undefined) throw new Error(failure);
    ups.push({ stack, simulatedMinutes, lowerBoundMinutes });
  }
  return ups;
}

function table({ previews, ups }: Figures): string {
  const { program, floor, peakMiB } = previews;
  const rows = [
    ["preview", `${program.toFixed(2)} s against ${floor.toFixed(2)} s`, `${(program / floor).toFixed(2)} x`, "1.50 x"],
    ["program's memory", "peak, in that preview", `${Math.round(peakMiB * 1.048576)} MB`, "200 MB"],
    ...ups.map(({ stack, simulatedMinutes, lowerBoundMinutes }) => [
      `up of ${stack}`,
      `${simulatedMinutes.toFixed(2)} min against ${lowerBoundMinutes.toFixed(2)} min`,
      `${(simulatedMinutes / lowerBoundMinutes).toFixed(2)} x`,
      "1.05 x",
    ]),
  ];
  const line = ([what, how, reached, goal]: string[]) => `${what?.padEnd(20)}${how?.padEnd(36)}${reached?.padEnd(10)}goal ${goal}\n`;
  return `\n${rows.map(line).join("")}`;
}

main().catch((error: unknown) => {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
