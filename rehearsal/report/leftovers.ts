import { isBookkeeping, nameOf, providerOf, type StateResource } from "../engine/state";
import { inventory, orphans, retained, type InventoryItem } from "../provider/inventory";
import type { Orphan, Retained } from "./report";

export interface Leftovers {
  orphans: Orphan[];
  retained: Retained[];
}

/**
 * Compares what the simulated clouds hold with the engine's state.
 *
 * @param takenOver what the platform uses without owning it, by the clouds' own names
 */
export function leftovers(cloudFolder: string, state: readonly StateResource[], takenOver: readonly string[] = []): Leftovers {
  const items = inventory(cloudFolder);
  const made = state.filter((resource) => resource.custom && !resource.external && !isBookkeeping(resource));
  const ours = ({ id }: InventoryItem): boolean => takenOver.includes(id);
  return {
    orphans: [
      ...orphans(items.filter((item) => !ours(item)), state).map(({ provider, type, name, id }) => ({ knownTo: "cloud" as const, provider, type, name, id })),
      ...missing(made, items),
    ],
    retained: retained(items).map(({ provider, type, name, id, retained: reason, upkeep }) => ({ provider, type, name, id, reason, ...upkeep })),
  };
}

// A provider that keeps nothing, such as random, holds none of its resources outside the state.
function missing(made: readonly StateResource[], items: readonly InventoryItem[]): Orphan[] {
  const keeping = new Set(items.map(({ provider }) => provider));
  const held = new Set(items.filter((item) => item.retained === undefined).map(({ type, id }) => `${type} ${id}`));
  return made
    .map(({ urn, type, id = "" }) => ({ knownTo: "state" as const, provider: providerOf(type), type, name: nameOf(urn), id }))
    .filter(({ provider, type, id }) => keeping.has(provider) && !held.has(`${type} ${id}`));
}
