import { z } from "zod";
import { declarations, typeAt } from "./declarations";
import { namespace, ownName, type RawConfig } from "./given";
import { keyPath, quoted, removeCommand, setCommand, type Problem } from "./problem";
import { nearest } from "./repair";
import { secretKeys } from "./schema";
import { isSecretName, secretsInWords } from "./secrets";

/** A key that is not declared, and the declared ones it was probably meant to be. Those are then not missing as well. */
export interface UnknownKey {
  readonly problem: Problem;
  readonly meant: readonly string[];
}

/** What is declared, for the search. */
export interface Declared {
  readonly schema: z.ZodObject;
  readonly clouds: readonly string[];
  /** The chosen cloud's name. */
  readonly cloud: string | undefined;
}

/** @param path of the key, from the top. */
export function unknownKey(path: readonly PropertyKey[], declared: Declared): UnknownKey {
  const [first] = path;
  const top = path.length === 1 ? String(first) : undefined;
  return (
    (top !== undefined && (writtenAsOneName(top, declared) ?? anotherCloud(top, declared))) ||
    secret(path) ||
    misspelt(path, declared) ||
    elsewhere(path, declared) ||
    unheardOf(path, declared)
  );
}

/** Keys in a namespace that is a misspelt `moodle:`; the engine hands them over, and nobody would read them. */
export function misnamedKeys({ values }: RawConfig): UnknownKey[] {
  return Object.keys(values).flatMap((key) => {
    const [space = "", name = ""] = key.split(":");
    const own = namespace.slice(0, -1);
    if (ownName(key) !== undefined || nearest(space, [own]) === undefined) return [];
    return [
      {
        problem: {
          key,
          message: `there is no such key; did you mean ${namespace}${name}?`,
          remedy: `pulumi config rm ${quoted(key)}, and set ${namespace}${name} instead`,
        },
        meant: [namespace + name],
      },
    ];
  });
}

/** `pulumi config set moodle:site.hostname` without `--path` makes one key with a dot in its name. */
function writtenAsOneName(name: string, { schema }: Declared): UnknownKey | undefined {
  const path = name.split(/[.[\]]+/).filter((part) => part !== "");
  if (path.length < 2 || !typeAt(schema, path)) return undefined;
  const key = namespace + name;
  return {
    problem: {
      key,
      message: `is one key with a dot in its name; ${String(path.at(-1))} belongs into the group ${keyPath(path.slice(0, -1))}, which needs --path`,
      remedy: `pulumi config rm ${quoted(key)} && ${setCommand(key, `<${String(path.at(-1))}>`)}`,
    },
    meant: [keyPath(path)],
  };
}

function anotherCloud(name: string, { clouds, cloud }: Declared): UnknownKey | undefined {
  if (!clouds.includes(name)) return undefined;
  const key = namespace + name;
  return {
    problem: { key, message: `is a group of the cloud ${name}, but moodle:cloud is ${cloud}`, remedy: removeCommand(key) },
    meant: [],
  };
}

function secret(path: readonly PropertyKey[]): UnknownKey | undefined {
  const name = String(path.at(-1));
  const key = keyPath(path);
  const names = Object.keys(secretKeys);
  const ofGroup = isSecretName(name) ? names.find((candidate) => path.length > 1 && candidate.startsWith(String(path[0]))) : undefined;
  const meant = nearest(name, names) ?? ofGroup;
  if (!meant && !isSecretName(name)) return undefined;
  return {
    problem: {
      key,
      message: meant
        ? `there is no such key; a secret stands alone and encrypted, this one as ${namespace}${meant}`
        : `there is no such key, and by its name it is a secret; the secrets are ${secretsInWords}`,
      remedy: meant ? `${removeCommand(key)} && pulumi config set --secret ${namespace}${meant}` : removeCommand(key),
    },
    meant: (meant ? [meant] : names).map((secretKey) => namespace + secretKey),
  };
}

function misspelt(path: readonly PropertyKey[], { schema }: Declared): UnknownKey | undefined {
  const group = path.slice(0, -1);
  const meant = nearest(String(path.at(-1)), namesIn(schema, group));
  return meant === undefined ? undefined : suggestion(path, [keyPath([...group, meant])]);
}

function elsewhere(path: readonly PropertyKey[], { schema }: Declared): UnknownKey | undefined {
  const name = String(path.at(-1)).toLowerCase();
  const found = declarations(schema)
    .map(({ key }) => key)
    .filter((key) => !key.includes("[]") && key.toLowerCase().endsWith(`.${name}`) || key.toLowerCase() === namespace + name);
  return found.length === 0 ? undefined : suggestion(path, found);
}

function suggestion(path: readonly PropertyKey[], meant: readonly string[]): UnknownKey {
  const key = keyPath(path);
  const question = meant.length === 1 ? String(meant[0]) : `one of ${meant.join(", ")}`;
  return {
    problem: {
      key,
      message: `there is no such key; did you mean ${question}?`,
      remedy: meant.length === 1 ? `${removeCommand(key)}, and set ${String(meant[0])} instead` : removeCommand(key),
    },
    meant,
  };
}

function unheardOf(path: readonly PropertyKey[], { schema }: Declared): UnknownKey {
  const key = keyPath(path);
  const group = path.slice(0, -1);
  const where = group.length === 0 ? "the keys" : `the keys of ${keyPath(group)}`;
  return {
    problem: { key, message: `there is no such key; ${where} are ${namesIn(schema, group).join(", ")}`, remedy: removeCommand(key) },
    meant: [],
  };
}

function namesIn(schema: z.ZodObject, group: readonly PropertyKey[]): readonly string[] {
  const type = typeAt(schema, group);
  return type instanceof z.ZodObject ? Object.keys(type.shape) : [];
}
