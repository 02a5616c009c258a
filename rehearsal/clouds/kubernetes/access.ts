import { CloudError, type CloudObject, type Context } from "../../provider/behaviour";
import { text } from "../../provider/properties";

/** Minutes until a deployer's permission is known to the cluster. Assumed: EKS says that access entries are eventually consistent. */
const KNOWN_AFTER = 10 / 60;

/** How long the cluster takes to say no. */
const ANSWER = 5 / 60;

/** What gives a deployer permission, by the type of cluster. */
const permissions: Readonly<Record<string, string>> = {
  "aws:eks/cluster:Cluster": "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
};

/** @throws CloudError while no permission that was given for the cluster is known to it yet. */
export async function refuseStrangers(cluster: CloudObject, context: Context): Promise<void> {
  const type = permissions[cluster.type];
  if (type === undefined) return;
  const given = context.cloud(type.split(":")[0] ?? "").where(type, "clusterName", text(cluster.outputs, "name") ?? "");
  if (given.length === 0 || given.some(({ createdAt }) => context.now - createdAt >= KNOWN_AFTER)) return;
  await context.sleep(ANSWER);
  throw new CloudError(
    "",
    "configured Kubernetes cluster is unreachable: unable to load schema information from the API server: the server has asked for the client to provide credentials",
  );
}
