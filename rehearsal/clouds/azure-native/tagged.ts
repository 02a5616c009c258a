import type { CloudObject } from "../../provider/behaviour";
import { object } from "../../provider/properties";
import { storesOf } from "../../provider/store";
import { forms } from "./arm";

/** An object as Azure lists it by its tags. */
export interface Tagged {
  readonly id: string;
  /** As Azure writes it: `Microsoft.Network/virtualNetworks`. */
  readonly type: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly object: CloudObject;
}

/** Everything in a cloud folder that carries all of the tags. Azure lists nothing of what it only keeps. */
export function taggedWith(tags: Readonly<Record<string, string>>, cloudFolder: string): readonly Tagged[] {
  return storesOf(cloudFolder, "azure-native")
    .flatMap((store) => [...store.read().values()])
    .filter(({ retained }) => retained === undefined)
    .flatMap((held) => {
      const [own, type] = [tagsOf(held), forms[held.type]?.kind];
      return type !== undefined && Object.entries(tags).every(([key, value]) => own[key] === value) ? [{ id: held.id, type, tags: own, object: held }] : [];
    });
}

function tagsOf({ outputs }: CloudObject): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(object(outputs, "tags")).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])));
}
