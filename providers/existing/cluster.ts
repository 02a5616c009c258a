import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "./scope";

export interface Cluster {
  readonly provider: Provider;
  /** Secret. */
  readonly kubeconfig: pulumi.Output<string>;
}

/** The way to the cluster. The cluster itself is nobody's here: nothing changes it or takes it away. */
export function reachCluster(scope: Scope): Cluster {
  const { cluster, context } = scope.settings;
  const { kubeconfig } = scope.brought;
  const provider = new Provider(
    scope.named("kubernetes"),
    {
      ...(kubeconfig && { kubeconfig: pulumi.secret(kubeconfig) }),
      ...(context !== undefined && { context }),
      // Credentials are renewed and addresses change: what is in the cluster stays where it is.
      clusterIdentifier: cluster,
      kubeClientSettings: { timeout: 60 },
      // The copies of secrets are one protected object, which follows them. What pods read is marked immutable, and made anew.
      enableSecretMutable: true,
    },
    { parent: scope.parent },
  );
  return { provider, kubeconfig: pulumi.secret(kubeconfig ?? byContext(context)) };
}

/** A kubeconfig that leaves the rest to the one on the machine, where several are merged. */
function byContext(context = ""): string {
  return JSON.stringify({ apiVersion: "v1", kind: "Config", "current-context": context });
}
