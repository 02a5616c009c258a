import { secretKeys } from "./schema";

/** The config as the engine hands it over: full keys, texts, and which of them are encrypted in the stack file. */
export interface RawConfig {
  readonly values: Readonly<Record<string, string>>;
  readonly isSecret: (key: string) => boolean;
}

/** The namespace of the platform's own keys: the project's name. */
export const namespace = "moodle:";

/** @returns the name below `moodle:`, or undefined for another namespace's key. */
export function ownName(key: string): string | undefined {
  return key.startsWith(namespace) ? key.slice(namespace.length) : undefined;
}

/**
 * The tree of what was given in clear text, without the secrets and without groups of which a part is encrypted. The
 * engine hands lists, groups, numbers and booleans over as JSON. A key with nothing behind it counts as not given.
 */
export function givenTree({ values, isSecret }: RawConfig): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, text]) => {
      const name = ownName(key);
      if (name === undefined || name in secretKeys || isSecret(key) || text === "") return [];
      const value = withoutNothing(parsed(text));
      return value === null ? [] : [[name, value] as const];
    }),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(entries.map(([name, item]) => [name, withoutNothing(item)]));
}
