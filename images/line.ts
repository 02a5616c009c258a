import * as fs from "node:fs";
import * as path from "node:path";
import { z } from "zod";
import { moodleLines } from "../components/moodle/releases";

/** The line that is built unless another is named. */
export const defaultLine = "5.1";

const name = z.string().regex(/^(moodle|[a-z]+_[a-z][a-z0-9_]*)$/, 'must be "moodle" or a plugin\'s full name, such as "tool_objectfs"');

const wantedSource = z.strictObject({
  name,
  repository: z.string().regex(/^https:\/\//, "must be an https address"),
  /** A branch, or a pattern of tags that ends with a star: the highest release that matches is meant. */
  ref: z.string().min(1),
});

const wantedLine = z.strictObject({
  sources: z
    .array(wantedSource)
    .refine((sources) => sources.some((source) => source.name === "moodle"), 'must have one named "moodle"')
    .refine((sources) => new Set(sources.map((source) => source.name)).size === sources.length, "must name each source once"),
  languages: z.array(z.string().regex(/^[a-z]{2,3}(_[a-z0-9]+)*$/, 'must be names of language packs, such as "de" or "pt_br"')),
});

export type WantedSource = z.infer<typeof wantedSource>;

/** What shall be in the image of one line of Moodle, as people write it down; the lock says which commits that was. */
export interface Line extends z.infer<typeof wantedLine> {
  readonly line: string;
  /** What the image is built on, unless somebody names another. */
  readonly base: string;
}

const folder = path.join(__dirname, "moodle", "lines");

/** @throws when nobody wrote the line down, or it makes no sense; with every problem */
export function readLine(line: string): Line {
  const file = path.join(folder, `${line}.json`);
  if (!fs.existsSync(file)) throw new Error(`There is no line ${line}; there are ${linesThere().join(", ")}. A new one begins with a file in images/moodle/lines.`);
  return parseLine(line, fs.readFileSync(file, "utf8"));
}

/** @throws when the text makes no sense; with every problem */
export function parseLine(line: string, text: string): Line {
  const known = moodleLines.find((candidate) => candidate.line === line);
  if (known === undefined) throw new Error(`Nothing is known of Moodle ${line}: which PHP and database it needs is for components/moodle/releases.ts to say`);
  const { data, error } = wantedLine.safeParse(JSON.parse(text));
  if (error) throw new Error(`images/moodle/lines/${line}.json:\n${z.prettifyError(error)}`);
  const debian = known.php === "8.2" ? "bookworm" : "trixie";
  return { line, base: `docker.io/library/debian:${debian}-slim`, ...data };
}

const linesThere = (): string[] => fs.readdirSync(folder).map((file) => path.basename(file, ".json")).sort();
