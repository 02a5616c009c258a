import { removeCommand } from "../problem";
import type { SecretKey } from "../schema";
import { rule } from "./rule";

/** What a database was written with. A site that restores it with other ones has users who cannot log in. */
export const writtenWith = ["encryptionKey", "passwordPeppers"] as const satisfies readonly SecretKey[];

export const restoring = [
  rule(["database", "secrets"], ({ database, secrets }) => {
    if (database.restoreFrom === undefined) return [];
    return writtenWith
      .filter((name) => !secrets.includes(name))
      .map((name) => ({
        key: `moodle:${name}`,
        message: "is missing; a restored database can only be read with what it was written with",
        remedy: `pulumi config set --secret moodle:${name}, from its copy in the cloud's secret store`,
      }));
  }),

  rule(["database", "files"], ({ database, files }) =>
    files.restoreFrom === undefined || database.restoreFrom !== undefined
      ? []
      : [
          {
            key: "moodle:database.restoreFrom",
            message: "is missing, but moodle:files.restoreFrom is set: files that no database knows of are lost to the site",
            remedy: `pulumi config set --path 'moodle:database.restoreFrom' '<snapshot>', or ${removeCommand("moodle:files.restoreFrom")}`,
          },
        ],
  ),
];
