import { nameProblems } from "../reference";
import { assumed, replacedByList } from "./facts";
import { resource } from "./resource";
import * as tokens from "./tokens";

/**
 * A resource group. The provider deletes it with everything in it, as Azure does: nothing inside refuses, except by a lock.
 */
export const resourceGroup = resource(tokens.RESOURCE_GROUP, {
  latency: assumed("0:05", "0:03", "0:45"),
  forceNew: replacedByList(tokens.RESOURCE_GROUP, ["location"]),
  check: (inputs) => nameProblems(inputs, "resourceGroupName", /^[-\w().]{0,89}[-\w()]$/, "1 to 90 letters, digits, - _ ( ) and ., not ending with a period"),
});
