import { parseArgs } from "node:util";
import { UsageError } from "../toolchain/commandLine";

export const usage = `usage: npm run guard -- --stack NAME [options] [-- COMMAND …]

Says whether an up may begin. It may not while the stack has pending operations, or while the cloud holds something under
the stack's tags that the state does not know. Changes nothing.

  --stack NAME  the stack to look at
  --json        print the findings as JSON
  --no-cloud    do not ask the cloud: what the state does not know is then not found
  --help        this text

  COMMAND       runs if nothing refuses it, as in: npm run guard -- --stack NAME -- pulumi up --stack NAME

Exit code: 0 an up may begin, 1 it may not or nobody can tell, 2 this text; with a COMMAND that runs, the command's own.
`;

/** What a person asked for. */
export interface GuardRequest {
  readonly stack: string;
  readonly json: boolean;
  /** Whether the cloud is asked. */
  readonly cloud: boolean;
  /** What runs if nothing refuses it; empty: nothing. */
  readonly command: readonly string[];
}

/**
 * Reads the command line.
 *
 * @returns "help" when that was asked for
 * @throws UsageError naming every problem
 */
export function parseArguments(args: readonly string[]): GuardRequest | "help" {
  const end = args.indexOf("--");
  const [own, command] = end < 0 ? [args, undefined] : [args.slice(0, end), args.slice(end + 1)];
  const { values, problems } = parsed(own);
  if (values.help) return "help";
  const [stack = "", ...others] = values.stack ?? [];
  if (problems.length === 0 && stack === "") problems.push("--stack is missing; it names the stack to look at");
  if (others.length > 0) problems.push("--stack is given twice");
  if (command?.length === 0) problems.push("a command is missing after --");
  if (command && values.json) problems.push("--json prints the findings, and a command prints something else: ask for one of them");
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return { stack, json: values.json ?? false, cloud: !values["no-cloud"], command: command ?? [] };
}

interface Values {
  stack?: string[];
  json?: boolean;
  "no-cloud"?: boolean;
  help?: boolean;
}

function parsed(args: readonly string[]): { values: Values; problems: string[] } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        stack: { type: "string", multiple: true },
        json: { type: "boolean" },
        "no-cloud": { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
    return { values, problems: [] };
  } catch (error) {
    return { values: { help: args.includes("--help") || args.includes("-h") }, problems: [error instanceof Error ? error.message : String(error)] };
  }
}
