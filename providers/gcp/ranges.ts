import { parseRange, partOf, writtenAddress, writtenRange } from "../../components/plan/ranges";

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
  const whole = parseRange(range);
  return {
    pods: writtenRange(partOf(whole, 1, 0)),
    nodes: writtenRange(partOf(whole, 3, 4)),
    data: writtenRange(partOf(whole, 3, 5)),
    services: writtenRange(partOf(whole, 3, 6)),
  };
}

/** @returns the tenth address of a range of Services, which is the cluster's name server. */
export function nameServerIn(services: string): string {
  return writtenAddress(parseRange(services).first + 10);
}

/** @returns the first address and the length of a range. */
export function addressAndLength(range: string): { readonly address: string; readonly length: number } {
  const { first, length } = parseRange(range);
  return { address: writtenAddress(first), length };
}
