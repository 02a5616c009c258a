/** What the logical name of every resource of the platform begins with. */
export const platformName = "moodle";

/** The tags that tell a stack's own things from everybody else's, on everything that can carry tags. */
export function identifyingTags(stack: string): Readonly<Record<string, string>> {
  return { application: "moodle", stack };
}
