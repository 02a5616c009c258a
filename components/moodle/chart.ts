import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

const ours = join(__dirname, "..", "..", "charts", "moodle");

/** Files of the chart's folder that do not reach the cluster. */
const aside = /^(ci|README\.md)(\/|$)/;

/** Our own chart. */
export interface Chart {
  /** From the program's folder: an absolute path would be a difference on every machine. */
  readonly path: string;
  /** Of all its files: a change of a template alone is then a difference that the engine sees. */
  readonly digest: string;
}

/** @param folder of the chart. */
export function moodleChart(folder = ours): Chart {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((file) => !aside.test(file))
    .sort();
  const digest = createHash("sha256");
  for (const file of files) digest.update(`${file}\0`).update(readFileSync(join(folder, file))).update("\0");
  return { path: relative(process.cwd(), folder), digest: `sha256:${digest.digest("hex")}` };
}
