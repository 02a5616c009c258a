import { behaviours as aws } from "../../../rehearsal/clouds/aws/behaviours";
import { behaviours as azure } from "../../../rehearsal/clouds/azure-native/behaviours";
import { behaviours as gcp } from "../../../rehearsal/clouds/gcp/behaviours";
import { forceNewOf } from "../../../rehearsal/clouds/kubernetes/immutable";
import { behaviours as random } from "../../../rehearsal/clouds/random/index";
import type { ProgramGraph } from "../monitor/graph";
import { statefulTypes } from "./protection";

/** A repository of a provider or of the cloud's API, a version or a commit of it, and the file that was read. */
const COMPARED = /^[\w-]+ (v?\d+\.\d+(\.\d+)?|[0-9a-f]{7,40}), \S+\.(go|json)\b/;

/** Types that hold state of which nobody can say, from a provider's source, which changes replace them. */
export function withoutReplacementTable(graph: ProgramGraph): string[] {
  const held = graph.resources.filter(({ custom, protect, type }) => custom && (protect || statefulTypes[type] !== undefined));
  if (held.length === 0) return ["the program created nothing stateful, so nothing was checked"];
  return [...new Set(held.map(({ type }) => type))].sort().flatMap((type) => {
    const source = tableOf(type)?.source;
    if (source === undefined) return [`${type}: no table in rehearsal/clouds`];
    return COMPARED.test(source) ? [] : [`${type}: "${source}" names no repository, version and file`];
  });
}

function tableOf(type: string): { source: string } | undefined {
  return type.startsWith("kubernetes:") ? forceNewOf(type) : (aws[type] ?? azure[type] ?? gcp[type] ?? random[type])?.forceNew;
}
