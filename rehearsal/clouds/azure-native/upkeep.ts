import type { CloudObject, Upkeep } from "../../provider/behaviour";
import { number } from "../../provider/properties";
import { lastName } from "./arm";
import { groupOf } from "./resource";

/** A GiB of a database's backup for a month, in East US: the same source as the adapter's prices. */
const BACKUP_GIB = 0.095;

const DAYS = 30;

/** What is left of a database costs by what it holds, and ends by itself. */
export function backupUpkeep({ outputs }: CloudObject, days: number): Upkeep {
  const size = number(outputs, "storage.storageSizeGB") ?? 0;
  return {
    monthly: { usd: Math.round(size * BACKUP_GIB * (days / DAYS) * 100) / 100, why: `at most (${size} GiB x ${BACKUP_GIB} for ${days} days), once` },
    remove: `nothing to do: Azure deletes it after ${days} days`,
  };
}

/** What waits for its deletion in a vault, which is not billed. */
export function vaultUpkeep({ id }: CloudObject, days: number, purgeable: boolean): Upkeep {
  const remove = purgeable ? `az keyvault purge --name ${lastName(id)}` : `nothing can be done: it is protected from purging, and Azure deletes it after ${days} days`;
  return { monthly: { usd: 0, why: "operations on a vault are billed, and there are none" }, remove };
}

/** What an account keeps of what was deleted in it. */
export function filesUpkeep({ id }: CloudObject, days: number): Upkeep {
  return { monthly: { why: `as before, for each GiB stored, for ${days} days` }, remove: `az storage account delete --name ${id.split("/")[8] ?? ""} --resource-group ${groupOf(id)}` };
}

/** What waits for its deletion inside a vault. */
export function secretUpkeep({ id }: CloudObject, days: number): Upkeep {
  return {
    monthly: { usd: 0, why: "operations on a vault are billed, and there are none" },
    remove: `az keyvault secret purge --vault-name ${id.split("/")[8] ?? ""} --name ${lastName(id)}; with purge protection, nothing for ${days} days`,
  };
}
