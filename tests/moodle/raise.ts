import * as fs from "node:fs";
import * as path from "node:path";
import type { Code } from "../../images/onThisMachine/moodleTree";

/** The column that the upgrade of a raised tree adds. */
export const addedColumn = { table: "page", name: "proof" } as const;

/** Makes code a later version, whose upgrade adds a column and then takes a while. */
export function raise(code: Code): void {
  change(code, "version.php", /^(\$version\s*=\s*\d+)\.(\d+)/m, (_, whole, part) => `${whole}.${String(Number(part) + 1).padStart(2, "0")}`);
  let version = 0;
  change(code, "mod/page/version.php", /(\$plugin->version\s*=\s*)(\d+)/, (_, before, old) => `${before}${(version = Number(old) + 1)}`);
  change(code, "mod/page/db/upgrade.php", /\n( *return true;\s*\}\s*)$/, (_, end) => `${stepTo(version)}\n${end}`);
}

function change({ folder, webRoot }: Code, file: string, pattern: RegExp, to: (match: string, ...groups: string[]) => string): void {
  const place = path.join(folder, webRoot, file);
  const text = fs.readFileSync(place, "utf8");
  if (!pattern.test(text)) throw new Error(`${place} has no ${pattern.source}`);
  fs.writeFileSync(place, text.replace(pattern, to));
}

function stepTo(version: number): string {
  return `
    if ($oldversion < ${version}) {
        global $DB;
        $table = new xmldb_table('${addedColumn.table}');
        $field = new xmldb_field('${addedColumn.name}', XMLDB_TYPE_INTEGER, '10');
        if (!$DB->get_manager()->field_exists($table, $field)) {
            $DB->get_manager()->add_field($table, $field);
        }
        sleep(5);
        upgrade_mod_savepoint(true, ${version}, 'page');
    }
`;
}
