import type { StepMetadata } from "../engine/events";
import { nameOf } from "../engine/state";
import { at, type Properties, type Value } from "../provider/properties";

/** A resource that is not in its cloud as the program left it. */
export interface Drifted {
  urn: string;
  type: string;
  name: string;
  /** Nobody finds it in the cloud any more. */
  gone: boolean;
  properties: DriftedProperty[];
}

/** One property of a drifted resource. */
export interface DriftedProperty {
  /** `tags.environment` */
  path: string;
  /** As the program left it. Secrets are masked. */
  program: Value | undefined;
  cloud: Value | undefined;
}

/** What a refresh, or the preview of one, found. */
export function driftIn(results: readonly StepMetadata[]): Drifted[] {
  return results
    .filter(({ op }) => op === "update" || op === "delete")
    .map((step) => ({ urn: step.urn, type: step.type, name: nameOf(step.urn), gone: step.op === "delete", properties: propertiesOf(step) }))
    .sort((one, other) => one.name.localeCompare(other.name) || one.type.localeCompare(other.type));
}

function propertiesOf({ old, new: now, detailedDiff }: StepMetadata): DriftedProperty[] {
  return Object.keys(detailedDiff ?? {}).map((path) => ({ path, program: shown(old?.inputs, path), cloud: shown(now?.inputs, path) }));
}

// The engine sends a secret as an object with a mask in it.
function shown(inputs: Properties | undefined, path: string): Value | undefined {
  const value = at(inputs, path);
  return JSON.stringify(value)?.includes(SECRET_SIGNATURE) === true ? "[secret]" : value;
}

const SECRET_SIGNATURE = "4dabf18193072939515e22adb298388d";

/** One line for a gone resource, one for each property of a changed one. */
export function driftLines({ type, name, gone, properties }: Drifted): string[] {
  if (gone) return [`${name}: gone  ${type}`];
  return properties.map(({ path, program, cloud }) => `${name}: ${path} is ${text(cloud)}, was ${text(program)}  ${type}`);
}

function text(value: Value | undefined): string {
  return value === undefined ? "not set" : JSON.stringify(value);
}
