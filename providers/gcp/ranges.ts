/** What lives where in the network's range. No part depends on the number of zones: subnets of Google span a region. */
export interface Ranges {
  /** Pods: the lower half. A node takes a /26 of it for its 32 pods, https://cloud.google.com/kubernetes-engine/docs/how-to/flexible-pod-cidr */
  readonly pods: string;
  readonly nodes: string;
  /** Where Google puts database, caches and shares, in a network of its own that is peered with ours. */
  readonly data: string;
  /** Virtual addresses of the cluster's Services. */
  readonly services: string;
}

/** Cuts the network's range: a half, and of the other one three quarters. The last quarter is free. */
export function cutRanges(range: string): Ranges {
  const whole = parse(range);
  return {
    pods: print(part(whole, 1, 0)),
    nodes: print(part(whole, 3, 4)),
    data: print(part(whole, 3, 5)),
    services: print(part(whole, 3, 6)),
  };
}

/** @returns the tenth address of a range of Services, which is the cluster's name server. */
export function nameServerIn(services: string): string {
  return address(parse(services).first + 10);
}

/** @returns the first address and the length of a range. */
export function parseRange(range: string): { readonly address: string; readonly length: number } {
  const { first, length } = parse(range);
  return { address: address(first), length };
}

interface Range {
  readonly first: number;
  readonly length: number;
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
  return `${address(first)}/${length}`;
}

function address(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}

/** @returns whether two ranges have an address in common. */
export function overlap(one: string, other: string): boolean {
  const [first, second] = [parse(one), parse(other)];
  const length = Math.min(first.length, second.length);
  const network = ({ first: start }: Range) => Math.floor(start / 2 ** (32 - length));
  return network(first) === network(second);
}
