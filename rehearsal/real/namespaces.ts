/** The namespaces that a stack of `existing` makes, by what is in them. */
export const namespaces = { moodle: "moodle", servers: "servers", secrets: "moodle-secrets" } as const;
