import { Namespace, Secret } from "@pulumi/kubernetes/core/v1";
import type { Provider } from "@pulumi/kubernetes/provider";
import type { CloudSecrets } from "../contract";
import type { Scope } from "./scope";

/**
 * Copies of passwords, keys and peppers outside the stack's state. There is no secret store but the cluster's own: who loses the
 * cluster as well has lost them, so they belong into the operator's own backup.
 */
export function createSecretCopies(foundation: Scope, secrets: CloudSecrets, provider: Provider): void {
  const scope = foundation.drawer("Secrets");
  const namespace = new Namespace(scope.named("secrets"), { metadata: { name: "moodle-secrets", labels: scope.plan.tags } }, scope.child({ provider }));
  new Secret(
    scope.named("secrets"),
    { metadata: { name: "copies", namespace: namespace.metadata.name, labels: scope.labels("copies") }, stringData: { ...secrets } },
    scope.stateful("keys", { provider }),
  );
}
