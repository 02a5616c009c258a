/** One thing wrong with the config: what was given, what is allowed, what to do. */
export interface Problem {
  /** The key as the operator writes it, such as `moodle:database.storage`. */
  readonly key: string;
  readonly message: string;
  /** A command that leads out, or a sentence where no command does. */
  readonly remedy: string;
}

/** Names that `pulumi config set --path` reads without brackets. */
const plainName = /^[A-Za-z_][\w-]*(\[\])?$/;

/** @returns the key as `pulumi config set --path` takes it. */
export function keyPath(path: readonly PropertyKey[]): string {
  const written = path.reduce<string>((before, part) => {
    if (typeof part === "number") return `${before}[${part}]`;
    const name = String(part);
    if (!plainName.test(name)) return `${before}["${name.replaceAll('"', '\\"')}"]`;
    return before === "" ? name : `${before}.${name}`;
  }, "");
  return `moodle:${written}`;
}

export function setCommand(key: string, value: string): string {
  return `pulumi config set --path ${quoted(key)} ${quoted(value)}`;
}

export function removeCommand(key: string): string {
  return `pulumi config rm --path ${quoted(key)}`;
}

/** As a shell takes it for one word. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
