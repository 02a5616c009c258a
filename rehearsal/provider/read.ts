import { DEFAULTS } from "./autoName";
import type { ClockCall } from "../clock/client";
import { faultFor } from "./faults";
import { type Result, type Target, withoutDefaults } from "./operations";
import { isList, isObject, type Properties, type Value } from "./properties";
import type { Session } from "./session";
import { refuse, waitFor } from "./waiting";
import { maskedPaths, type Received, restored, type SecretPaths, topLevel, union } from "./wire";

/** A resource as the cloud has it now; an empty id when it is gone. */
export interface ReadResult extends Result {
  readonly inputs: Properties;
  readonly inputSecrets: SecretPaths;
}

const gone: ReadResult = { id: "", outputs: {}, secrets: new Set(), inputs: {}, inputSecrets: new Set() };

/**
 * Reads an object for a refresh, an import or a `.get`. What the cloud does not tell (secrets) comes from the request, and
 * everything that was secret is marked again: unmarked it would be written to the state in clear.
 */
export async function read(
  session: Session,
  target: Target,
  id: string,
  state: Received,
  inputs: Received,
  call: ClockCall,
): Promise<ReadResult> {
  const fault = faultFor(session.cloudFolder, "read", target.type, target.name);
  refuse(fault, `reading ${id}`);
  await waitFor(0, fault, call, session.cancelled, session.deaths);
  const known = union(topLevel(session.factsOf(target.type)?.secretOutputs ?? []), inputs.secrets);
  if (session.cloud.stateless === true) {
    if (Object.keys(state.value).length === 0) return gone;
    const secrets = union(known, state.secrets);
    return { id, outputs: state.value, secrets, inputs: inputs.value, inputSecrets: inputs.secrets };
  }
  const stored = session.store.get(target.type, id);
  const about = { ...target, id, seed: stored?.seed ?? target.urn, previous: state.value };
  const context = session.context(about, call, [state, inputs]);
  const reached = await session.cloud.connect?.("read", context);
  if (reached === "gone") return gone;
  if (stored === undefined || stored.retained !== undefined) return gone;
  const behaviour = session.behaviourOf(target.type);
  const now = behaviour?.read === undefined ? stored.outputs : await behaviour.read(stored, context);
  if (now === undefined) return gone;
  const imported = Object.keys(inputs.value).length === 0;
  // The store masks what is secret, also where the cloud itself made it and tells it to whoever imports the object.
  const told = imported ? (behaviour?.outputs?.(withoutDefaults(stored.inputs), context) ?? {}) : {};
  const outputs = restored(now, state.value, inputs.value, told);
  const nowInputs = imported ? restored(stored.inputs, outputs) : projected(inputs.value, outputs);
  return {
    id,
    outputs,
    secrets: union(known, state.secrets, maskedPaths(stored.outputs)),
    inputs: nowInputs,
    inputSecrets: union(inputs.secrets, maskedPaths(stored.inputs)),
  };
}

// What the cloud has for the properties the program gave, and nothing the cloud added.
function projected(given: Properties, outputs: Properties): Properties {
  const entries = Object.entries(given).flatMap(([name, value]) => {
    const now = name === DEFAULTS ? value : onto(value, outputs[name]);
    return now === undefined ? [] : [[name, now] as const];
  });
  return Object.fromEntries(entries);
}

function onto(given: Value | undefined, actual: Value | undefined): Value | undefined {
  if (isObject(given) && isObject(actual)) return projected(given, actual);
  if (isList(given) && isList(actual) && given.length === actual.length) {
    return given.flatMap((item, index) => onto(item, actual[index]) ?? []);
  }
  return actual;
}
