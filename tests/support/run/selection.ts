import { parseArgs } from "node:util";
import type { Filter } from "./message";
import { repository, specsUnder, tierOf } from "./tiers";

/** What a person asked to run. */
export interface Selection {
  files: string[];
  filter: Filter;
  /** Type check and lint belong to a run of everything, not to a selection. */
  withChecks: boolean;
  /** A line for each test and not only for each file. */
  everyTest: boolean;
  lanes: number;
}

export const usage = `usage: npm test -- [FILE or FOLDER …] [options]
  --grep, -g REGEXP    only tests whose full title matches
  --fgrep, -f TEXT     only tests whose full title contains the text
  --invert, -i         turn the two above round
  --verbose            a line for each test
  --lanes N            processes at a time (default 2)
Without a file, folder or pattern everything runs: type check, lint and all tests.`;

/**
 * @param requested the folder that runs where no place is named, instead of everything
 * @throws an error with the usage when an option is unknown or nothing is selected.
 */
export function selectionOf(args: readonly string[], requested?: string): Selection {
  const { values, positionals } = parsed(args);
  const lanes = Number(values.lanes ?? 2);
  if (!Number.isInteger(lanes) || lanes < 1) throw new Error(`--lanes ${values.lanes}: a whole number from 1 is needed`);
  const pattern = values.grep ?? values.fgrep?.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") ?? "";
  const filter: Filter = { pattern: new RegExp(pattern).source, invert: values.invert ?? false };
  const named = positionals.length > 0 || requested !== undefined;
  const places = positionals.length > 0 ? positionals : [requested ?? `${repository}/tests`];
  const files = [...new Set(places.flatMap(specsUnder))].filter((file) => named || tierOf(file).onRequest !== true);
  if (files.length === 0) throw new Error(`no spec file (*.spec.ts) under ${places.join(", ")}`);
  const everything = !named && pattern === "";
  return { files, filter, lanes, withChecks: everything, everyTest: values.verbose === true || !everything };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        grep: { type: "string", short: "g" },
        fgrep: { type: "string", short: "f" },
        invert: { type: "boolean", short: "i" },
        verbose: { type: "boolean" },
        lanes: { type: "string" },
      },
    });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}
