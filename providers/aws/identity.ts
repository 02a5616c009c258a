import * as eks from "@pulumi/aws/eks";
import type { Cluster } from "./cluster";
import { trustPods, type Statement } from "./policy";
import { createRole } from "./role";
import type { Scope } from "./scope";

/**
 * Makes the pods of one service account somebody in the account: they get short-lived credentials from the agent on their
 * node, without an annotation and without a secret.
 */
export function createPodIdentity(
  scope: Scope,
  role: string,
  { cluster }: Cluster,
  { namespace, serviceAccount }: { readonly namespace: string; readonly serviceAccount: string },
  allow: readonly Statement[],
): eks.PodIdentityAssociation {
  const made = createRole(scope, role, { trust: trustPods(namespace, serviceAccount), allow });
  return new eks.PodIdentityAssociation(
    scope.named(role),
    { clusterName: cluster.name, namespace, serviceAccount, roleArn: made.arn, tags: scope.tags(role) },
    scope.child({ dependsOn: [...made.permissions] }),
  );
}
