/** One resource in the engine's state, as `pulumi stack export` gives it; secrets in it are encrypted. */
export interface StateResource {
  urn: string;
  type: string;
  custom: boolean;
  id?: string;
  parent?: string;
  /** `<urn>::<id>` of the provider. */
  provider?: string;
  dependencies?: string[];
  propertyDependencies?: Record<string, string[] | null>;
  /** Read by the program, made by somebody else. */
  external?: boolean;
  /** The URN of what takes it along: the engine asks no provider to delete it when it deletes that. */
  deletedWith?: string;
  /** Replaced, and still to be deleted. */
  delete?: boolean;
}

/** @throws when the text is not an export */
export function stateFrom(text: string): StateResource[] {
  const exported = JSON.parse(text) as { deployment?: { resources?: StateResource[] } };
  return exported.deployment?.resources ?? [];
}

/** What the engine had begun and does not know the end of. */
export interface PendingOperation {
  resource: { urn: string; type: string };
  /** `creating`, `updating`, `deleting`, … */
  type: string;
}

/** @throws when the text is not an export */
export function pendingFrom(text: string): PendingOperation[] {
  const exported = JSON.parse(text) as { deployment?: { pending_operations?: PendingOperation[] } };
  return exported.deployment?.pending_operations ?? [];
}

/** The logical name at the end of a URN. */
export function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** The package of a type, which its provider is named after: `aws` of `aws:rds/instance:Instance`. */
export function providerOf(type: string): string {
  return type.slice(0, type.indexOf(":"));
}

/** The engine's own entries: the stack and the providers. */
export function isBookkeeping({ type }: { type: string }): boolean {
  return type.startsWith("pulumi:");
}

/** Everything that has to exist before a resource: what it refers to or names, its parent and its provider. */
export function needsOf(resource: StateResource): string[] {
  const properties = Object.values(resource.propertyDependencies ?? {}).flatMap((urns) => urns ?? []);
  const provider = resource.provider?.slice(0, resource.provider.lastIndexOf("::"));
  const all = [...(resource.dependencies ?? []), ...properties, resource.parent, provider];
  return [...new Set(all.filter((urn) => urn !== undefined && urn !== ""))] as string[];
}
