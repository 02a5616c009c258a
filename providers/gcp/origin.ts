/** What a database can start from. */
interface Origin {
  readonly instance: string;
  /** Number of a backup of that instance; undefined: the instance as it is now. */
  readonly backup?: number;
}

const pattern = /^([a-z][a-z0-9-]{0,97})(?:\/(\d{1,16}))?$/;

/** How an origin is written, for messages. */
export const originForm = "<instance>, or <instance>/<number of its backup>, of the same project";

/** @returns what a text names; undefined: nothing. */
export function parseOrigin(text: string): Origin | undefined {
  const [, instance, backup] = pattern.exec(text) ?? [];
  if (instance === undefined) return undefined;
  return backup === undefined ? { instance } : { instance, backup: Number(backup) };
}

/** @returns the inputs of a database that starts from another: a clone of it, or one of its backups. Read when it is created. */
export function originOf(restoreFrom: string | undefined, project: string) {
  const origin = restoreFrom === undefined ? undefined : parseOrigin(restoreFrom);
  if (origin === undefined) return {};
  const { instance, backup } = origin;
  return backup === undefined
    ? { clone: { sourceInstanceName: instance } }
    : { restoreBackupContext: { instanceId: instance, backupRunId: backup, project } };
}
