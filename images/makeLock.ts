import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { resolveLanguage } from "./languagePack";
import type { Line } from "./line";
import { refusal, type Lock } from "./lock";
import { Repository } from "./repository";

/** A lock, and what could not go into it. */
export interface Made {
  readonly lock: Lock;
  readonly problems: readonly string[];
}

/**
 * Resolves all that a line wants. What can't be resolved, or may not be used, is not in the lock and is named beside it.
 *
 * @param from folders that mirror the repositories of some, and archives of language packs, by name.
 */
export async function makeLock(line: Line, from: ReadonlyMap<string, string>): Promise<Made> {
  const lock: Lock = { sources: [], languages: [] };
  const problems: string[] = [];
  const attempt = (what: string, work: () => Promise<void>): Promise<void> => work().catch((error: unknown) => void problems.push(`${what}: ${error instanceof Error ? error.message : String(error)}`));
  for (const wanted of line.sources) {
    await attempt(wanted.name, async () => {
      const { commit, version } = await new Repository(wanted.name, from.get(wanted.name) ?? wanted.repository).resolve(wanted);
      const [refused] = wanted.name === "moodle" ? refusal(line.line, version) : [];
      if (refused !== undefined) throw new Error(refused);
      const { name, repository, ref } = wanted;
      lock.sources.push({ name, version, repository, ref, commit });
    });
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "languages-"));
  try {
    for (const name of line.languages) {
      await attempt(`language pack ${name}`, async () => void lock.languages.push(await resolveLanguage(line.line, name, path.join(folder, name), from.get(name))));
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  return { lock, problems };
}
