import type { Behaviour, Cloud } from "../../provider/behaviour";
import type { Properties } from "../../provider/properties";
import { sdkFacts, type TypeFacts } from "../../provider/sdkFacts";
import { apiTypeOf, apiVersionOf } from "./apiTypes";
import { checkConfig, connect, diffConfig, storeName } from "./configuration";
import { latencies } from "./latency";
import { nameObject } from "./naming";
import { objectBehaviour } from "./objects";
import { prepareRelease, RELEASE, release } from "./release";

const objects = Object.entries(latencies).map(([type, latency]) => [type, objectBehaviour(type, latency)] as const);

/** Kinds with a latency of their own; every other kind follows {@link cloud}'s `behaviourOf`. */
export const behaviours: Readonly<Record<string, Behaviour>> = { ...Object.fromEntries(objects), [RELEASE]: release };

/** A simulated cluster for every kubeconfig whose server some simulated cloud has. */
export const cloud: Cloud = {
  name: "kubernetes",
  behaviours,
  invokes: {},
  behaviourOf: objectBehaviour,
  factsOf,
  prepare,
  nameObject,
  storeName,
  connect,
  checkConfig,
  diffConfig,
};

function prepare(type: string, inputs: Properties, config: Properties): Properties {
  if (type === RELEASE) return prepareRelease(inputs, config);
  const { kind, ...api } = apiTypeOf(type);
  return { apiVersion: apiVersionOf({ kind, ...api }), kind, ...inputs };
}

// The server fills in nothing but `status` at the top level, and a Secret's values are secret however they were given.
function factsOf(type: string): TypeFacts {
  const known = sdkFacts(type);
  const computed = type === RELEASE ? ["status", "resourceNames"] : (known?.outputOnly ?? []);
  const secret = type === "kubernetes:core/v1:Secret" ? ["data", "stringData"] : [];
  return {
    type,
    inputs: known?.inputs ?? new Set(),
    required: known?.required ?? [],
    outputOnly: computed,
    outputs: new Map(computed.map((name) => [name, { kind: "map", optional: false }])),
    secretInputs: secret,
    secretOutputs: secret,
    aliases: known?.aliases ?? [],
    open: known === undefined,
  };
}
