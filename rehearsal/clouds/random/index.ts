import type { Behaviour, Cloud, ForceNew, Latency } from "../../provider/behaviour";
import { type Properties, text } from "../../provider/properties";
import { randomBytesOutputs, randomIdId, randomIdOutputs } from "./bytes";
import { checkString, passwordOutputs, stringOutputs } from "./password";
import { integerOutputs, petOutputs, shuffleOutputs, uuidOutputs } from "./values";

const latency: Latency = {
  create: 0,
  update: 0,
  delete: 0,
  source: { basis: "measured", from: "made in the provider's process, without a cloud" },
};

// Every input of these types replaces: RequiresReplace in the schemas of terraform-provider-random 3.7, which is bridged.
function allOf(...paths: readonly string[]): ForceNew {
  return { paths: ["keepers", ...paths], source: "terraform-provider-random 3.7, internal/provider" };
}

const forceNew = allOf(
  ...["length", "lower", "upper", "number", "numeric", "special"],
  ...["overrideSpecial", "minLower", "minNumeric", "minSpecial", "minUpper"],
);

function result(outputs: Properties): string {
  const value = outputs.result;
  return typeof value === "number" ? String(value) : (text(outputs, "result") ?? "");
}

/** How random values are made. Each is drawn once, from the machine's own randomness, and kept in Pulumi's state alone. */
export const behaviours: Readonly<Record<string, Behaviour>> = {
  "random:index/randomPassword:RandomPassword": {
    latency,
    forceNew,
    check: checkString,
    outputs: passwordOutputs,
    id: () => "none",
  },
  "random:index/randomString:RandomString": {
    latency,
    forceNew,
    check: checkString,
    outputs: stringOutputs,
    idFromOutputs: result,
  },
  "random:index/randomId:RandomId": {
    latency,
    forceNew: allOf("byteLength", "prefix"),
    outputs: randomIdOutputs,
    idFromOutputs: randomIdId,
  },
  "random:index/randomBytes:RandomBytes": {
    latency,
    forceNew: allOf("length"),
    outputs: randomBytesOutputs,
    // As in the real provider, although it puts the secret where nothing encrypts it.
    idFromOutputs: (outputs) => text(outputs, "base64") ?? "",
  },
  "random:index/randomUuid:RandomUuid": { latency, forceNew: allOf(), outputs: uuidOutputs, idFromOutputs: result },
  "random:index/randomPet:RandomPet": {
    latency,
    forceNew: allOf("length", "prefix", "separator"),
    outputs: petOutputs,
    idFromOutputs: (outputs) => text(outputs, "id") ?? "",
  },
  "random:index/randomInteger:RandomInteger": {
    latency,
    forceNew: allOf("min", "max", "seed"),
    outputs: integerOutputs,
    idFromOutputs: result,
  },
  "random:index/randomShuffle:RandomShuffle": {
    latency,
    forceNew: allOf("inputs", "resultCount", "seed"),
    outputs: shuffleOutputs,
    id: () => "-",
  },
};

/** The random provider: nothing of it exists outside Pulumi's state. */
export const cloud: Cloud = { name: "random", behaviours, invokes: {}, stateless: true };
