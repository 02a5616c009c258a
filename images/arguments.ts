import { parseArgs } from "node:util";
import { understood, UsageError } from "../toolchain/commandLine";
import { defaultLine } from "./line";

export const usage = `usage: npm run image -- COMMAND [options]

  lock      find out at which commits the wanted sources are now, and write them into images/moodle/lock
  build     check the lock, check out what it names, and build the image; prints its id
  publish   push the image that was built to a registry; prints the reference for moodle:application.image

  --line LINE         the line of Moodle (default ${defaultLine})
  --from NAME=PLACE   lock, build: take this source from a folder that mirrors its repository, or this language pack from a file;
                      may be given again
  --base IMAGE        build: what to build on, instead of the line's Debian
  --context FOLDER    build: write the build context into this empty folder, and build nothing
  --stack STACK       publish: push to the registry that this stack owns
  --to PLACE          publish: push to this repository instead, or to a folder, as oci:FOLDER
  --json              print the result as JSON
  --help              this text

Exit code: 0 done, 1 not done or a lock that lacks something, 2 this text.
`;

interface Common {
  readonly line: string;
  readonly json: boolean;
  readonly from: ReadonlyMap<string, string>;
}

/** What a person asked for. */
export type ImageRequest =
  | (Common & { readonly command: "lock" })
  | (Common & { readonly command: "build"; readonly base: string | undefined; readonly context: string | undefined })
  | (Common & { readonly command: "publish"; readonly to: { readonly stack: string } | { readonly place: string } });

const own: Readonly<Record<string, readonly string[]>> = { lock: ["from"], build: ["from", "base", "context"], publish: ["stack", "to"] };

/**
 * Reads the command line.
 *
 * @returns "help" when that was asked for
 * @throws UsageError naming every problem
 */
export function parseArguments(args: readonly string[]): ImageRequest | "help" {
  if (args.includes("--help") || args.includes("-h")) return "help";
  const { values, positionals } = parsed(args);
  const [command, ...others] = positionals;
  const problems: string[] = [];
  if (command === undefined) problems.push(`a command is missing: one of ${Object.keys(own).join(", ")}`);
  else if (own[command] === undefined) problems.push(`${command} is no command: one of ${Object.keys(own).join(", ")} is`);
  else {
    const foreign = Object.keys(values).filter((name) => !["line", "json"].includes(name) && !own[command]?.includes(name));
    problems.push(...foreign.map((name) => `--${name} says nothing to ${command}`));
  }
  if (others.length > 0) problems.push(`one command at a time, and not also ${others.join(", ")}`);
  const from = new Map(
    (values.from ?? []).map((text) => {
      const [, name = "", place = ""] = /^([a-z0-9_]+)=(.+)$/.exec(text) ?? [];
      if (place === "") problems.push(`--from ${text}: a name and a place are needed, as moodle=../moodle.git`);
      return [name, place];
    }),
  );
  const common = { line: values.line ?? defaultLine, json: values.json ?? false, from };
  const { stack, to } = values;
  if (command === "publish" && (stack === undefined) === (to === undefined)) problems.push("publish needs either --stack or --to, which say where to");
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  if (command === "build") return { ...common, command, base: values.base, context: values.context };
  if (command === "publish") return { ...common, command, to: stack === undefined ? { place: to ?? "" } : { stack } };
  return { ...common, command: "lock" };
}

function parsed(args: readonly string[]) {
  return understood(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        line: { type: "string" },
        from: { type: "string", multiple: true },
        base: { type: "string" },
        context: { type: "string" },
        stack: { type: "string" },
        to: { type: "string" },
        json: { type: "boolean" },
      },
    }),
  );
}
