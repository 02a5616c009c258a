// npm run cluster: the only file here that prints or decides the exit code.
import { failed } from "../toolchain/commandLine";
import { progressOn } from "../toolchain/setup/progress.cjs";
import { parseArguments, usage } from "./arguments";
import { perform } from "./commands";

async function main(args: readonly string[]): Promise<number> {
  const request = parseArguments(args);
  if (request === "help") {
    process.stdout.write(usage);
    return 0;
  }
  const { done, facts } = await perform(request, progressOn(process.stderr));
  const lines = Object.entries(facts).map(([name, fact]) => `${name.padEnd(12)}${fact}\n`);
  if (request.json) process.stdout.write(`${JSON.stringify({ done, ...facts }, null, 2)}\n`);
  else process.stdout.write(request.command === "kubeconfig" ? `${facts.kubeconfig}\n` : lines.join(""));
  return done ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => void (process.exitCode = code),
  (error: unknown) => void (process.exitCode = failed(error, usage)),
);
