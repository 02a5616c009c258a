import * as fs from "node:fs";
import * as path from "node:path";

const scripts = path.join(__dirname, "fixtures/site");

/** Scripts that echo what they are asked, under names that Moodle uses. */
const echoing = ["index.php", "r.php", "pluginfile.php", "tokenpluginfile.php", "rss/file.php", "course/index.php", "lib/classes/thing.php", "admin/index.php"];

/** What Moodle's own check (core\check\environment\publicpaths) asks for, and what else nobody needs. */
export const hidden = [
  "vendor/bin/behat",
  "node_modules/cli/cli.js",
  ".git/HEAD",
  ".github/FUNDING.yml",
  ".stylelintrc",
  "composer.json",
  "composer.lock",
  "admin/environment.xml",
  "lib/db/install.xml",
  "mod/assign/db/install.xml",
  "lib/scssphp/readme_moodle.txt",
  "mod/resource/readme.txt",
  "mod/README.txt",
  "mod/book/README.md",
  "auth/manual/upgrade.txt",
  "lib/upgrade.txt",
  "UPGRADING.md",
  "UPGRADING-CURRENT.md",
  "reportbuilder/UPGRADING.md",
  "phpunit.xml.dist",
  "behat.yml.dist",
  "privacy/tests/fixtures/logo.png",
  "enrol/lti/tests/fixtures/input.xml",
  "blog/tests/behat/delete.feature",
  "lib/thirdpartylibs.xml",
  "admin/cli/upgrade.php",
  "lib/classes/thing.php",
  "lib/tests/some_test.php",
  "lib/db/upgrade.php",
  "config.php",
  "config-dist.php",
  "install.php",
] as const;

/** Where Moodle's lines have what is served, and the Debian whose PHP they take. */
export const layouts = {
  "the folder public, by PHP 8.4 (5.1 and later)": { webRoot: "public", debian: "trixie" },
  "the code's own folder, by PHP 8.2 (4.5)": { webRoot: ".", debian: "bookworm" },
} as const;

/** Makes a small tree shaped like Moodle's code in an empty folder. */
export function siteTree(folder: string, webRoot: "public" | "." = "public"): string {
  const write = (name: string, contents: string | Buffer) => {
    const file = path.join(folder, webRoot, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, contents);
  };
  for (const name of hidden) write(name, name.endsWith(".php") ? "<?php echo 'seen';" : "seen");
  for (const name of fs.readdirSync(scripts)) write(name, fs.readFileSync(path.join(scripts, name)));
  for (const name of echoing) write(name, fs.readFileSync(path.join(scripts, "echo.php")));
  write("lib/style.css", ".a{color:red}".repeat(200));
  write("lib/module.mjs", "export {};");
  return folder;
}
