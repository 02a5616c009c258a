// npm run image: the only file here that prints or decides the exit code.
import * as path from "node:path";
import { failed, folderOfThePerson } from "../toolchain/commandLine";
import { progressOn } from "../toolchain/setup/progress.cjs";
import { parseArguments, usage, type ImageRequest } from "./arguments";
import { build, lock, publish, type Outcome } from "./commands";

async function main(args: readonly string[]): Promise<number> {
  const request = parseArguments(args);
  if (request === "help") {
    process.stdout.write(usage);
    return 0;
  }
  const { facts, problems } = await outcomeOf(request);
  const lines = Object.entries(facts).map(([name, fact]) => `${name.padEnd(24)}${fact}`);
  process.stdout.write(request.json ? `${JSON.stringify({ done: problems.length === 0, ...facts, problems }, null, 2)}\n` : lines.map((line) => `${line}\n`).join(""));
  if (!request.json) for (const problem of problems) process.stderr.write(`✘ ${problem}\n`);
  return problems.length === 0 ? 0 : 1;
}

function outcomeOf(request: ImageRequest): Promise<Outcome> {
  const progress = progressOn(process.stderr);
  const here = folderOfThePerson("image");
  const from = new Map([...request.from].map(([name, folder]) => [name, path.resolve(here, folder)]));
  switch (request.command) {
    case "lock":
      return lock({ ...request, from }, progress);
    case "build":
      return build({ ...request, from, context: request.context && path.resolve(here, request.context) }, progress);
    case "publish":
      return publish(request, here, progress);
  }
}

main(process.argv.slice(2)).then(
  (code) => void (process.exitCode = code),
  (error: unknown) => void (process.exitCode = failed(error, usage)),
);
