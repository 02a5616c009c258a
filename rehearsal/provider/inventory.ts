import type { CloudObject } from "./behaviour";
import { holderOf } from "./endpoint";
import { Store, storeNames } from "./store";

/** An object and the cloud it is in. */
export interface InventoryItem extends CloudObject {
  readonly provider: string;
}

/**
 * Everything the simulated clouds of a folder hold, to be compared with Pulumi's state. What was in a cluster that no longer
 * exists is gone with it.
 */
export function inventory(cloudFolder: string): readonly InventoryItem[] {
  return storeNames(cloudFolder).flatMap((name) => {
    const [provider = "", host] = name.split("@");
    if (host !== undefined && holderOf(cloudFolder, host.replaceAll("_", ":")) === undefined) return [];
    return [...new Store(cloudFolder, name).read().values()].map((object) => ({ ...object, provider }));
  });
}

/**
 * Live objects that Pulumi does not know: neither they nor the objects they came with are among `known` (what Pulumi's state
 * holds), and the cloud does not keep them by design. An id alone says little: a Service and a Gateway may share it.
 */
export function orphans(items: readonly InventoryItem[], known: readonly { readonly type: string; readonly id?: string }[]): readonly InventoryItem[] {
  const objects = new Set(known.map(({ type, id }) => `${type} ${id}`));
  const ids = new Set(known.flatMap(({ id }) => id ?? []));
  const isKnown = ({ type, id, owner }: InventoryItem): boolean => objects.has(`${type} ${id}`) || (owner !== undefined && ids.has(owner));
  return items.filter((item) => item.retained === undefined && !isKnown(item));
}

/** What a cloud keeps by design, with its reason. */
export type RetainedItem = InventoryItem & Required<Pick<InventoryItem, "retained" | "upkeep">>;

/** What the clouds keep by design after a deletion. */
export function retained(items: readonly InventoryItem[]): readonly RetainedItem[] {
  return items.filter((item): item is RetainedItem => item.retained !== undefined);
}
