// npm run soak: the only file of the soak that prints to standard output or decides the exit code.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Interrupted, Interruption } from "../interruption";
import { type View, viewOn } from "../progress/view";
import { parseArguments, type SoakRequest, usage } from "./arguments";
import { everyOperation, type LifeResult, lifeText } from "./every";
import { type Playing, resultText, soak } from "./soak";
import type { TrialResult } from "./trial";
import { failed, folderOfThePerson } from "../../toolchain/commandLine";

const repository = path.join(__dirname, "../..");

async function main(args: readonly string[]): Promise<number> {
  const request = parseArguments(args, folderOfThePerson("soak"), repository);
  if (request === "help") {
    process.stdout.write(usage);
    return 0;
  }
  const interruption = new Interruption(() => say("Stopping in good order …"));
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "soak-"));
  try {
    const options = { repository, interruption, folder, view: quietly(viewOn(process.stderr)) };
    const results = await (request.every ? lives(request, options) : trials(request, options));
    if (request.json !== undefined) fs.writeFileSync(request.json, `${JSON.stringify({ seed: request.seed, results }, undefined, 2)}\n`);
    const failed = results.filter(({ broken }) => broken.length > 0).length;
    say(`${results.length - failed} passed, ${failed} failed`);
    interruption.signal.throwIfAborted();
    return failed === 0 ? 0 : 1;
  } finally {
    interruption.close();
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

function trials(request: SoakRequest, options: Playing): Promise<readonly TrialResult[]> {
  const stacks = [...request.stacks.keys()];
  const only = stacks.length === 1 ? stacks[0] : undefined;
  say(`Seed ${request.seed}: ${request.trials} trials on ${stacks.join(" and ")}`);
  const onResult = (result: TrialResult, number: number): void => say(`${number}/${request.trials} ${resultText(result, only)}`);
  return soak(request, { ...options, onResult });
}

function lives(request: SoakRequest, options: Playing): Promise<readonly LifeResult[]> {
  say(`Every ${request.scenes.join(", ")} of ${[...request.stacks.keys()].join(" and ")}: ${request.kinds.join(", ")}`);
  return everyOperation(request, options, (result) => say(lifeText(result)));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

// What is fetched and built is worth a word, each run of the engine is not.
function quietly(view: View): View {
  return { ...view, begin: () => undefined, event: () => undefined, end: () => undefined };
}

main(process.argv.slice(2)).then(
  (code) => void (process.exitCode = code),
  (error: unknown) => void (process.exitCode = error instanceof Interrupted ? error.exitCode : failed(error, usage)),
);
