import * as fs from "node:fs";
import * as path from "node:path";
import type { Code } from "../../images/moodleSite";
import type { Lab } from "../../images/support/lab";

const commandLine = path.join(__dirname, "../../images/fixtures/moodle");
const site = path.join(__dirname, "../fixtures/site");

/**
 * A tree of the shape of Moodle's, with its command line as the image's programs see it, and one page.
 * @param lab which the folder goes with
 */
export function standIn(lab: Lab, { version, release, shape }: Code): string {
  const folder = lab.newFolder("stand-in");
  for (const part of [commandLine, site]) fs.cpSync(part, folder, { recursive: true });
  const write = (name: string, text: string): void => {
    const file = path.join(folder, "public", name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  };
  write("version.php", `<?php $version = ${version}; $release = '${release}'; $maturity = MATURITY_STABLE; $hash = '${shape}';\n`);
  for (const plugin of ["forcedcache", "objectfs"]) write(`admin/tool/${plugin}/version.php`, "<?php\n");
  return folder;
}

/** The release as the chart's values have it, for example 5.1.0. */
export const pointOf = ({ release }: Code): string => release.split(" ")[0] ?? "";
