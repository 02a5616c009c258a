import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { z } from "zod";
import { moodleLine, moodleVersionsAllowed } from "../components/moodle/releases";
import type { Line } from "./line";

const lockedSource = z.strictObject({
  name: z.string(),
  version: z.string(),
  repository: z.string(),
  ref: z.string(),
  commit: z.string().regex(/^[0-9a-f]{40}$/, "must be a full commit"),
});

const lockedLanguage = z.strictObject({
  name: z.string(),
  url: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in hexadecimal"),
});

const lockFile = z.strictObject({ sources: z.array(lockedSource), languages: z.array(lockedLanguage) });

export type LockedSource = z.infer<typeof lockedSource>;
export type LockedLanguage = z.infer<typeof lockedLanguage>;

/** Exactly what goes into an image, by content. What could not be resolved is absent from it. */
export type Lock = z.infer<typeof lockFile>;

export const lockPath = (line: string): string => path.join(__dirname, "moodle", "lock", `${line}.json`);

/** @throws when there is none, or it is not one */
export function readLock(file: string): Lock {
  if (!fs.existsSync(file)) throw new Error(`There is no ${path.relative(process.cwd(), file)}: \`npm run image -- lock\` writes it`);
  const { data, error } = lockFile.safeParse(JSON.parse(fs.readFileSync(file, "utf8")));
  if (error) throw new Error(`${path.relative(process.cwd(), file)}:\n${z.prettifyError(error)}`);
  return data;
}

/** The lock as text; the same lock is the same text. */
export function lockText(lock: Lock): string {
  const rows = (items: readonly object[]): string => (items.length === 0 ? "[]" : `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(",\n")}\n  ]`);
  return `{\n  "sources": ${rows(lock.sources)},\n  "languages": ${rows(lock.languages)}\n}\n`;
}

/** Why no image may be built from the lock: empty where one may. */
export function problemsOf(line: Line, lock: Lock): string[] {
  const problems: string[] = [];
  for (const { name, repository, ref } of line.sources) {
    const locked = lock.sources.find((source) => source.name === name);
    if (locked === undefined) problems.push(`${name} (${ref} of ${repository}) is absent from the lock`);
    else if (locked.repository !== repository || locked.ref !== ref) problems.push(`${name} is locked to ${locked.ref} of ${locked.repository}, and ${ref} of ${repository} is wanted`);
  }
  for (const name of line.languages) {
    if (!lock.languages.some((language) => language.name === name)) problems.push(`the language pack ${name} is absent from the lock`);
  }
  const wanted = new Set([...line.sources.map((source) => source.name), ...line.languages]);
  for (const { name } of [...lock.sources, ...lock.languages]) if (!wanted.has(name)) problems.push(`${name} is in the lock, and nobody wants it`);
  const version = lock.sources.find((source) => source.name === "moodle")?.version;
  if (version !== undefined) problems.push(...refusal(line.line, version));
  return problems;
}

/** Why a Moodle release may not be in an image of the line. */
export function refusal(line: string, version: string): string[] {
  if (!version.startsWith(`${line}.`)) return [`Moodle ${version} is not of the line ${line}`];
  return moodleLine(version) === undefined ? [`Moodle ${version} is refused: it fails on every request with files in an object store; ${moodleVersionsAllowed} are allowed`] : [];
}

/** The tag of an image made from the lock: its Moodle, and a few letters that change with anything else in it. */
export function tagOf(lock: Lock): string {
  const version = lock.sources.find((source) => source.name === "moodle")?.version ?? "none";
  return `${version}-${createHash("sha256").update(lockText(lock)).digest("hex").slice(0, 8)}`;
}
