import { holdingAt } from "../../../providers/azure/holding";
import type { Holding } from "../../../providers/contract";
import { taggedWith } from "./tagged";

/** Children that Azure lists inside their parents only, though they have tags. */
const LISTED_INSIDE = ["Microsoft.KeyVault/vaults/secrets", "Microsoft.DataProtection/backupVaults/backupInstances", "Microsoft.Network/dnsZones"];

/** What an adapter would be answered by a simulated Azure, read from its folder at once. */
export function holdingsOf(cloudFolder: string, tags: Readonly<Record<string, string>>): readonly Holding[] {
  return taggedWith(tags, cloudFolder)
    .filter(({ type }) => !LISTED_INSIDE.includes(type))
    .flatMap(({ id, type, tags: own }) => holdingAt(id, type, own, { tags }) ?? []);
}
