import { type ProgramGraph, type ResourceNode, stackType } from "../monitor/graph";
import { urnOf } from "../monitor/urn";

const place = { project: "moodle", stack: "dev" };

/** A resource for tests of the graph's own assertions; a component where `custom` is false. */
export function aResource(type: string, name: string, overrides: Partial<ResourceNode> = {}): ResourceNode {
  return {
    urn: urnOf({ ...place, type, name, parent: overrides.parent }),
    type,
    name,
    parent: undefined,
    custom: true,
    read: false,
    id: `${name}-id`,
    inputs: {},
    outputs: {},
    outputsRegistered: overrides.custom === false,
    provider: undefined,
    providers: {},
    dependencies: [],
    propertyDependencies: {},
    protect: false,
    retainOnDelete: false,
    deletedWith: undefined,
    replaceWith: [],
    deleteBeforeReplace: undefined,
    ignoreChanges: [],
    replaceOnChanges: [],
    hideDiffs: [],
    additionalSecretOutputs: [],
    customTimeouts: {},
    aliases: [],
    importId: undefined,
    version: undefined,
    hooks: {},
    source: undefined,
    ...overrides,
  };
}

/** A graph with its stack and these resources. */
export function aGraph(resources: readonly ResourceNode[], overrides: Partial<ProgramGraph> = {}): ProgramGraph {
  const stack = aResource(stackType, "moodle-dev", { custom: false });
  return {
    ...place,
    mode: "update",
    resources: [stack, ...resources],
    invokes: [],
    outputs: {},
    diagnostics: [],
    planted: [],
    ...overrides,
  };
}
