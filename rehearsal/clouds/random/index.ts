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

// Every input of these types replaces: RequiresReplace in the schemas of the bridged provider, at the version it was compared with.
function allOf(file: string, paths: readonly string[]): ForceNew {
  return { paths: ["keepers", ...paths], source: `terraform-provider-random v3.9.0, internal/provider/${file}` };
}

function characters(file: string): ForceNew {
  return {
    ...allOf(file, ["length", "lower", "upper", "number", "numeric", "special", "minLower", "minNumeric", "minSpecial", "minUpper"]),
    when: (olds, news) => (olds.overrideSpecial === "" && news.overrideSpecial === undefined ? [] : ["overrideSpecial"]),
    inWords: "`overrideSpecial`, except from the empty text to none",
  };
}

function result(outputs: Properties): string {
  const value = outputs.result;
  return typeof value === "number" ? String(value) : (text(outputs, "result") ?? "");
}

/** How random values are made. Each is drawn once, from the machine's own randomness, and kept in Pulumi's state alone. */
export const behaviours: Readonly<Record<string, Behaviour>> = {
  "random:index/randomPassword:RandomPassword": {
    latency,
    forceNew: characters("resource_password.go"),
    check: checkString,
    outputs: passwordOutputs,
    id: () => "none",
  },
  "random:index/randomString:RandomString": {
    latency,
    forceNew: characters("resource_string.go"),
    check: checkString,
    outputs: stringOutputs,
    idFromOutputs: result,
  },
  "random:index/randomId:RandomId": {
    latency,
    forceNew: allOf("resource_id.go", ["byteLength", "prefix"]),
    outputs: randomIdOutputs,
    idFromOutputs: randomIdId,
  },
  "random:index/randomBytes:RandomBytes": {
    latency,
    forceNew: allOf("resource_bytes.go", ["length"]),
    outputs: randomBytesOutputs,
    // As in the real provider, although it puts the secret where nothing encrypts it.
    idFromOutputs: (outputs) => text(outputs, "base64") ?? "",
  },
  "random:index/randomUuid:RandomUuid": { latency, forceNew: allOf("resource_uuid.go", []), outputs: uuidOutputs, idFromOutputs: result },
  "random:index/randomPet:RandomPet": {
    latency,
    forceNew: allOf("resource_pet.go", ["length", "prefix", "separator"]),
    outputs: petOutputs,
    idFromOutputs: (outputs) => text(outputs, "id") ?? "",
  },
  "random:index/randomInteger:RandomInteger": {
    latency,
    forceNew: allOf("resource_integer.go", ["min", "max", "seed"]),
    outputs: integerOutputs,
    idFromOutputs: result,
  },
  "random:index/randomShuffle:RandomShuffle": {
    latency,
    forceNew: allOf("resource_shuffle.go", ["inputs", "resultCount", "seed"]),
    outputs: shuffleOutputs,
    id: () => "-",
  },
};

/** The random provider: nothing of it exists outside Pulumi's state. */
export const cloud: Cloud = { name: "random", behaviours, invokes: {}, stateless: true };
