import type { Latency, Source } from "./behaviour";

const ASSUMED: Source = { basis: "assumed", from: "the default of the type's class" };

// Looked through from the top; the first that matches the last part of the type token counts.
const CLASSES: readonly (readonly [pattern: RegExp, create: number, update: number, remove: number])[] = [
  [/(Attachment|Association|Policy|Rule|Grant|Alias|Version|Permission|Binding)$/, 0.05, 0.05, 0.05],
  [/(Member|Assignment|Entry|Tag|Record|Parameter\w*)$/, 0.05, 0.05, 0.05],
  [/(Cluster|Database\w*|ReplicationGroup|FlexibleServer|Redis\w*)$/, 10, 5, 5],
  [/(NodeGroup|AgentPool|NodePool|Instance|LoadBalancer|Gateway|Distribution)$/, 3, 2, 3],
];

/** The latency of a type without an entry of its own, in minutes by the class of the type. Always assumed. */
export function defaultLatency(type: string): Latency {
  const found = CLASSES.find(([pattern]) => pattern.test(type));
  const [, create, update, remove] = found ?? [undefined, 0.1, 0.1, 0.1];
  return { create, update, delete: remove, source: ASSUMED };
}
