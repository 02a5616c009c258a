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
  const places = pluginFolders(code);
  for (const plugin of lock.sources.filter((source) => source !== moodle)) {
    const place = path.join(code, placeOf(plugin.name, places));
    if (fs.existsSync(place)) throw new Error(`${plugin.name} can't go where Moodle has something already: ${path.relative(code, place)}`);
    await repositoryOf(plugin).checkOut(plugin.commit, place);
  }
  fs.mkdirSync(languages, { recursive: true });
  for (const language of lock.languages) await downloadLanguage(language, languages, from.get(language.name));
  return { code, languages };
}

// Moodle says itself where plugins of each kind belong, which differs from line to line.
function pluginFolders(code: string): Readonly<Record<string, string>> {
  const file = path.join(code, "lib", "components.json");
  const { plugintypes } = JSON.parse(fs.readFileSync(file, "utf8")) as { plugintypes: Record<string, string> };
  return plugintypes;
}

function placeOf(plugin: string, places: Readonly<Record<string, string>>): string {
  const at = plugin.indexOf("_");
  const place = places[plugin.slice(0, at)];
  if (place === undefined) throw new Error(`Moodle has no place for plugins of the kind ${plugin.slice(0, at)}: ${plugin}`);
  return path.join(place, plugin.slice(at + 1));
}
