// npm run guard: the only file of the guard that prints or decides the exit code.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { parseArguments, usage } from "./arguments";
import { Engine } from "./engine";
import { look } from "./look";
import { isSafe, reportAsJson, reportAsText } from "./report";
import { failed, folderOfThePerson } from "../toolchain/commandLine";

async function main(args: readonly string[]): Promise<number> {
  const request = parseArguments(args);
  if (request === "help") {
    process.stdout.write(usage);
    return 0;
  }
  const { stack, json, cloud: askCloud, command } = request;
  const folder = folderOfThePerson("guard");
  const seen = await look(new Engine(folder, stack), { stack, askCloud, say: (line) => void process.stderr.write(`${line}\n`) });
  // What a command prints is its own.
  const out = command.length > 0 ? process.stderr : process.stdout;
  out.write(json ? reportAsJson(stack, seen) : `\n${reportAsText(stack, seen)}`);
  if (!isSafe(seen)) return 1;
  return command.length > 0 ? run(command, folder) : 0;
}

function run([command = "", ...args]: readonly string[], cwd: string): Promise<number> {
  const child = spawn(command, args, { cwd, stdio: "inherit" });
  process.on("SIGTERM", () => void child.kill("SIGTERM"));
  // A terminal sends Ctrl-C to the command as well, which must not take it for two.
  process.on("SIGINT", () => void (process.stdin.isTTY || child.kill("SIGINT")));
  return new Promise((resolve, reject) => {
    child.once("error", (error) => reject(new Error(`${command} could not be started: ${error.message}`)));
    child.once("close", (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}

main(process.argv.slice(2)).then(
  (code) => void (process.exitCode = code),
  (error: unknown) => void (process.exitCode = failed(error, usage)),
);
