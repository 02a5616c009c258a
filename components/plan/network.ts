import type { ZonePlan } from "./cloudPlan";
import { parseRange, partOf, writtenRange } from "./ranges";

/**
 * Cuts the network's range. Private subnets are eighths of it in the lower half, because every pod takes an address;
 * public and data subnets are 256ths in the upper half (/24 of a /16). A zone's place depends on its number alone, so
 * that a third zone never moves the first two.
 */
export function cutNetwork(range: string, zones: number): readonly ZonePlan[] {
  const whole = parseRange(range);
  return Array.from({ length: zones }, (_, index) => ({
    number: index + 1,
    privateRange: writtenRange(partOf(whole, 3, index)),
    publicRange: writtenRange(partOf(whole, 8, 128 + index)),
    dataRange: writtenRange(partOf(whole, 8, 160 + index)),
  }));
}
