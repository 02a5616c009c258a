/** A range of IPv4 addresses as a number and a prefix length. */
export interface Range {
  readonly first: number;
  readonly length: number;
}

/** Reads what the config has checked. */
export function parseRange(text: string): Range {
  const [address, length] = text.split("/") as [string, string];
  return { first: address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0), length: Number(length) };
}

/** The `index`th of the parts that `bits` more bits of prefix make. */
export function partOf(whole: Range, bits: number, index: number): Range {
  const length = whole.length + bits;
  return { first: whole.first + index * 2 ** (32 - length), length };
}

export function writtenRange({ first, length }: Range): string {
  return `${writtenAddress(first)}/${length}`;
}

export function writtenAddress(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}

/** Whether two ranges, as they are written, have an address in common. */
export function overlap(one: string, other: string): boolean {
  const [first, second] = [parseRange(one), parseRange(other)];
  const length = Math.min(first.length, second.length);
  const network = ({ first: start }: Range) => Math.floor(start / 2 ** (32 - length));
  return network(first) === network(second);
}
