import { randomBytes } from "node:crypto";

import type { Context } from "../../provider/behaviour";
import { number, type Properties, text } from "../../provider/properties";

/** Outputs of RandomId: one draw in four notations, each with the prefix. */
export function randomIdOutputs(inputs: Properties, context: Context): Properties {
  const names = ["b64Std", "b64Url", "hex", "dec"] as const;
  const previous = context.previous;
  if (previous !== undefined) return Object.fromEntries(names.map((name) => [name, previous[name]]));
  const bytes = randomBytes(number(inputs, "byteLength") ?? 0);
  const prefix = text(inputs, "prefix") ?? "";
  return {
    b64Std: `${prefix}${bytes.toString("base64")}`,
    b64Url: `${prefix}${bytes.toString("base64url")}`,
    hex: `${prefix}${bytes.toString("hex")}`,
    dec: `${prefix}${BigInt(`0x${bytes.toString("hex") || "0"}`)}`,
  };
}

/** The id of a RandomId: base64 for URLs, without the prefix. */
export function randomIdId(outputs: Properties): string {
  return (text(outputs, "b64Url") ?? "").slice((text(outputs, "prefix") ?? "").length);
}

/** Outputs of RandomBytes. */
export function randomBytesOutputs(inputs: Properties, context: Context): Properties {
  const { previous } = context;
  if (previous !== undefined) return { base64: previous.base64, hex: previous.hex };
  const bytes = randomBytes(number(inputs, "length") ?? 0);
  return { base64: bytes.toString("base64"), hex: bytes.toString("hex") };
}
