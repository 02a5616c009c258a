import type { PropertyMap } from "./value";

/** What a provider sees of a resource it is asked to create. */
export interface CreateRequest {
  urn: string;
  type: string;
  name: string;
  inputs: PropertyMap;
  /** Outputs that the SDK or the program declares secret. */
  secretOutputs: readonly string[];
  /** Configuration of the provider that serves the resource: the explicit one's inputs, else the stack's. */
  providerConfig: PropertyMap;
}

/** The outside world of one run: what clouds would answer. */
export interface Simulation {
  /** What the provider objects to, in preview and update alike; inputs may be unknown. */
  check?(request: CreateRequest): Promise<string[]>;
  /** What can be said of the outputs before anything exists. Default: the inputs. */
  preview?(request: CreateRequest): Promise<PropertyMap>;
  /** Outputs are added to the inputs, which the monitor keeps with their secret markers. */
  create(request: CreateRequest): Promise<{ id: string; outputs: PropertyMap }>;
  /** Outputs of what exists already. Default: as if it had just been created. */
  read?(request: CreateRequest, id: string): Promise<PropertyMap>;
  /** Undefined where the function is not known; the run then fails and names it. */
  invoke(token: string, args: PropertyMap, providerConfig: PropertyMap): Promise<PropertyMap | undefined>;
}
