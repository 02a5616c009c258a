import { randomInt, randomUUID } from "node:crypto";

import type { Context } from "../../provider/behaviour";
import { number, type Properties, text, texts } from "../../provider/properties";
import { oneOf, shuffled } from "./draw";

const ADJECTIVES = (
  "able apt brave bright calm clean clear cool deep eager exact fair fancy fine firm fond free fresh full gentle " +
  "glad good grand great handy happy honest just keen kind large light loyal lucky mature merry mighty model modest " +
  "neat noble open patient proud quick quiet rapid ready rich right sharp simple smart solid sound stable steady " +
  "strong sunny sure sweet tender tidy true upright vital warm wise witty worthy"
).split(" ");
const ANIMALS = (
  "ant badger bat bear beaver bee bird bison boar buck camel cat cattle civet cobra cod colt coral cow crab crane " +
  "cricket crow deer dog dove duck eagle eel egret elk emu ewe falcon fawn finch fish flea fly fowl fox frog gecko " +
  "goat goose grouse gull hare hawk hen heron hornet horse jay koala lark lemur lion lynx mole moose moth mouse " +
  "mule newt octopus otter owl ox panda pig pony pug quail rabbit ram raven robin seal sheep shrew snail swan tiger " +
  "toad trout turtle whale wolf wren yak zebra"
).split(" ");
const ADVERBS = (
  "badly barely blindly boldly briefly calmly clearly closely daily deeply easily evenly exactly fairly finely " +
  "firmly freely fully gently gladly greatly hardly highly humbly jointly justly kindly largely lightly loosely " +
  "mainly mostly nearly neatly newly nicely openly partly plainly poorly promptly purely quickly quietly rapidly " +
  "rarely readily really rightly sadly safely sharply simply slowly smoothly soundly stably strongly surely truly " +
  "vastly vaguely warmly weekly widely wildly wisely"
).split(" ");

/** Output of RandomUuid. */
export function uuidOutputs(_inputs: Properties, context: Context): Properties {
  return { result: text(context.previous, "result") ?? randomUUID() };
}

/** Output of RandomInteger: from `min` to `max`, both included. */
export function integerOutputs(inputs: Properties, context: Context): Properties {
  const [min, max] = [number(inputs, "min") ?? 0, number(inputs, "max") ?? 0];
  return { result: number(context.previous, "result") ?? randomInt(min, max + 1) };
}

/** Output of RandomShuffle: a permutation, cut or repeated to `resultCount`. */
export function shuffleOutputs(inputs: Properties, context: Context): Properties {
  const before = texts(context.previous, "results");
  if (context.previous !== undefined) return { results: before };
  const items = texts(inputs, "inputs");
  const count = number(inputs, "resultCount") ?? items.length;
  const results: string[] = [];
  while (items.length > 0 && results.length < count) results.push(...shuffled(items));
  return { results: results.slice(0, count) };
}

/** Outputs of RandomPet: `length` words, the last an animal, the one before it an adjective, adverbs before that. */
export function petOutputs(inputs: Properties, context: Context): Properties {
  const length = number(inputs, "length") ?? 2;
  const separator = text(inputs, "separator") ?? "-";
  if (context.previous !== undefined) return { length, separator };
  const words = Array.from({ length }, (_, index) => oneOf([ANIMALS, ADJECTIVES][length - 1 - index] ?? ADVERBS));
  const prefix = text(inputs, "prefix");
  return { length, separator, id: [...(prefix === undefined ? [] : [prefix]), ...words].join(separator) };
}
