import { ResourceManagementClient, type GenericResourceExpanded, type ResourceGroup } from "@azure/arm-resources";
import type { Holding, HoldingsScope } from "../contract";
import { holdingAt } from "./holding";
import { sdkCredentials, subscriptionOf } from "./sdkCredentials";

/** What the caller must be allowed; the role Reader is. */
const actions = ["Microsoft.Resources/subscriptions/resourceGroups/read", "Microsoft.Resources/subscriptions/resources/read"];

/** What Azure lists under the tags: resource groups, and all resources that have tags of their own. */
export async function holdings(scope: HoldingsScope): Promise<readonly Holding[]> {
  try {
    const client = new ResourceManagementClient(sdkCredentials(scope), subscriptionOf(scope));
    const listed: (GenericResourceExpanded | ResourceGroup)[] = [];
    // A filter takes one tag; the others are looked at here.
    const [[tag, value] = ["", ""]] = Object.entries(scope.tags);
    const filter = `tagName eq '${tag}' and tagValue eq '${value}'`;
    for await (const group of client.resourceGroups.list({ filter })) listed.push(group);
    for await (const resource of client.resources.list({ filter })) listed.push(resource);
    return listed.flatMap(({ id, type, tags = {} }) => holdingAt(id, type, tags, scope) ?? []);
  } catch (error) {
    throw new Error(
      `Azure did not say what it holds in ${scope.region}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}\n` +
        `Give the guard the credentials the stack is deployed with; it needs ${actions.join(", ")}.`,
      { cause: error },
    );
  }
}
