import { parseArgs } from "node:util";
import { understood, UsageError } from "../toolchain/commandLine";

export const usage = `usage: npm run cluster -- COMMAND [options]

  up          start a Kubernetes of one node; one that is up already stays as it is
  down        end it, and take away all that it left
  status      say whether it is up; exit code 1 where it is not
  kubeconfig  print the file that kubectl, Helm and Pulumi reach it by

  --name NAME       one of several side by side (default moodle)
  --with HOW        up: kind, which needs Docker, or packages, which needs Debian and root; by default kind where Docker answers
  --json            up, down, status: print the result as JSON
  --help            this text

Exit code: 0 done, 1 not done, 2 this text.
`;

const commands = ["up", "down", "status", "kubeconfig"] as const;
export const ways = ["kind", "packages"] as const;

/** What a cluster is made with. */
export type Way = (typeof ways)[number];

/** What a person asked for. */
export interface ClusterRequest {
  readonly command: (typeof commands)[number];
  readonly name: string;
  readonly way: Way | undefined;
  readonly json: boolean;
}

/**
 * Reads the command line.
 *
 * @returns "help" when that was asked for
 * @throws UsageError naming every problem
 */
export function parseArguments(args: readonly string[]): ClusterRequest | "help" {
  if (args.includes("--help") || args.includes("-h")) return "help";
  const { values, positionals } = parsed(args);
  const [given, ...others] = positionals;
  const problems: string[] = [];
  const command = commands.find((one) => one === given);
  if (command === undefined) problems.push(given === undefined ? `a command is missing: one of ${commands.join(", ")}` : `${given} is no command: one of ${commands.join(", ")} is`);
  if (others.length > 0) problems.push(`one command at a time, and not also ${others.join(", ")}`);
  const { name = "moodle", with: how, json = false } = values;
  // It becomes the name of the node, which is one label of a host name, and of folders.
  if (!/^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$/.test(name)) problems.push(`--name ${name}: lower-case letters, digits and inner hyphens are allowed, 30 at the most, a letter first`);
  const way = ways.find((one) => one === how);
  if (how !== undefined && way === undefined) problems.push(`--with ${how}: one of ${ways.join(", ")} is allowed`);
  if (how !== undefined && command !== undefined && command !== "up") problems.push(`--with says nothing to ${command}`);
  if (json && command === "kubeconfig") problems.push("--json says nothing to kubeconfig, which prints one line");
  if (command === undefined || problems.length > 0) throw new UsageError(problems.join("\n"));
  return { command, name, way, json };
}

function parsed(args: readonly string[]) {
  return understood(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { name: { type: "string" }, with: { type: "string" }, json: { type: "boolean" } },
    }),
  );
}
