import type { ZonePlan } from "./cloudPlan";

/** A range of IPv4 addresses as a number and a prefix length. */
interface Range {
  readonly first: number;
  readonly length: number;
}

/**
 * Cuts the network's range. Private subnets are eighths of it in the lower half, because every pod takes an address;
 * public and data subnets are 256ths in the upper half (/24 of a /16). A zone's place depends on its number alone, so
 * that a third zone never moves the first two.
 */
export function cutNetwork(range: string, zones: number): readonly ZonePlan[] {
  const whole = parse(range);
  return Array.from({ length: zones }, (_, index) => ({
    number: index + 1,
    privateRange: print(part(whole, 3, index)),
    publicRange: print(part(whole, 8, 128 + index)),
    dataRange: print(part(whole, 8, 160 + index)),
  }));
}

/** The `index`th of the parts that `bits` more bits of prefix make. */
function part(whole: Range, bits: number, index: number): Range {
  const length = whole.length + bits;
  return { first: whole.first + index * 2 ** (32 - length), length };
}

function parse(text: string): Range {
  const [address, length] = text.split("/") as [string, string];
  return { first: address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0), length: Number(length) };
}

function print({ first, length }: Range): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${octets.join(".")}/${length}`;
}
