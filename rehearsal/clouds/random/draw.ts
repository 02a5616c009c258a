import { randomInt } from "node:crypto";

/** One of the items, each as likely, from the machine's own randomness. */
export function oneOf<T>(items: readonly T[]): T {
  const item = items[randomInt(items.length)];
  if (item === undefined) throw new Error("there is nothing to draw from");
  return item;
}

/** `count` characters of the alphabet. */
export function charactersOf(alphabet: string, count: number): string[] {
  return Array.from({ length: count }, () => oneOf([...alphabet]));
}

/** The same items in another order, every order as likely. */
export function shuffled<T>(items: readonly T[]): T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(randomInt(left.length), 1));
}
