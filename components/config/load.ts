import type { z } from "zod";
import { ConfigError } from "./configError";
import { environmentKey } from "./environment";
import { givenTree, namespace, ownName, type RawConfig } from "./given";
import { problemsOf } from "./issues";
import type { Change } from "./key";
import { placeholders } from "./placeholders";
import { removeCommand, type Problem } from "./problem";
import { ruleProblems } from "./rules";
import { broughtSecretKeys, platformConfig, secretKeys, type BroughtSecret, type Declared, type PlatformConfig, type SecretKey } from "./schema";
import { secretProblems } from "./secrets";
import { heldKeys, heldPlace, heldSecrets, settledProblems, type Settled } from "./settled";
import { misnamedKeys, unknownKey, type UnknownKey } from "./unknownKeys";

/** What the config needs to know of a cloud: nothing but the names and types of its own keys. */
export interface CloudKeys {
  readonly name: string;
  /** The key of the cloud's own provider that names the region, where it has regions. */
  readonly regionKey?: string;
  /** Other keys of the cloud's own provider that say where everything is, such as an account. */
  readonly placeKeys?: readonly string[];
  /** The key of the cloud's own provider with tags for everything, where it has tags. */
  readonly tagsKey?: string;
  /** The secrets it takes of what exists already. */
  readonly broughtSecrets?: readonly BroughtSecret[];
  /** The keys of the group `moodle:<name>`. */
  readonly configKeys: z.ZodObject;
  /** By key of the platform: what changing it does on this cloud, where that is not what its declaration says of all. */
  readonly changes?: Readonly<Record<string, Change>>;
}

export interface LoadOptions<Cloud extends CloudKeys> {
  readonly clouds: readonly string[];
  /** The chosen cloud; undefined while `moodle:cloud` names none that exists, so that all other problems are still found. */
  readonly cloud: Cloud | undefined;
  /** Today as `2026-12-01`: consent expires. */
  readonly today: string;
  /** What the live stack holds on to; undefined: nothing yet. */
  readonly settled?: Settled;
}

export interface Loaded<Cloud> {
  readonly config: PlatformConfig;
  readonly cloud: Cloud;
  /** What the stack holds on to from now on, by key. */
  readonly settled: Settled["values"];
}

/**
 * Reads the config of a stack.
 *
 * @throws ConfigError naming every problem at once; nothing has been created by then.
 */
export function loadConfig<Cloud extends CloudKeys>(raw: RawConfig, options: LoadOptions<Cloud>): Loaded<Cloud> {
  const { cloud, clouds, today, settled } = options;
  const tree = givenTree(raw);
  const environment = environmentKey.catch("production").parse(tree.environment);
  const schema = withCloud(platformConfig(environment, clouds), cloud);
  const { values, issues, unknown } = parseEach(schema, tree, raw, options);
  const region = cloud && regionOf(cloud, raw);
  const secrets = (Object.keys(secretKeys) as SecretKey[]).filter((name) => raw.values[namespace + name]);

  unknown.push(...misnamedKeys(raw));
  const { [cloud?.name ?? ""]: cloudSettings = {}, ...known } = values;
  const config = { ...(known as Partial<Declared>), region, cloudSettings: cloudSettings as Record<string, unknown>, secrets };
  const held = [
    ...heldKeys(schema, values, tree, cloud?.changes),
    ...heldSecrets(raw),
    ...(cloud?.regionKey && region ? [heldPlace(cloud.regionKey, region)] : []),
    ...(cloud?.placeKeys ?? []).map((key) => heldPlace(key, raw.values[key])),
  ];
  const problems = [
    ...secretProblems(raw, Object.keys(schema.shape)),
    ...unknown.map(({ problem }) => problem),
    ...placeholders(tree).filter(({ key }) => !unknown.some(({ problem }) => isWithin(key, problem.key))),
    ...(cloud ? [...regionProblems(cloud, region), ...tagsProblems(cloud, raw), ...broughtProblems(cloud, secrets)] : []),
    ...(settled ? settledProblems(held, settled, (config.allowDataLoss ?? []).map(({ resource }) => resource)) : []),
    ...[
      ...issues.flatMap((issue) => problemsOf(issue, tree, schema)),
      ...ruleProblems({ ...config, today }),
    ].filter(({ key }) => !unknown.some(({ meant }) => meant.some((name) => isWithin(key, name)))),
  ];
  if (problems.length > 0 || !cloud) throw new ConfigError(onePerKey(problems));
  // Where nobody named a place, whoever ran the program decided it, and may still say which it is.
  const kept = held.filter(({ key, value }) => value !== null || !cloud.placeKeys?.includes(key));
  return { config: deepFreeze(config as PlatformConfig), cloud, settled: Object.fromEntries(kept.map(({ key, value }) => [key, value])) };
}

