import type { Alias as AliasMessage } from "@pulumi/pulumi/proto/alias_pb";
import type { ReadResourceRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { Alias, ResourceNode, SourcePosition, Timeouts } from "./graph";
import { providerReference } from "./urn";
import { decode, decodeMap } from "./value";

/** Translates what the program asked the engine to register. Outputs and id follow when it is answered. */
export function registered(request: RegisterResourceRequest, urn: string): ResourceNode {
  const node = emptyNode(urn, request);
  const dependencies = new Set(request.getDependenciesList());
  for (const [key, list] of request.getPropertydependenciesMap().entries()) node.propertyDependencies[key] = list.getUrnsList();
  for (const [key, wire] of Object.entries(request.getObject()?.toJavaScript() ?? {})) {
    const carried = new Set(node.propertyDependencies[key] ?? []);
    node.inputs[key] = decode(wire, (dependency) => carried.add(dependency));
    if (carried.size > 0) node.propertyDependencies[key] = [...carried];
    carried.forEach((dependency) => dependencies.add(dependency));
  }
  for (const [name, reference] of request.getProvidersMap().entries()) node.providers[name] = providerReference(reference).urn;
  return {
    ...node,
    custom: request.getCustom(),
    dependencies: [...dependencies],
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    deletedWith: request.getDeletedwith() || undefined,
    replaceWith: request.getReplaceWithList(),
    deleteBeforeReplace: request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : undefined,
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    hideDiffs: request.getHidediffsList(),
    customTimeouts: timeouts(request),
    aliases: [...request.getAliasurnsList().map((alias) => ({ urn: alias })), ...request.getAliasesList().map(alias)],
    importId: request.getImportid() || undefined,
    hooks: hooks(request),
  };
}

/** Translates a `.get`. */
export function readOf(request: ReadResourceRequest, urn: string): ResourceNode {
  return {
    ...emptyNode(urn, request),
    custom: true,
    read: true,
    id: request.getId(),
    inputs: decodeMap(request.getProperties()?.toJavaScript()),
    dependencies: request.getDependenciesList(),
  };
}

function emptyNode(urn: string, request: RegisterResourceRequest | ReadResourceRequest): ResourceNode {
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent() || undefined,
    custom: false,
    read: false,
    id: undefined,
    inputs: {},
    outputs: {},
    outputsRegistered: false,
    provider: request.getProvider() === "" ? undefined : providerReference(request.getProvider()).urn,
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
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    customTimeouts: {},
    aliases: [],
    importId: undefined,
    version: request.getVersion() || undefined,
    hooks: {},
    source: position(request),
  };
}

function timeouts(request: RegisterResourceRequest): Timeouts {
  const given = request.getCustomtimeouts();
  const set: Timeouts = {};
  if (given?.getCreate()) set.create = given.getCreate();
  if (given?.getUpdate()) set.update = given.getUpdate();
  if (given?.getDelete()) set.delete = given.getDelete();
  if (given?.getRead()) set.read = given.getRead();
  return set;
}

function alias(message: AliasMessage): Alias {
  if (message.hasUrn()) return { urn: message.getUrn() };
  const spec = message.getSpec();
  const set: Alias = {};
  if (spec?.getName()) set.name = spec.getName();
  if (spec?.getType()) set.type = spec.getType();
  if (spec?.getStack()) set.stack = spec.getStack();
  if (spec?.getProject()) set.project = spec.getProject();
  if (spec?.getParenturn()) set.parent = spec.getParenturn();
  if (spec?.getNoparent()) set.noParent = true;
  return set;
}

function hooks(request: RegisterResourceRequest): Record<string, string[]> {
  const bound = request.getHooks();
  if (bound === undefined) return {};
  const all: Record<string, string[]> = {
    beforeCreate: bound.getBeforeCreateList(),
    afterCreate: bound.getAfterCreateList(),
    beforeUpdate: bound.getBeforeUpdateList(),
    afterUpdate: bound.getAfterUpdateList(),
    beforeDelete: bound.getBeforeDeleteList(),
    afterDelete: bound.getAfterDeleteList(),
    onError: bound.getOnErrorList(),
  };
  return Object.fromEntries(Object.entries(all).filter(([, names]) => names.length > 0));
}

function position(request: RegisterResourceRequest | ReadResourceRequest): SourcePosition | undefined {
  const source = request.getSourceposition();
  if (source === undefined) return undefined;
  return { file: decodeURI(new URL(source.getUri()).pathname), line: source.getLine(), column: source.getColumn() };
}
