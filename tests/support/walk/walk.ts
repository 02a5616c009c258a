import { declarations, type Declaration } from "../../../components/config/declarations";
import { statefulResources } from "../../../components/config/groups/dataLoss";
import { namespace } from "../../../components/config/given";
import { platformConfig, secretKeys } from "../../../components/config/schema";
import { configOf, type Stack } from "../../graph/stackProgram";
import { starts, together, valuesOf, type Together, type WalkValues } from "../../walk/values";
import { cloudKeys, cloudNames, today, type StackConfig } from "../stackConfig";
import { LiveStack, type Outcome } from "./liveStack";

/** One key set to one value, with everything else as it was. */
export interface Stride {
  readonly stack: string;
  readonly key: string;
  readonly value: unknown;
  readonly outcome: Outcome;
}

/** Every key that a cloud's stacks have and that has a value of its own. Consents are changed as whole entries. */
export function declaredKeys(cloud: string): Declaration[] {
  const own = cloudKeys.filter(({ name }) => name === cloud).flatMap(({ name, configKeys }) => declarations(configKeys, [name]));
  return [...declarations(platformConfig("production", cloudNames)), ...own].filter(({ key, group }) => !group && !key.includes("[]"));
}

/** The keys of a cloud's own provider that say where everything is. */
export function placesOf(cloud: string): string[] {
  return cloudKeys.filter(({ name }) => name === cloud).flatMap(({ regionKey, placeKeys = [] }) => [...(regionKey === undefined ? [] : [regionKey]), ...placeKeys]);
}

/** The keys beside the declared ones: where everything is, the secrets, and consent. */
function others(cloud: string, own: WalkValues): { readonly key: string; readonly values: readonly unknown[] }[] {
  return [
    ...placesOf(cloud).map((key) => ({ key, values: own[key] ?? [] })),
    ...Object.keys(secretKeys).map((name) => ({ key: namespace + name, values: [{ secure: name === "passwordPeppers" ? '{"1":"another pepper, and long enough"}' : "another-secret-of-32-characters-" }] })),
    { key: "moodle:allowDataLoss", values: statefulResources.map((resource) => [{ resource, until: today, reason: "changed by the walk" }]) },
  ];
}

/**
 * Changes every key of a stack alone, to every value.
 *
 * @param own values in its cloud's own words.
 * @param besides what keys cannot be changed without there.
 */
export async function walk(stack: Stack, own: WalkValues, besides: Together = {}): Promise<Stride[]> {
  const needed = { ...together, ...besides };
  const { config, secretConfig } = configOf(stack);
  const secrets = Object.fromEntries(Object.entries(secretConfig).map(([key, text]) => [key, { secure: text }]));
  const whole: StackConfig = { ...config, ...secrets };
  const live = await LiveStack.build(stack, whole);
  const strides: Stride[] = [];
  const set = async (from: LiveStack, key: string, value: unknown, change: (config: StackConfig) => StackConfig) => {
    strides.push({ stack: stack.name, key, value, outcome: await from.given(change) });
  };
  const startOf = async (key: string, change: (config: StackConfig, value: unknown) => StackConfig) =>
    key in starts ? [live, await LiveStack.build(stack, change(whole, starts[key]))] : [live];
  for (const { key, values } of others(stack.cloud, own)) {
    const change = (given: StackConfig, value: unknown) => ({ ...given, [key]: value });
    for (const from of await startOf(key, change)) for (const value of values) await set(from, key, value, (given) => change(given, value));
  }
  for (const declared of declaredKeys(stack.cloud)) {
    const along = Object.entries(needed[declared.key] ?? {}).map(([key, other]) => [key.slice(namespace.length).split("."), other] as const);
    for (const from of await startOf(declared.key, (given, value) => withValue(given, declared.path, value))) {
      for (const value of valuesOf(declared, own) ?? []) {
        await set(from, declared.key, value, (given) => along.reduce((changed, [at, to]) => (isGiven(changed, at) ? changed : withValue(changed, at, to)), withValue(given, declared.path, value)));
      }
    }
  }
  return strides;
}

function isGiven(config: StackConfig, [top = "", ...path]: readonly string[]): boolean {
  return path.reduce<unknown>((outer, name) => (outer as Readonly<Record<string, unknown>> | undefined)?.[name], config[namespace + top]) !== undefined;
}

function withValue(config: StackConfig, [top = "", ...path]: readonly string[], value: unknown): StackConfig {
  return { ...config, [namespace + top]: within(config[namespace + top], path, value) };
}

function within(group: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  const members = (group ?? {}) as Readonly<Record<string, unknown>>;
  return { ...members, [name]: within(members[name], rest, value) };
}
