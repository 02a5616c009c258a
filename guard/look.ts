import { identifyingTags, platformName } from "../components/plan/identity";
import type { Holding } from "../providers/contract";
import { cloudNames, cloudProvider } from "../providers/registry";
import { deploymentFrom, hasTagged, namesIn } from "./deployment";
import type { Engine } from "./engine";
import { findingOf, guardFindings, type Finding } from "./findings";
import { isLocked } from "./lock";

/** What was seen of a stack and its cloud. */
export interface Seen {
  readonly findings: readonly Finding[];
  /** How many things the cloud holds; undefined where it was not asked. */
  readonly held?: number;
}

export interface LookOptions {
  /** As a person names it: with organization and project, or without. */
  readonly stack: string;
  readonly askCloud: boolean;
  readonly say: (line: string) => void;
}

/** Reads a stack's state, asks its cloud, and compares them. */
export async function look(engine: Engine, { stack, askCloud, say }: LookOptions): Promise<Seen> {
  say(`Reading the state of ${stack} …`);
  const [state, backend] = await Promise.all([engine.exportState(), engine.backend()]);
  const holdings = askCloud ? await ask(engine, state, stack, say) : undefined;
  const locked = isLocked(backend, deploymentFrom(state)) ? [findingOf("locked", { type: "pulumi:pulumi:Stack", name: stack }, stack)] : [];
  return { findings: [...locked, ...guardFindings(state, holdings ?? [], stack)], ...(holdings && { held: holdings.length }) };
}

async function ask(engine: Engine, state: string, stack: string, say: LookOptions["say"]): Promise<readonly Holding[]> {
  const config = await engine.config();
  const cloud = cloudProvider(textAt(config, "moodle:cloud", stack));
  if (cloud === undefined) throw new Error(`moodle:cloud of ${stack} must be one of ${cloudNames.join(", ")}, is ${String(config["moodle:cloud"])}.`);
  const { regionKey } = cloud;
  const region = regionKey === undefined ? cloud.name : textAt(config, regionKey, stack);
  const own = regionKey?.slice(0, regionKey.indexOf(":") + 1);
  const tags = identifyingTags(stack.slice(stack.lastIndexOf("/") + 1));
  const deployment = deploymentFrom(state);
  const known = namesIn(deployment);
  say(`Asking ${cloud.name} what it holds in ${region} …`);
  const holdings = await cloud.holdings({
    region,
    name: platformName,
    tags,
    providerConfig: Object.fromEntries(Object.entries(config).filter(([key]) => own !== undefined && key.startsWith(own))),
    known: (name) => known.has(name),
  });
  if (hasTagged(deployment, tags) && !holdings.some(({ names }) => names.some((name) => known.has(name)))) {
    throw new Error(
      `${cloud.name} shows nothing in ${region} of what the state of ${stack} knows: another account was asked. ` +
        "Give the guard the credentials the stack is deployed with.",
    );
  }
  return holdings;
}

function textAt(config: Readonly<Record<string, unknown>>, key: string, stack: string): string {
  const value = config[key];
  if (typeof value === "string" && value !== "") return value;
  throw new Error(`${stack} has no ${key} in its config, so its cloud cannot be asked. Set it, or give --no-cloud.`);
}
