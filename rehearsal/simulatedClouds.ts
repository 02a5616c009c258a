import { createRequire } from "node:module";
import * as fs from "node:fs";
import * as path from "node:path";
import { providerOf } from "./engine/state";
import { identifyingTags } from "../components/plan/identity";
import type { Holding } from "../providers/contract";
import type { Casualties, CasualtiesModule } from "./casualties";
import type { HandMadeChange } from "./handMade";
import type { LossModule } from "./loss";
import type { Necessity } from "./necessity";
import type { Cloud, Duration, Latency } from "./provider/behaviour";
import { defaultLatency } from "./provider/defaultLatency";
import type { Properties } from "./provider/properties";

/** `moodle:cloud` in the stack file → the provider that is simulated for it, where it has one of its own. */
const providerFor: Readonly<Record<string, string>> = { aws: "aws", azure: "azure-native", gcp: "gcp" };
/** `moodle:cloud` of a cluster that is there already. */
export const existing = "existing";
const always = ["random", "kubernetes"];

/**
 * The simulated providers that a stack needs.
 *
 * @throws when its cloud is not simulated
 */
export function providersFor(cloud: string): readonly string[] {
  if (cloud === existing) return always;
  const provider = providerFor[cloud];
  if (provider === undefined || !fs.existsSync(folderOf(provider))) {
    const simulated = Object.keys(providerFor).filter((name) => fs.existsSync(folderOf(providerFor[name] ?? name)));
    throw new Error(`moodle:cloud is "${cloud}", which can't be rehearsed; simulated are: ${[...simulated, existing].join(", ")}`);
  }
  return [provider, ...always];
}

/** How a person calls it. */
export function titleOf(cloud: string): string {
  return { azure: "Azure", [existing]: "cluster" }[cloud] ?? cloud.toUpperCase();
}

/** How long a type's operation takes, by the tables. */
export function latencyOf(type: string, op: "create" | "delete", inputs: Properties): number {
  const duration: Duration = latencyTableOf(type)[op];
  return typeof duration === "number" ? duration : duration(inputs);
}

function latencyTableOf(type: string): Latency {
  const cloud = load<{ cloud: Cloud }>(providerOf(type), "index")?.cloud;
  return (cloud?.behaviours[type] ?? cloud?.behaviourOf?.(type))?.latency ?? defaultLatency(type);
}

/** @throws when the provider is not simulated */
export function cloudOf(provider: string): Cloud {
  const cloud = load<{ cloud: Cloud }>(provider, "index")?.cloud;
  if (cloud === undefined) throw new Error(`there is no simulated provider "${provider}"`);
  return cloud;
}

/** What the clouds of these providers demand. */
export function necessitiesOf(providers: readonly string[]): Necessity[] {
  return providers.flatMap((provider) => load<{ necessities: Necessity[] }>(provider, "necessary")?.necessities ?? []);
}

/** What people change by hand in the cloud of these providers, or in the cluster where there is no other. */
export function handMadeChangesFor(providers: readonly string[]): { provider: string; change: HandMadeChange }[] {
  const first = firstWith<{ handMadeChanges: HandMadeChange[] }>(providers, "drift");
  return first === undefined ? [] : first.module.handMadeChanges.map((change) => ({ provider: first.provider, change }));
}

/** What accidents happen to in the cloud of these providers, or in the cluster where there is no other. */
export function casualtiesOf(providers: readonly string[]): Casualties {
  const first = firstWith<CasualtiesModule>(providers, "accidents");
  if (first === undefined) throw new Error(`what accidents happen to is not known of ${providers[0]}, so a recovery can't be rehearsed`);
  return first.module.casualties;
}

/**
 * How a cloud loses a platform.
 *
 * @throws when a platform there has nothing of its own to be restored from
 */
export function lossOf(cloud: string): LossModule {
  const module = load<LossModule>(providerFor[cloud] ?? cloud, "loss");
  if (module !== undefined) return module;
  throw new Error(
    `a ${titleOf(cloud)} makes no backups, so a restore can't be rehearsed: what you bring along stays when the platform is lost, and what runs in the cluster goes with it. docs/existing.md says what to back up yourself`,
  );
}

/** What the clouds of these providers hold under a stack's tags, as their adapters would answer. */
export function holdingsIn(providers: readonly string[], cloudFolder: string, stack: string): Holding[] {
  const tags = identifyingTags(stack);
  return providers.flatMap((provider) => load<HoldingsModule>(provider, "holdings")?.holdingsOf(cloudFolder, tags) ?? []);
}

interface HoldingsModule {
  holdingsOf(cloudFolder: string, tags: Readonly<Record<string, string>>): readonly Holding[];
}

/** The first of the providers that has such a file: its own cloud's, before the cluster's in it. */
function firstWith<Module>(providers: readonly string[], file: string): { readonly provider: string; readonly module: Module } | undefined {
  for (const provider of providers) {
    const module = load<Module>(provider, file);
    if (module !== undefined) return { provider, module };
  }
  return undefined;
}

function load<Module>(provider: string, file: string): Module | undefined {
  const full = path.join(folderOf(provider), `${file}.ts`);
  return fs.existsSync(full) ? (createRequire(__filename)(full) as Module) : undefined;
}

function folderOf(provider: string): string {
  return path.join(__dirname, "clouds", provider);
}
