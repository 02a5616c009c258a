import type { PendingOperation, StateResource } from "../../guard/deployment";

/** A resource as the engine exports it, with a property replaced by each override. */
export function aResource(overrides: Partial<StateResource> = {}): StateResource {
  return {
    urn: "urn:pulumi:test::moodle-platform::moodle:index:MoodlePlatform$cloud:store:Database::moodle-database",
    type: "cloud:store:Database",
    id: "moodle-database-1a2b3c4",
    inputs: { size: "large", role: "role/of-the-database" },
    outputs: { size: "large", role: "role/of-the-database", address: "cloud:database/moodle-database-1a2b3c4" },
    ...overrides,
  };
}

/** What `pulumi stack export` prints. */
export function anExport(resources: readonly StateResource[], pendingOperations: readonly PendingOperation[] = []): string {
  return JSON.stringify({ version: 3, deployment: { resources, ...(pendingOperations.length > 0 && { pending_operations: pendingOperations }) } });
}
