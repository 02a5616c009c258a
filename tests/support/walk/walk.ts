import { declarations, type Declaration } from "../../../components/config/declarations";
import { statefulResources } from "../../../components/config/groups/dataLoss";
import { namespace } from "../../../components/config/given";
import { platformConfig, secretKeys } from "../../../components/config/schema";
import { configOf, type Stack } from "../../graph/stackProgram";
import { starts, together, valuesOf, type WalkValues } from "../../walk/values";
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

/** The keys beside the declared ones: the region, the secrets, and consent. */
function others(cloud: string, own: WalkValues): { readonly key: string; readonly values: readonly unknown[] }[] {
  return [
    ...cloudKeys.filter(({ name }) => name === cloud).flatMap(({ regionKey }) => (regionKey === undefined ? [] : [{ key: regionKey, values: own[regionKey] ?? [] }])),
    ...Object.keys(secretKeys).map((name) => ({ key: namespace + name, values: [{ secure: name === "passwordPeppers" ? '{"1":"another pepper, and long enough"}' : "another-secret-of-32-characters-" }] })),
    { key: "moodle:allowDataLoss", values: statefulResources.map((resource) => [{ resource, until: today, reason: "changed by the walk" }]) },
  ];
}

/** Changes every key of a stack alone, to every value. @param own values in its cloud's own words. */
export async function walk(stack: Stack, own: WalkValues): Promise<Stride[]> {
  const { config, secretConfig } = configOf(stack);
  const secrets = Object.fromEntries(Object.entries(secretConfig).map(([key, text]) => [key, { secure: text }]));
  const whole: StackConfig = { ...config, ...secrets };
  const live = await LiveStack.build(stack, whole);
  const strides: Stride[] = [];
  const set = async (from: LiveStack, key: string, value: unknown, change: (config: StackConfig) => StackConfig) => {
    strides.push({ stack: stack.name, key, value, outcome: await from.given(change) });
  };
  for (const { key, values } of others(stack.cloud, own)) for (const value of values) await set(live, key, value, (given) => ({ ...given, [key]: value }));
  for (const declared of declaredKeys(stack.cloud)) {
    const group = declared.path.slice(0, -1);
    const besides = Object.entries(together[declared.key] ?? {}).map(([name, other]) => [[...group, name], other] as const);
    const start = declared.key in starts ? [await LiveStack.build(stack, withValue(whole, declared.path, starts[declared.key]))] : [];
    for (const from of [live, ...start]) {
      for (const value of valuesOf(declared, own) ?? []) {
        await set(from, declared.key, value, (given) => [[declared.path, value] as const, ...besides].reduce((changed, [at, to]) => withValue(changed, at, to), given));
      }
    }
  }
  return strides;
}

function withValue(config: StackConfig, [top = "", ...path]: readonly string[], value: unknown): StackConfig {
  return { ...config, [namespace + top]: within(config[namespace + top], path, value) };
}

function within(group: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  const members = (group ?? {}) as Readonly<Record<string, unknown>>;
  return { ...members, [name]: within(members[name], rest, value) };
}
