import * as secretmanager from "@pulumi/gcp/secretmanager";
import type { CloudSecrets } from "../contract";
import { dashed } from "./names";
import type { Scope } from "./scope";
import { after } from "./services";

/** How long a destroyed version can be brought back. */
const versionDestroyTtl = `${30 * 86_400}s`;

/** Copies of passwords, keys and peppers outside the stack's state: who loses the state can still read the data. */
export function createSecretCopies(foundation: Scope, secrets: CloudSecrets): void {
  const scope = foundation.drawer("Secrets");
  for (const [name, value] of Object.entries(secrets)) {
    const role = `secret-${name}`;
    const secret = new secretmanager.Secret(
      scope.named(role),
      {
        secretId: scope.cloudName(`secret-${dashed(name)}`),
        project: scope.project,
        // In the region alone, like the data they open.
        replication: { userManaged: { replicas: [{ location: scope.plan.region }] } },
        deletionProtection: scope.keeps("keys"),
        versionDestroyTtl,
        annotations: { purpose: `Copy of ${name}; changing it changes nothing` },
        labels: scope.labels(role),
      },
      scope.stateful("keys", { dependsOn: after(scope.apis, "secretmanager") }),
    );
    new secretmanager.SecretVersion(
      scope.named(role),
      { secret: secret.id, secretData: value },
      // A new value is there before the old one goes.
      scope.child({ deleteBeforeReplace: false }),
    );
  }
}