/** @returns the text of `moodle:cloud`, whatever it is. */
export function cloudNamed(raw: RawConfig): string | undefined {
  return raw.values[`${namespace}cloud`];
}

function withCloud(schema: ReturnType<typeof platformConfig>, cloud: CloudKeys | undefined): z.ZodObject {
  return cloud ? schema.extend({ [cloud.name]: cloud.configKeys.prefault({}) }) : schema;
}

interface Parsed {
  /** Of the groups in which nothing is wrong. An encrypted group is wrong as a whole. */
  readonly values: Record<string, unknown>;
  readonly issues: z.core.$ZodIssue[];
  readonly unknown: UnknownKey[];
}

/** Parses the groups one by one, so that rules can still be asked about those in which nothing is wrong. */
function parseEach(schema: z.ZodObject, tree: Record<string, unknown>, raw: RawConfig, { clouds, cloud }: LoadOptions<CloudKeys>): Parsed {
  const declared = { schema, clouds, cloud: cloud?.name };
  const parsed: Parsed = { values: {}, issues: [], unknown: [] };
  for (const [name, type] of Object.entries(schema.shape as Record<string, z.ZodType>)) {
    if (raw.isSecret(namespace + name)) continue;
    const result = type.safeParse(tree[name]);
    if (result.success) parsed.values[name] = result.data;
    for (const issue of result.error?.issues ?? []) {
      const path = [name, ...issue.path];
      if (issue.code === "unrecognized_keys") parsed.unknown.push(...issue.keys.map((key) => unknownKey([...path, key], declared)));
      else parsed.issues.push({ ...issue, path });
    }
  }
  // While no cloud is chosen, a cloud's group is no mistake of its own.
  const unheardOf = ownNames(raw).filter((name) => !(name in schema.shape) && (cloud || !clouds.includes(name)));
  parsed.unknown.push(...unheardOf.map((name) => unknownKey([name], declared)));
  return parsed;
}

function ownNames({ values }: RawConfig): string[] {
  return Object.keys(values).flatMap((key) => {
    const name = ownName(key);
    return name === undefined || name in secretKeys ? [] : [name];
  });
}

function regionOf({ name, regionKey }: CloudKeys, { values }: RawConfig): string | undefined {
  return regionKey === undefined ? name : values[regionKey];
}

function regionProblems({ name, regionKey: key }: CloudKeys, region: string | undefined): Problem[] {
  if (key === undefined) return [];
  const remedy = `pulumi config set ${key} '<region>'`;
  if (!region) return [{ key, message: `is missing; the region in which ${name} builds the platform`, remedy }];
  return placeholders(region).map(({ message }) => ({ key, message, remedy }));
}

/** A secret that nobody reads is a mistake: somebody believes that it is used. */
function broughtProblems({ name, broughtSecrets = [] }: CloudKeys, secrets: readonly SecretKey[]): Problem[] {
  return secrets
    .filter((secret) => secret in broughtSecretKeys && !broughtSecrets.some((known) => known === secret))
    .map((secret) => {
      const key = namespace + secret;
      return { key, message: `is set, but ${name} makes what it belongs to by itself`, remedy: `pulumi config rm ${key}` };
    });
}

// The cloud's provider repeats them for every resource, and forgets that they were encrypted.
function tagsProblems({ tagsKey }: CloudKeys, { isSecret }: RawConfig): Problem[] {
  if (tagsKey === undefined || !isSecret(tagsKey)) return [];
  const message = "is encrypted, or a part of it is; whoever may list resources reads their tags, so no secret may be in them";
  return [{ key: tagsKey, message, remedy: `${removeCommand(tagsKey)}; then set it again without --secret` }];
}

function isWithin(key: string, group: string): boolean {
  return key === group || [".", "["].some((next) => key.startsWith(group + next));
}

/** The first problem of a key is the one to solve: a placeholder is badly formed as well. */
function onePerKey(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ key }) => !seen.has(key) && seen.add(key));
}

function deepFreeze<Value>(value: Value): Value {
  if (value !== null && typeof value === "object" && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
