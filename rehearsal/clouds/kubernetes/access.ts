import { CloudError, type CloudObject, type Context } from "../../provider/behaviour";
import { managedOf } from "./managed";

/** How long the cluster takes to say no. */
const ANSWER = 5 / 60;

/** @throws CloudError while no permission that was given for the cluster is known to it yet. */
export async function refuseStrangers(cluster: CloudObject, context: Context): Promise<void> {
  const refusal = managedOf(cluster)?.refusal(cluster, context);
  if (refusal === undefined) return;
  await context.sleep(ANSWER);
  throw new CloudError("", refusal);
}
