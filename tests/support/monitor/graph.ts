import type { PropertyMap, Value } from "./value";

/** `preview` is what `pulumi preview` shows before anything exists; `update` simulates that every resource was created. */
export type Mode = "preview" | "update";

export const stackType = "pulumi:pulumi:Stack";

/** One registration, as the engine saw it. */
export interface ResourceNode {
  urn: string;
  type: string;
  name: string;
  /** URN of the parent; undefined only for the stack itself. */
  parent: string | undefined;
  /** False for components. */
  custom: boolean;
  /** True for `.get` of something that exists already. */
  read: boolean;
  id: string | undefined;
  inputs: PropertyMap;
  /** What the resource was answered; for a component what it registered with `registerOutputs`. */
  outputs: PropertyMap;
  outputsRegistered: boolean;
  /** URN of the explicit provider; undefined where the default provider of the package would serve. */
  provider: string | undefined;
  /** Package → URN of the providers a component hands to its children. */
  providers: Record<string, string>;
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
  protect: boolean;
  retainOnDelete: boolean;
  deletedWith: string | undefined;
  replaceWith: string[];
  /** Undefined where the program leaves the order to the provider. */
  deleteBeforeReplace: boolean | undefined;
  ignoreChanges: string[];
  replaceOnChanges: string[];
  hideDiffs: string[];
  additionalSecretOutputs: string[];
  customTimeouts: Timeouts;
  aliases: Alias[];
  importId: string | undefined;
  version: string | undefined;
  hooks: Record<string, string[]>;
  source: SourcePosition | undefined;
}

export interface Timeouts {
  create?: string;
  update?: string;
  delete?: string;
  read?: string;
}

export interface Alias {
  urn?: string;
  name?: string;
  type?: string;
  stack?: string;
  project?: string;
  parent?: string;
  noParent?: boolean;
}

export interface SourcePosition {
  file: string;
  line: number;
  column: number;
}

export interface InvokeRecord {
  token: string;
  args: PropertyMap;
  result: PropertyMap;
}

export interface Diagnostic {
  severity: "info" | "warning" | "error";
  message: string;
  urn: string | undefined;
}

/** A secret the monitor itself handed to the program, so that its text can be looked for wherever it must not be. */
export interface PlantedSecret {
  origin: string;
  text: string;
}

/** Everything one run of the program registered, in order of registration. */
export interface ProgramGraph {
  project: string;
  stack: string;
  mode: Mode;
  resources: ResourceNode[];
  invokes: InvokeRecord[];
  outputs: PropertyMap;
  diagnostics: Diagnostic[];
  planted: PlantedSecret[];
}

/** The resources by URN. */
export function byUrn(graph: ProgramGraph): Map<string, ResourceNode> {
  return new Map(graph.resources.map((resource) => [resource.urn, resource]));
}

/** The one resource of a type and, where several have the type, of a name. */
export function theResource(graph: ProgramGraph, type: string, name?: string): ResourceNode {
  const found = ofType(graph, type).filter((resource) => name === undefined || resource.name === name);
  const [only] = found;
  if (only === undefined || found.length > 1) {
    const names = ofType(graph, type).map((resource) => resource.name);
    throw new Error(`expected one ${type}${name === undefined ? "" : ` named ${name}`}, found ${found.length} (of that type: ${names.join(", ") || "none"})`);
  }
  return only;
}

/** All resources of a type, components included. */
export function ofType(graph: ProgramGraph, type: string): ResourceNode[] {
  return graph.resources.filter((resource) => resource.type === type);
}

/** A resource as a reader looks for it: type, name and the line that created it. */
export function described(resource: ResourceNode): string {
  const at = resource.source === undefined ? "" : ` (${resource.source.file}:${resource.source.line})`;
  return `${resource.type} ${resource.name}${at}`;
}

export type { PropertyMap, Value };
