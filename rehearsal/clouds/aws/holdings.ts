import { holdingAt } from "../../../providers/aws/holding";
import type { Holding } from "../../../providers/contract";
import { taggedWith } from "./tagged";

/** What the adapter would answer of a simulated AWS, read from its folder at once. */
export function holdingsOf(cloudFolder: string, tags: Readonly<Record<string, string>>): readonly Holding[] {
  return taggedWith(tags, cloudFolder).flatMap(({ arn, tags: own, object }) => (object.retained === undefined ? (holdingAt(arn, own) ?? []) : []));
}
