import { runCommand, type CommandResult } from "../../toolchain/command";

/** Runs a command that reads a file. */
export function fed(stdinFile: string, command: readonly string[]): Promise<CommandResult> {
  return runCommand("/bin/sh", ["-c", 'exec "$@" < "$0"', stdinFile, ...command]);
}
