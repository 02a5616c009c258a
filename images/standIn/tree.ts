import * as fs from "node:fs";
import * as path from "node:path";
import type { Code } from "./code";

/** Moodle's command line as the image's programs see it. */
export const commandLine = path.join(__dirname, "commandLine");
const page = path.join(__dirname, "page");

/** Makes a tree of the shape of Moodle's in an empty folder, with its command line and one page. @returns the folder */
export function standIn(folder: string, { version, release, shape }: Code): string {
  for (const part of [commandLine, page]) fs.cpSync(part, folder, { recursive: true });
  const write = (name: string, text: string): void => {
    const file = path.join(folder, "public", name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  };
  write("version.php", `<?php $version = ${version}; $release = '${release}'; $maturity = MATURITY_STABLE; $hash = '${shape}';\n`);
  for (const plugin of ["forcedcache", "objectfs"]) write(`admin/tool/${plugin}/version.php`, "<?php\n");
  return folder;
}
