import * as fs from "node:fs";
import * as path from "node:path";
import { downloadLanguage } from "./languagePack";
import type { Lock } from "./lock";
import { Repository } from "./repository";

/** Checks out all that a lock names: Moodle with its plugins in their places under `code`, language packs as archives under `languages`. */
export async function checkOut(lock: Lock, from: ReadonlyMap<string, string>, folder: string): Promise<{ code: string; languages: string }> {
  const [code, languages] = [path.join(folder, "code"), path.join(folder, "languages")];
  const repositoryOf = ({ name, repository }: Lock["sources"][number]): Repository => new Repository(name, from.get(name) ?? repository);
  const [moodle] = lock.sources.filter(({ name }) => name === "moodle");
  if (moodle === undefined) throw new Error("the lock has no Moodle");
  await repositoryOf(moodle).checkOut(moodle.commit, code);
  for (const plugin of lock.sources.filter((source) => source !== moodle)) await repositoryOf(plugin).checkOut(plugin.commit, placeFor(plugin.name, code));
  fs.mkdirSync(languages, { recursive: true });
  for (const language of lock.languages) await downloadLanguage(language, languages, from.get(language.name));
  return { code, languages };
}

/**
 * The folder of a plugin in Moodle's code. Moodle says itself where plugins of each kind belong, which differs from line to line.
 * @throws when it does not, or something is there already
 */
export function placeFor(plugin: string, code: string): string {
  const { plugintypes } = JSON.parse(fs.readFileSync(path.join(code, "lib", "components.json"), "utf8")) as { plugintypes: Record<string, string> };
  const [, kind = "", name = ""] = /^([^_]*)_(.*)$/.exec(plugin) ?? [];
  const places = plugintypes[kind];
  if (places === undefined) throw new Error(`Moodle has no place for plugins of the kind ${kind}: ${plugin}`);
  const place = path.join(code, places, name);
  if (fs.existsSync(place)) throw new Error(`${plugin} can't go where Moodle has something already: ${path.relative(code, place)}`);
  return place;
}
