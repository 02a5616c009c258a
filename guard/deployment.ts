/** A resource in the engine's state, as far as the guard reads it; secrets in it are encrypted. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** Replaced, and still to be deleted. */
  readonly delete?: boolean;
  /** Deleted to be replaced; the new one does not exist yet. */
  readonly pendingReplacement?: boolean;
  /** Why it did not become ready. */
  readonly initErrors?: readonly string[];
}

/** What the engine was doing when it was last heard of. */
export interface PendingOperation {
  readonly resource: StateResource;
  /** `creating`, `updating`, `deleting`, `reading` or `importing`. */
  readonly type: string;
}

export interface Deployment {
  readonly resources: readonly StateResource[];
  readonly pendingOperations: readonly PendingOperation[];
}

interface Export {
  readonly deployment: {
    readonly resources?: readonly StateResource[] | null;
    readonly pending_operations?: readonly PendingOperation[] | null;
  };
}

/**
 * @param text what `pulumi stack export` prints.
 * @throws when it is something else.
 */
export function deploymentFrom(text: string): Deployment {
  const exported = parsed(text);
  if (!isExport(exported)) {
    throw new Error('The text is not what `pulumi stack export` prints: it has no "deployment". Give the guard an unchanged export.');
  }
  const { resources, pending_operations: pendingOperations } = exported.deployment;
  return { resources: resources ?? [], pendingOperations: pendingOperations ?? [] };
}

/**
 * @returns what the cloud's things are called in the state: ids, and what the cloud answered. What the program gave names other
 * things (the role of a cluster), which may be as unknown as ever.
 */
export function namesIn({ resources, pendingOperations }: Deployment): ReadonlySet<string> {
  const all = [...resources, ...pendingOperations.map(({ resource }) => resource)];
  return new Set(all.flatMap(({ id, inputs = {}, outputs = {} }) => [...(id ? [id] : []), ...answered(inputs, outputs)]));
}

/** Whether the state knows anything that carries all of the tags. */
export function hasTagged({ resources }: Deployment, tags: Readonly<Record<string, string>>): boolean {
  return resources.some(({ outputs = {} }) => Object.values(outputs).some((value) => carries(value, tags)));
}

function carries(value: unknown, tags: Readonly<Record<string, string>>): boolean {
  if (typeof value !== "object" || value === null) return false;
  const own = value as Readonly<Record<string, unknown>>;
  return Object.entries(tags).every(([key, wanted]) => own[key] === wanted);
}

function answered(inputs: Readonly<Record<string, unknown>>, outputs: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(outputs).flatMap(([property, value]) => (typeof value === "string" && !(property in inputs) ? [value] : []));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message would quote the text.
    throw new Error("The text is not what `pulumi stack export` prints: it is not JSON. Give the guard an unchanged export.");
  }
}

function isExport(value: unknown): value is Export {
  if (typeof value !== "object" || value === null || !("deployment" in value)) return false;
  return typeof value.deployment === "object" && value.deployment !== null;
}
