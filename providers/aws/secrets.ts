import * as secretsmanager from "@pulumi/aws/secretsmanager";
import type { CloudSecrets } from "../contract";
import type { Keys } from "./keys";
import type { Scope } from "./scope";

/** Days in which a deleted copy can be brought back: the most AWS allows. */
const recoveryWindowInDays = 30;

/** Copies of passwords, keys and peppers outside the stack's state: who loses the state can still read the data. */
export function createSecretCopies(foundation: Scope, secrets: CloudSecrets, keys: Keys): void {
  const scope = foundation.drawer("Secrets");
  for (const [name, value] of Object.entries(secrets)) {
    const role = `secret-${name}`;
    const secret = new secretsmanager.Secret(
      scope.named(role),
      {
        description: `Copy of ${name}; changing it changes nothing`,
        kmsKeyId: keys.data.arn,
        recoveryWindowInDays,
        tags: scope.tags(role),
      },
      scope.stateful("keys"),
    );
    new secretsmanager.SecretVersion(
      scope.named(role),
      { secretId: secret.id, secretString: value },
      scope.child(),
    );
  }
}
