import type { CloudObject } from "./provider/behaviour";
import { keyOf, type Store, storesOf } from "./provider/store";

/** Something that a person changes in a cloud by hand, beside the program. */
export interface HandMadeChange {
  /** What it is, as the person would say it. */
  readonly what: string;
  /** Type token and the end of the logical name of the object. */
  readonly type: string;
  readonly nameEnds: string;
  /** The object as the person leaves it; `undefined` when it is deleted. */
  readonly change: (object: CloudObject) => CloudObject | undefined;
  /** Type of what the cloud keeps inside the object, by the same logical name, and deletes with it. */
  readonly within?: string;
}

/**
 * Changes a simulated cloud as a console would: Pulumi hears nothing of it.
 *
 * @returns the object as it was, or `undefined` when the cloud has none such
 */
export function changeByHand(cloudFolder: string, provider: string, change: HandMadeChange): CloudObject | undefined {
  return storesOf(cloudFolder, provider).flatMap((store) => changeIn(store, change) ?? [])[0];
}

function changeIn(store: Store, { type, nameEnds, change, within }: HandMadeChange): CloudObject | undefined {
  return store.update((objects) => {
    const all = [...objects.values()].filter(({ name, retained }) => name.endsWith(nameEnds) && retained === undefined);
    const object = all.find((candidate) => candidate.type === type);
    if (object === undefined) return undefined;
    const changed = change(object);
    if (changed === undefined) objects.delete(keyOf(type, object.id));
    else objects.set(keyOf(type, object.id), changed);
    for (const inner of all.filter((candidate) => candidate.type === within)) objects.delete(keyOf(inner.type, inner.id));
    return object;
  });
}
