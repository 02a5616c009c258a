import type { Cloud } from "../../../rehearsal/provider/behaviour";
import { autoNameRule } from "../../../rehearsal/provider/check";
import { parsedConfig } from "../../../rehearsal/provider/configuration";
import { difference } from "../../../rehearsal/provider/diff";
import type { Properties, Value } from "../../../rehearsal/provider/properties";
import { sdkFacts } from "../../../rehearsal/provider/sdkFacts";
import { declaredOutputs } from "../monitor/sdkSimulation";
import { packageOf, providerReference } from "../monitor/urn";
import { type PropertyMap, revealed } from "../monitor/value";
import { record, type Recorded, withoutMarks } from "../recording";

/** What an update does to one resource. */
export interface Step {
  readonly does: "create" | "update" | "replace" | "delete";
  readonly resource: Recorded;
}

/** One update of a stack, without an engine: what the program asked for, and what that does to what was there before. */
export interface Turn {
  readonly resources: ReadonlyMap<string, Recorded>;
  readonly steps: readonly Step[];
}

/** What the clouds of a turn are and answer. */
export interface Clouds {
  /** The rehearsal's, for what replaces what. */
  readonly simulated: readonly Cloud[];
  /** Outputs by type, over those made from the SDK. */
  readonly outputs: (type: string, name: string, inputs: Properties) => Properties;
  readonly invokes: Readonly<Record<string, (args: Record<string, unknown>) => Record<string, unknown>>>;
}

const afterReplacement = "-again";

/**
 * Runs a program and compares its inputs with those of the turn before, as the engine would. What is replaced answers with other
 * outputs, so that everything made of them changes with it; what stays or is updated answers as before.
 */
export async function play(program: () => unknown, clouds: Clouds, before?: Turn): Promise<Turn> {
  const replaced = new Set<string>();
  const { resources } = await record(program, {
    outputs: (type, name, marked, provider) => {
      const inputs = withoutMarks(marked) as Properties;
      const key = keyOf({ type, name });
      if (replaces(before?.resources.get(key), { type, inputs, provider }, before, clouds)) replaced.add(key);
      const outputs = answers(clouds, type, name, inputs);
      return replaced.has(key) ? { ...(renewed(outputs) as Properties), ...inputs } : outputs;
    },
    id: (type, name) => `${name}-id${replaced.has(keyOf({ type, name })) ? afterReplacement : ""}`,
    invokes: clouds.invokes,
  });
  const now = new Map(resources.map((resource) => [keyOf(resource), resource]));
  if (now.size < resources.length) throw new Error("two resources have the same type and name, so they cannot be told apart here");
  return { resources: now, steps: steps(now, before?.resources ?? new Map(), replaced) };
}

function keyOf({ type, name }: { readonly type: string; readonly name: string }): string {
  return `${type} ${name}`;
}

// Components and providers are nothing in a cloud.
function steps(now: ReadonlyMap<string, Recorded>, before: ReadonlyMap<string, Recorded>, replaced: ReadonlySet<string>): Step[] {
  const made = [...now].flatMap(([key, resource]): Step[] => {
    const old = before.get(key);
    if (old === undefined) return [{ does: "create", resource }];
    if (replaced.has(key)) return [{ does: "replace", resource: old }];
    return changes(old, resource) ? [{ does: "update", resource }] : [];
  });
  const gone = [...before].filter(([key]) => !now.has(key)).map(([, resource]): Step => ({ does: "delete", resource }));
  return [...made, ...gone].filter(({ resource: { custom, type } }) => custom && !type.startsWith("pulumi:"));
}

interface Asked {
  readonly type: string;
  readonly inputs: Properties;
  readonly provider: string;
}

function replaces(old: Recorded | undefined, now: Asked, before: Turn | undefined, { simulated }: Clouds): boolean {
  if (old?.custom !== true || before === undefined) return false;
  const cloud = simulated.find(({ name }) => name === packageOf(now.type));
  const inputs = old.inputs as Properties;
  if (now.type.startsWith("pulumi:providers:")) return (cloud?.diffConfig?.(inputs, now.inputs).replaces.length ?? 0) > 0;
  if (now.provider.endsWith(afterReplacement)) return true;
  const behaviour = cloud?.behaviours[now.type] ?? cloud?.behaviourOf?.(now.type);
  const named = autoNameRule(cloud?.factsOf?.(now.type) ?? sdkFacts(now.type), behaviour);
  return difference(inputs, now.inputs, old.ignoreChanges, behaviour, named, configOf(old, before)).replaces.length > 0;
}

function configOf({ provider }: Recorded, { resources }: Turn): Properties {
  if (provider === "") return {};
  const { urn } = providerReference(provider);
  return parsedConfig(([...resources.values()].find((resource) => resource.urn === urn)?.inputs ?? {}) as Properties);
}

function changes(old: Recorded, now: Recorded): boolean {
  return difference(old.inputs as Properties, now.inputs as Properties, now.ignoreChanges, undefined, undefined, {}).changes.length > 0 || old.protect !== now.protect;
}

function answers({ simulated, outputs }: Clouds, type: string, name: string, inputs: Properties): Properties {
  // Components and providers are nothing in a cloud.
  if (!simulated.some((cloud) => type.startsWith(`${cloud.name}:`))) return {};
  const declared = declaredOutputs({ urn: keyOf({ type, name }), type, name, inputs: inputs as PropertyMap, secretOutputs: [], providerConfig: {} });
  return { ...(revealed(declared) as Properties), ...outputs(type, name, inputs) };
}

/** Every text another one, as of an object that was made anew. */
function renewed(value: Value | undefined): Value | undefined {
  if (typeof value === "string") return value + afterReplacement;
  if (Array.isArray(value)) return (value as Value[]).map((item) => renewed(item) ?? null);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, renewed(item)]));
}
