import { nameProblems } from "../reference";
import { assumed, replacedByList } from "./facts";
import { inside, resource } from "./resource";
import { linkOf } from "./subnets";
import * as tokens from "./tokens";

/** Minutes that Azure goes on trying to delete what is in a group. Assumed. */
const TRIES_FOR = 30;

/**
 * A resource group. The provider deletes it with everything in it, as Azure does: nothing inside refuses, except by a lock. What
 * a service still holds (the subnet of a database that has just gone) Azure tries again until it can.
 */
export const resourceGroup = resource(tokens.RESOURCE_GROUP, {
  latency: assumed("0:05", "0:03", "0:45"),
  forceNew: replacedByList(tokens.RESOURCE_GROUP, ["location"]),
  beforeDelete: async (group, context) => {
    const held = (): boolean => inside(group, context).some(({ type, id }) => type === tokens.SUBNET && linkOf(id, context) !== undefined);
    await context.until(() => !held(), TRIES_FOR);
  },
  check: (inputs) => nameProblems(inputs, "resourceGroupName", /^[-\w().]{0,89}[-\w()]$/, "1 to 90 letters, digits, - _ ( ) and ., not ending with a period"),
});
