import { holdingOf } from "../../../providers/gcp/assets";
import type { Holding } from "../../../providers/contract";
import { labelledWith } from "./tagged";

/** What the adapter would answer of a simulated Google Cloud, read from its folder at once. */
export function holdingsOf(cloudFolder: string, labels: Readonly<Record<string, string>>): readonly Holding[] {
  return labelledWith(labels, cloudFolder).flatMap(({ name, assetType, labels: own }) => holdingOf({ name, assetType, labels: own }) ?? []);
}
