import { declarations, type Declaration } from "../../../components/config/declarations";
import { statefulResources } from "../../../components/config/groups/dataLoss";
import { namespace } from "../../../components/config/given";
import { platformConfig, secretKeys } from "../../../components/config/schema";
import { configOf, type Stack } from "../../graph/stackProgram";
import { together, valuesOf } from "../../walk/values";
import { cloudKeys, today, type StackConfig } from "../stackConfig";
import { LiveStack, type Outcome } from "./liveStack";

/** One key set to one value, with everything else as it was. */
export interface Stride {
  readonly stack: string;
  readonly key: string;
  readonly value: unknown;
  readonly outcome: Outcome;
}

/** Every key that has a value of its own. Consents are changed as whole entries. */
export function declaredKeys(): Declaration[] {
  const all = [...declarations(platformConfig("production", cloudKeys.map(({ name }) => name))), ...cloudKeys.flatMap(({ name, configKeys }) => declarations(configKeys, [name]))];
  return all.filter(({ key, group }) => !group && !key.includes("[]"));
}

/** The keys beside the declared ones: the region, the secrets, and consent. */
const others: readonly { readonly key: string; readonly values: readonly unknown[] }[] = [
  ...cloudKeys.map(({ regionKey }) => ({ key: regionKey, values: ["eu-west-1"] })),
  ...Object.keys(secretKeys).map((name) => ({ key: namespace + name, values: [{ secure: name === "passwordPeppers" ? '{"1":"another pepper, and long enough"}' : "another-secret-of-32-characters-" }] })),
  { key: "moodle:allowDataLoss", values: statefulResources.map((resource) => [{ resource, until: today, reason: "changed by the walk" }]) },
];

/** Changes every key of a stack alone, to every value. */
export async function walk(stack: Stack): Promise<Stride[]> {
  const { config, secretConfig } = configOf(stack);
  const secrets = Object.fromEntries(Object.entries(secretConfig).map(([key, text]) => [key, { secure: text }]));
  const live = await LiveStack.build(stack.name, { ...config, ...secrets });
  const strides: Stride[] = [];
  const set = async (key: string, value: unknown, change: (config: StackConfig) => StackConfig) => {
    strides.push({ stack: stack.name, key, value, outcome: await live.given(change) });
  };
  for (const { key, values } of others) for (const value of values) await set(key, value, (given) => ({ ...given, [key]: value }));
  for (const declared of declaredKeys()) {
    const [top = "", ...path] = declared.path;
    const group = path.slice(0, -1);
    const changes = (value: unknown) => [[path, value] as const, ...Object.entries(together[declared.key] ?? {}).map(([name, other]) => [[...group, name], other] as const)];
    for (const value of valuesOf(declared) ?? []) {
      await set(declared.key, value, (given) => ({
        ...given,
        [namespace + top]: changes(value).reduce<unknown>((whole, [at, to]) => withValue(whole, at, to), given[namespace + top]),
      }));
    }
  }
  return strides;
}

function withValue(group: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  const members = (group ?? {}) as Readonly<Record<string, unknown>>;
  return { ...members, [name]: withValue(members[name], rest, value) };
}
