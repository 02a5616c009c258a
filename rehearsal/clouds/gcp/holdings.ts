import { holdingOf } from "../../../providers/gcp/assets";
import type { Holding } from "../../../providers/contract";
import { text } from "../../provider/properties";
import { labelledWith } from "./tagged";

/** What the adapter would answer of a simulated Google Cloud, read from its folder at once. */
export function holdingsOf(cloudFolder: string, labels: Readonly<Record<string, string>>): readonly Holding[] {
  return labelledWith(labels, cloudFolder).flatMap(({ object, ...asset }) => holdingOf(asset, text(object.outputs, "project") ?? "") ?? []);
}
